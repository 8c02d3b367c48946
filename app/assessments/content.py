"""What an assessor fills in: answers, information, date, occasion, conclusion; kept as a draft at every answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.assessments.information_rules import LONGEST_TEXT, check_facts
from app.assessments.instruments import Fact, Instrument, fact_of
from app.assessments.rules import check_answers
from app.core.errors import Refusal
from app.residents.codes import code_list

LONGEST_CONCLUSION = 2000
CORRECTION_REASONS = ("笔误", "补充", "时间更正", "结果回报", "其他")


@dataclass(frozen=True)
class Content:
    """One assessment as it is being filled in: answers by digit, information by field code.

    `occasion` is a choice of the form's 评估原因, or “其他：” and the reason in words. `sources` says of an answer
    nobody chose by hand where it comes from. `undone` says why the assessment could not be done at all.
    """

    answers: Mapping[str, int] = field(default_factory=dict)
    information: Mapping[str, Fact] = field(default_factory=dict)
    assessed_on: date | None = None
    occasion: str = ""
    conclusion: str = ""
    place: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    undone: str = ""

    def as_stored(self) -> dict[str, Any]:
        return {
            "answers": dict(self.answers),
            "information": dict(self.information),
            "assessed_on": self.assessed_on.isoformat() if self.assessed_on else None,
            "occasion": self.occasion,
            "conclusion": self.conclusion,
            "place": self.place,
            "sources": dict(self.sources),
            "undone": self.undone,
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Content:
        day = stored["assessed_on"]
        return cls(
            answers=dict(stored["answers"]),
            information={code: fact_of(code, said) for code, said in stored["information"].items()},
            assessed_on=date.fromisoformat(day) if day else None,
            occasion=stored["occasion"],
            conclusion=stored["conclusion"],
            place=stored["place"],
            sources=stored.get("sources", {}),
            undone=stored.get("undone", ""),
        )


@dataclass(frozen=True)
class Record:
    """The record a draft will become: its identity and number survive a voided first signature.

    `revision` is the one to be signed next; `reason` says why, where it corrects a signed one.
    """

    rid: UUID
    number: str
    revision: int = 1
    reason: str | None = None

    def as_stored(self) -> dict[str, Any]:
        return {"rid": str(self.rid), "number": self.number, "revision": self.revision, "reason": self.reason}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any] | None) -> Record | None:
        if stored is None:
            return None
        return cls(UUID(stored["rid"]), stored["number"], stored["revision"], stored["reason"])


def check_content(instrument: Instrument, content: Content, today: date) -> None:
    """Refuse, beside its field, whatever could never be part of a signed assessment. Gaps are no fault yet."""
    check_answers(instrument, content.answers)
    check_facts(instrument, content.information)
    if content.assessed_on is not None and content.assessed_on > today:
        raise Refusal("评估日期不能晚于今天", field="assessed_on")
    if content.occasion:
        _check_occasion(instrument, content.occasion)
    if len(content.conclusion) > LONGEST_CONCLUSION:
        raise Refusal(f"评估结论与建议最多{LONGEST_CONCLUSION}个字", field="conclusion")
    if content.undone:
        check_undone(content.undone)
    if len(content.place) > LONGEST_TEXT:
        raise Refusal(f"评估地点最多{LONGEST_TEXT}个字", field="place")


def undone_reasons() -> tuple[str, ...]:
    """Why an assessment could not be done; each may have words after a colon."""
    return tuple(entry.words for entry in code_list("assessment_undone").entries)


def check_undone(undone: str) -> None:
    """Refuse a reason that is none of the known ones; each may have words after a colon."""
    head, _, words = undone.partition("：")
    known = undone_reasons()
    if head not in known:
        raise Refusal(f"未评的原因应是：{'、'.join(known)}", field="undone")
    if len(words) > LONGEST_TEXT:
        raise Refusal(f"未评的原因最多{LONGEST_TEXT}个字", field="undone")


def check_reason(reason: str) -> None:
    """Refuse a correction or retraction without one of the known reasons; 其他 needs its words after a colon."""
    head, _, words = reason.partition("：")
    if head not in CORRECTION_REASONS:
        raise Refusal(f"请选择原因：{'、'.join(CORRECTION_REASONS)}", field="reason")
    if head == "其他" and not words.strip():
        raise Refusal("原因选“其他”时，请写明原因", field="reason")
    if len(reason) > LONGEST_TEXT:
        raise Refusal(f"原因最多{LONGEST_TEXT}个字", field="reason")


def occasions(instrument: Instrument) -> tuple[str, ...]:
    """The choices of 评估原因: those of the form, of the instrument, or the usual ones."""
    for one in instrument.fields.values():
        if one.known_from == "record.occasion":
            return tuple(choice.words for choice in one.choices)
    return instrument.occasions or tuple(entry.words for entry in code_list("assessment_occasion").entries)


def _check_occasion(instrument: Instrument, occasion: str) -> None:
    known = occasions(instrument)
    head, _, words = occasion.partition("：")
    if known and head not in known:
        raise Refusal(f"评估原因应是：{'、'.join(known)}", field="occasion")
    if len(words) > LONGEST_TEXT:
        raise Refusal(f"评估原因最多{LONGEST_TEXT}个字", field="occasion")
