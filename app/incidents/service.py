"""Acts on incidents: report, correct, tell the family, review, close, reopen, decline a re-assessment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.incidents.kinds import catalogue
from app.incidents.revising import (
    SAID,
    known_resident,
    next_revision,
    open_one,
    reporter_of,
    spoken_why,
    standing,
)
from app.incidents.rules import (
    Family,
    Report,
    Review,
    check_family,
    check_report,
    check_review,
    missing_for_closing,
    reviewer_wrong,
)
from app.residents.rules.stated import reason_wrong
from app.residents.stating import Seen
from db.models import Incident


@dataclass(frozen=True)
class ReportIncident(Order[UUID]):
    """Something went wrong. Whatever the kind asks more of may come later."""

    report: Report


@dataclass(frozen=True)
class CorrectIncident(Order[int]):
    """Other words of the report; `reason` is one of `CORRECTION_REASONS`, 其他 with words after a colon."""

    seen: Seen
    report: Report
    reason: str


@dataclass(frozen=True)
class TellFamily(Order[int]):
    """The family was told."""

    seen: Seen
    family: Family


@dataclass(frozen=True)
class ReviewIncident(Order[int]):
    """Causes and measures; a second review replaces the first one, which stays readable."""

    seen: Seen
    review: Review


@dataclass(frozen=True)
class CloseIncident(Order[int]):
    """All is done. Refused in words while something is missing."""

    seen: Seen


@dataclass(frozen=True)
class ReopenIncident(Order[int]):
    """Back to reviewed, with why."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class DeclineReassessment(Order[int]):
    """No re-assessment after this event and those before it, with why; the incident keeps who decided."""

    seen: Seen
    why: str


@performs(ReportIncident)
def report_incident(unit: Unit, order: ReportIncident) -> UUID:
    unit.require(Right.REPORT_INCIDENTS)
    report = check_report(catalogue(), order.report, unit.now)
    known_resident(unit, report.resident)
    row = Incident(
        **unit.stamp(at=report.at),
        revision=1,
        number=unit.next_number("incident"),
        **_columns(report),
        content=_said(report),
    )
    unit.session.add(row)
    return row.rid


@performs(CorrectIncident)
def correct_incident(unit: Unit, order: CorrectIncident) -> int:
    """Before the review whoever reported it, or any nurse or doctor; afterwards whoever reviews."""
    row = open_one(unit, order.seen)
    if row.status == "reviewed":
        unit.require(Right.CLOSE_INCIDENTS)
    elif reporter_of(unit, row.rid) != unit.actor.rid and not unit.actor.may(Right.CLOSE_INCIDENTS):
        unit.require(Right.WRITE_NOTES)
    if (wrong := reason_wrong(order.reason)) is not None:
        raise Refusal(f"{wrong}。", field="reason_words" if order.reason.startswith("其他") else "reason")
    if order.report.resident != row.resident:
        raise Refusal("换老人请用“记错人”：原来的作废，另报一起。", field="resident")
    report = check_report(catalogue(), order.report, unit.now)
    content = {key: value for key, value in row.content.items() if key not in SAID}
    changes = {**_columns(report), "content": {**content, **_said(report)}, "at": report.at}
    if all(getattr(row, column) == value for column, value in changes.items()):
        raise Refusal("内容没有变化，不用保存。")
    return next_revision(unit, row, order.reason, {**changes, "state": "corrected"})


@performs(TellFamily)
def tell_family(unit: Unit, order: TellFamily) -> int:
    row = open_one(unit, order.seen)
    said = check_family(catalogue(), order.family, row.at, unit.now)
    told = {
        "at": said.at.isoformat(),
        "way": said.way,
        "whom": said.whom,
        "by": said.by,
        "answer": said.answer,
    }
    return next_revision(unit, row, "告知家属", {"content": {**row.content, "family": told}})


@performs(ReviewIncident)
def review_incident(unit: Unit, order: ReviewIncident) -> int:
    """Refuses the reporter where the harm asks for somebody else."""
    unit.require(Right.CLOSE_INCIDENTS)
    row = open_one(unit, order.seen)
    harm = catalogue().harm(row.harm)
    if (wrong := reviewer_wrong(harm, reporter_of(unit, row.rid), unit.actor.rid)) is not None:
        raise Refusal(wrong)
    said = check_review(catalogue(), order.review)
    review = {
        "causes": list(said.causes),
        "analysis": said.analysis,
        "measures": said.measures,
        **_by(unit),
    }
    changes = {"status": "reviewed", "content": {**row.content, "review": review}}
    return next_revision(unit, row, "审核", changes)


@performs(CloseIncident)
def close_incident(unit: Unit, order: CloseIncident) -> int:
    unit.require(Right.CLOSE_INCIDENTS)
    row = open_one(unit, order.seen)
    missing = missing_for_closing(row.content, person=row.resident is not None)
    if missing:
        raise Refusal(f"还不能结案，缺：{'；'.join(missing)}。")
    changes = {"status": "closed", "content": {**row.content, "closed": _by(unit)}}
    return next_revision(unit, row, "结案", changes)


@performs(ReopenIncident)
def reopen_incident(unit: Unit, order: ReopenIncident) -> int:
    unit.require(Right.CLOSE_INCIDENTS)
    row = standing(unit, order.seen)
    if row.status != "closed":
        raise Refusal("这起事件没有结案，不用重新打开。")
    content = {key: value for key, value in row.content.items() if key != "closed"}
    return next_revision(
        unit, row, f"重新打开：{spoken_why(order.why)}", {"status": "reviewed", "content": content}
    )


@performs(DeclineReassessment)
def decline_reassessment(unit: Unit, order: DeclineReassessment) -> int:
    """Also of a closed incident: what it says of the event is not touched."""
    unit.require(Right.ASSESS)
    row = standing(unit, order.seen)
    why = spoken_why(order.why)
    declined = {"why": why, **_by(unit)}
    return next_revision(
        unit, row, f"不重新评估：{why}", {"content": {**row.content, "reassessment": declined}}
    )


def _columns(report: Report) -> dict[str, Any]:
    return {
        "code": report.kind,
        "happened": report.happened,
        "resident": report.resident,
        "place": report.place,
        "harm": report.harm,
    }


def _said(report: Report) -> dict[str, Any]:
    """The part of the content that the report says."""
    asked = {key: list(said) if isinstance(said, tuple) else said for key, said in report.asked.items()}
    return {"measures": list(report.measures), "done": report.done, "asked": asked}


def _by(unit: Unit) -> dict[str, str]:
    return {"by": unit.actor.name, "at": unit.now.isoformat()}
