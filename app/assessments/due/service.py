"""Decisions about what is due: put off until a day, not called for, withdrawn; each with its reason, each a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.access.names import author_names
from app.assessments.due.house import Decided, decisions
from app.assessments.due.reckoning import owed
from app.assessments.due.rules import LONGEST_REASON, Cause, CauseKey, until_wrong
from app.assessments.known import resident_called
from app.assessments.shelf import instrument_called
from app.core import revising
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.stating import Seen
from app.residents.stating.revising import standing_of
from db.models import AssessmentDeferral


@dataclass(frozen=True)
class DueKey:
    """What is decided about: a resident, an instrument, and the causes the person had before their eyes.

    `seen`: the decisions that stood then, where there were some; they get their next revision.
    """

    resident: UUID
    instrument: str
    causes: tuple[CauseKey, ...]
    seen: tuple[Seen, ...] = ()


@dataclass(frozen=True)
class DeferAssessment(Order[tuple[Seen, ...]]):
    """Put off until a day, at most ninety days on; gives back the records. Causes due after that day stay open."""

    due: DueKey
    until: date | None
    reason: str


@dataclass(frozen=True)
class WaiveAssessment(Order[tuple[Seen, ...]]):
    """No longer applies; the same cause of a later day asks again. Gives back the records."""

    due: DueKey
    reason: str


@dataclass(frozen=True)
class WithdrawDecision(Order[None]):
    """What was decided holds no longer, and the assessment is due as before; `why` in words."""

    seen: tuple[Seen, ...]
    why: str


@performs(DeferAssessment)
def defer_assessment(unit: Unit, order: DeferAssessment) -> tuple[Seen, ...]:
    causes = _causes(unit, order.due)
    until = order.until
    wrong = until_wrong(until, causes[0].due_on, unit.today)
    if wrong is not None:
        raise Refusal(wrong, field="until")
    earlier = [one for one in causes if until is not None and one.due_on < until]
    return _decide(unit, order.due, earlier, until, order.reason)


@performs(WaiveAssessment)
def waive_assessment(unit: Unit, order: WaiveAssessment) -> tuple[Seen, ...]:
    return _decide(unit, order.due, _causes(unit, order.due), None, order.reason)


@performs(WithdrawDecision)
def withdraw_decision(unit: Unit, order: WithdrawDecision) -> None:
    unit.require(Right.ASSESS)
    why = _spoken(order.why, "请写明为什么撤回。", "why")
    for seen in order.seen:
        _next(unit, _standing(unit, seen), f"撤回：{why}", {"state": "retracted"})


def _causes(unit: Unit, due: DueKey) -> list[Cause]:
    """The causes decided about, the first due first; refuses where one of them is answered meanwhile."""
    unit.require(Right.ASSESS)
    instrument_called(unit.session, due.instrument)
    resident_called(unit.session, due.resident)
    _facts, lines = owed(unit, due.resident)
    here = {
        cause.key: cause
        for one in lines
        if one.instrument.code == due.instrument and one.line is not None
        for cause in one.line.causes
    }
    if not due.causes or any(key not in here for key in due.causes):
        raise Refusal("这项评估已有人完成，或到期的原因已经变了。请核对后再决定。")
    return sorted((here[key] for key in due.causes), key=lambda cause: cause.due_on)


def _decide(
    unit: Unit, due: DueKey, causes: list[Cause], until: date | None, reason: str
) -> tuple[Seen, ...]:
    """One record for each cause, or the next revision of the one that stands for it."""
    said = _spoken(reason, "请写明原因。", "reason")
    stood = decisions(unit, due.resident).get(due.resident, {}).get(due.instrument, {})
    found: list[Seen] = []
    for cause in causes:
        before = stood.get(cause.key)
        if before is None:
            found.append(_first(unit, due, cause, until, said))
            continue
        row = _standing(unit, _seen(unit, due, before))
        _next(unit, row, said, {"until": until, "state": "corrected"})
        found.append(Seen(row.rid, row.revision + 1))
    return tuple(found)


def _first(unit: Unit, due: DueKey, cause: Cause, until: date | None, reason: str) -> Seen:
    fresh = AssessmentDeferral(
        **unit.stamp(reason=reason),
        revision=1,
        resident=due.resident,
        instrument=due.instrument,
        cause=cause.code,
        caused_on=cause.day,
        until=until,
    )
    unit.session.add(fresh)
    return Seen(fresh.rid, 1)


def _seen(unit: Unit, due: DueKey, before: Decided) -> Seen:
    """The revision of the standing decision the person knew; one that has run out need not be known."""
    known = next((one for one in due.seen if one.rid == before.record), None)
    if known is not None:
        return known
    if before.until is not None and before.until <= unit.today:
        return Seen(before.record, before.revision)
    raise Refusal(f"这项评估刚由{_who(unit, before.author)}决定过，请核对后再决定。")


def _standing(unit: Unit, seen: Seen) -> AssessmentDeferral:
    """The decision as it stands; refuses one that is gone or was changed since it was seen."""
    return standing_of(unit, AssessmentDeferral, seen, "这项决定", "撤回")


def _next(unit: Unit, row: AssessmentDeferral, reason: str, changes: Mapping[str, Any]) -> None:
    """The next revision; the one before stays readable."""
    revising.next_revision(unit, row, reason, {"at": unit.now, **changes})


def _spoken(words: str, missing: str, field: str) -> str:
    said = words.strip()
    if not said:
        raise Refusal(missing, field=field)
    if len(said) > LONGEST_REASON:
        raise Refusal(f"原因最多 {LONGEST_REASON} 个字。", field=field)
    return said


def _who(unit: Unit, author: UUID) -> str:
    return author_names(unit).get(author) or "别人"
