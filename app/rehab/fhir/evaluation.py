"""An evaluation as ClinicalImpression and back.

Not an Observation: that is one finding under one code. This is a judgement of several: the problems found (`finding`),
the measures they were found by (`investigation`), and what it comes to (`summary`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.core.errors import Refusal
from app.core.unit import Unit
from app.fhir import House, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.coding import coded, coded_as, words
from app.fhir.elements import filled
from app.rehab.fhir.guarded import FIELD, RehabMapper, annotated, listed, rids_of
from app.rehab.rules.evaluation import STAGES, TEXTS
from db.models import RehabEvaluation

EVALUATION = "urn:carestation:rehab-evaluation"
ICF = "http://hl7.org/fhir/sid/icf"
_MEASURES = {"text": "量表"}


class EvaluationMapper(RehabMapper[RehabEvaluation]):
    """What was measured then stays in its own assessments, and is referred to."""

    kind = "rehab_evaluation"
    called = "康复评定"
    resource = "ClinicalImpression"
    model = RehabEvaluation
    owned = frozenset(
        {
            "status", "code", "description", "subject", "effectiveDateTime", "date", "assessor", "investigation",
            "summary", "finding", "note",
        }
    )  # fmt: skip
    marks = frozenset({FIELD})
    author_element = "assessor"
    safe = ("status", "effectiveDateTime", "summary")

    def house_marks(self, house: House) -> frozenset[str]:
        return frozenset({f"{house.system}:rehab-evaluation"})

    def notes(self, row: Any) -> list[str]:
        said = ((label, row.content.get(key)) for key, label in TEXTS.items() if key != "summary")
        return [f"{label}：{words(text)}" for label, text in said if isinstance(text, str) and words(text)]

    def said(self, house: House, row: Any) -> dict[str, Any]:
        number, summary = words(row.number), row.content.get("summary")
        measured = [local("QuestionnaireResponse", rid) for rid in rids_of(row.measures.values())]
        return filled(
            identifier=[{"system": f"{house.system}:rehab-evaluation", "value": number}] if number else [],
            status="completed",
            code=coded(EVALUATION, row.stage, STAGES.get(row.stage, "")),
            description=words(row.diagnosis),
            effectiveDateTime=row.evaluated_on.isoformat(),
            investigation=[{"code": _MEASURES, "item": measured}] if measured else [],
            summary=words(summary) if isinstance(summary, str) else "",
            finding=list(_findings(row.problems)),
            note=annotated(self.notes(row)),
        )

    def dated(self, house: House, row: RehabEvaluation) -> dict[str, Any]:
        return {"date": stamp(house, row.at)}

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        if said["stage"] not in STAGES or not said["number"]:
            raise Refusal("区平台上的这次康复评定没有编号，或没有写明是初期、中期还是末期，请核对。")


def _findings(problems: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Problems by their ICF codes."""
    for one in listed(problems, "all"):
        if isinstance(one, dict):
            code, shown, note = (words(one.get(key) or "") for key in ("code", "words", "note"))
            text = f"{shown or code}（{note}）" if note else shown
            if found := coded_as(ICF, code, text) or filled(text=text):
                yield {"itemCodeableConcept": found}
