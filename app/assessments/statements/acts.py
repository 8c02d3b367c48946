"""Acts on what people say of an assessment: written down, corrected with a reason, taken back as an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.assessments.record import KIND, standing
from app.assessments.statements.said import AGREE, ASSESSOR, CARE, DOUBT, REFUSE, TITLES, Said, check_said
from app.core import revising
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Actor, Right
from app.core.strokes import kept_strokes
from app.core.unit import Unit
from app.residents.rules.stated import reason_wrong
from app.residents.stating import Seen
from app.residents.stating.revising import standing_of
from db.models import Assessment, AssessmentStatement, Signature

LONGEST_REASON = 100
FAMILY = (AGREE, REFUSE, DOUBT)
"""What whoever speaks with resident and family may write down; the others belong to the assessors."""


@dataclass(frozen=True)
class Say(Order[UUID]):
    """Write down what somebody says of a signed assessment. `what`: agree, refuse, doubt, informant, assessor.

    Another opinion of an assessor is the actor's own, who must have signed the assessment.
    """

    assessment: UUID
    what: str
    said: Said


@dataclass(frozen=True)
class CorrectSaid(Order[Seen]):
    """Put a statement right; `reason`: one of `CORRECTION_REASONS`, 其他 with words after a colon."""

    seen: Seen
    said: Said
    reason: str


@dataclass(frozen=True)
class RetractSaid(Order[Seen]):
    """It was never said, or is taken back; `why` in words. It stays readable."""

    seen: Seen
    why: str


@performs(Say)
def say(unit: Unit, order: Say) -> UUID:
    if order.what not in TITLES or order.what == CARE:
        raise Refusal("没有这一种意见。")
    _require(unit, order.what)
    row = standing(unit.session, order.assessment)
    said = order.said
    if order.what == ASSESSOR:
        _check_signer(unit, row)
        said = Said(unit.actor.name, unit.actor.profession, said.words)
    said = check_said(order.what, said)
    if _said_last(unit, row, order.what, said):
        raise Refusal(f"“{TITLES[order.what]}”刚登记过同样的内容。")
    return enter(unit, row, order.what, said)


@performs(CorrectSaid)
def correct_said(unit: Unit, order: CorrectSaid) -> Seen:
    row = _seen(unit, order.seen)
    _require(unit, row.what)
    if row.what == CARE:
        raise Refusal("照护建议的处理不能更正，可以重新处理。")
    standing(unit.session, row.assessment)
    said = check_said(row.what, order.said)
    if (wrong := reason_wrong(order.reason)) is not None:
        raise Refusal(f"{wrong}。", field="reason_words" if order.reason.startswith("其他") else "reason")
    changes = {
        "name": said.name,
        "relation": said.relation,
        "words": said.words,
        "drawn": kept_strokes(said.drawn),
    }
    if all(getattr(row, key) == value for key, value in changes.items()):
        raise Refusal("内容没有变化，不用更正。")
    return _follow(unit, row, order.reason, {**changes, "state": "corrected"})


@performs(RetractSaid)
def retract_said(unit: Unit, order: RetractSaid) -> Seen:
    row = _seen(unit, order.seen)
    if row.what == CARE:
        unit.require(Right.PLAN_CARE)
    else:
        _require(unit, row.what)
    why = order.why.strip()
    if not why:
        raise Refusal("请写明原因。", field="why")
    return _follow(unit, row, f"撤回：{why}", {"state": "retracted"})


def enter(unit: Unit, row: Assessment, what: str, said: Said, decided: dict[str, Any] | None = None) -> UUID:
    """A new statement of an assessment, as it was checked."""
    fresh = AssessmentStatement(
        **unit.stamp(),
        revision=1,
        resident=row.resident,
        assessment=row.rid,
        what=what,
        name=said.name,
        relation=said.relation,
        words=said.words,
        drawn=kept_strokes(said.drawn),
        decided=decided or {},
    )
    unit.session.add(fresh)
    return fresh.rid


def disagree(unit: Unit, row: Assessment, signer: Actor, words: str) -> None:
    """Another opinion of the assessor who signs last: kept in the same act as the signature."""
    enter(unit, row, ASSESSOR, check_said(ASSESSOR, Said(signer.name, signer.profession, words)))


def _require(unit: Unit, what: str) -> None:
    """Whoever assesses writes all of them down; consent and doubt also who writes notes of the family."""
    if what in FAMILY and unit.actor.may(Right.WRITE_NOTES):
        return
    unit.require(Right.ASSESS)


def _check_signer(unit: Unit, row: Assessment) -> None:
    signed = unit.session.scalar(
        select(Signature.signer)
        .where(Signature.kind == KIND, Signature.record == row.rid, Signature.signer == unit.actor.rid)
        .limit(1)
    )
    if signed is None:
        raise Refusal("只有在这份评估上签名的评估人员可以写不同意见。")


def _said_last(unit: Unit, row: Assessment, what: str, said: Said) -> bool:
    """Whether the newest statement of this kind says exactly this: a button pressed twice."""
    statement = select(AssessmentStatement).where(
        AssessmentStatement.assessment == row.rid,
        AssessmentStatement.current,
        AssessmentStatement.state != "retracted",
        AssessmentStatement.what.in_((AGREE, REFUSE) if what in (AGREE, REFUSE) else (what,)),
    )
    last = unit.session.scalar(statement.order_by(AssessmentStatement.recorded_at.desc()).limit(1))
    return (
        last is not None
        and (row.state != "corrected" or last.at >= row.recorded_at)  # of another content it was said before
        and (last.what, last.name, last.relation, last.words) == (what, said.name, said.relation, said.words)
        and last.drawn == kept_strokes(said.drawn)
    )


def _seen(unit: Unit, seen: Seen) -> AssessmentStatement:
    """The revision to be changed; refuses one that is gone, was taken back, or was changed since it was seen."""
    return standing_of(unit, AssessmentStatement, seen, "这条意见", "撤回")


def _follow(unit: Unit, row: AssessmentStatement, reason: str, changes: dict[str, Any]) -> Seen:
    if len(reason) > LONGEST_REASON:
        raise Refusal(f"原因最多 {LONGEST_REASON} 个字。", field="reason")
    fresh = revising.next_revision(unit, row, reason, changes)
    return Seen(fresh.rid, fresh.revision)
