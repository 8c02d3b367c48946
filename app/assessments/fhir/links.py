"""Names on the wire that questions and answers have in common: urls, link ids, what a result is called."""

from __future__ import annotations

from dataclasses import dataclass

from app.assessments.instruments.model import UNABLE

INSTRUMENT = "urn:carestation:instrument:"
"""Canonical url of an instrument, and the system of its codes, followed by its code."""
RISK, RISK_GRADE = "urn:carestation:risk", "urn:carestation:risk-grade"
SHAPE, SHOWN, SOURCE, NOT_GIVEN, MARK, DIGIT = (
    f"urn:carestation:{name}"
    for name in ("shape", "shown", "answer-source", "not-given", "answer-mark", "answer-digit")
)
"""Extensions of items: an empty answer's shape, the words of a typed number, where an answer came from, why none, how
a grade is written (1+), as what whole number a measured one is kept."""
FILE = "urn:carestation:instrument-file"
"""Extension of a Questionnaire: the file an own instrument was loaded from."""
DATA_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
INFORMATION, ANSWERS = "information", "answers"
GRADES = {"guard": "需防护", "high": "高风险"}


@dataclass(frozen=True)
class Result:
    """One thing an assessment comes to: the column, what it is called, its type in FHIR's words."""

    key: str
    label: str
    type: str
    repeats: bool = False

    @property
    def link(self) -> str:
        return f"results.{self.key}"


DAYS = (Result("assessed_on", "评估日期", "date"), Result("due_on", "下次评估日期", "date"))
TEXTS = (
    Result("occasion", "评估原因", "string"),
    Result("place", "评估地点", "string"),
    Result("conclusion", "评估结论与建议", "text"),
    Result("undone", "未评原因", "string"),
)
NUMBERS = (
    Result("total", "总分", "integer"),
    Result("initial_level", "初步等级", "integer"),
    Result("level", "最终等级", "integer"),
)
MEASURED = Result("measured", "测得值", "decimal")
FINDING = Result("finding", "评估结果", "string")
WHY = Result("why", "等级变更依据", "text", repeats=True)
SUBS, RISKS = Result("sub_scores", "分项得分", "group"), Result("risks", "风险", "group")


def section_link(code: str) -> str:
    return f"{INFORMATION}.{code}"


def dimension_link(code: str) -> str:
    return f"{ANSWERS}.{code}"


def sub_link(code: str) -> str:
    return f"results.sub.{code}"


def risk_link(code: str) -> str:
    return f"results.risk.{code}"


def unable_coding(system: str, version: str, digit: int, words: str) -> dict[str, str]:
    """An answer that could not be given: the digit as code, without a score."""
    return {"system": system, "version": version, "code": str(digit), "display": words}


def unable_codings(system: str, version: str, ways: tuple[str, ...]) -> list[dict[str, str]]:
    """Every way in which an item may go unanswered."""
    return [unable_coding(system, version, UNABLE - place, said) for place, said in enumerate(ways)]
