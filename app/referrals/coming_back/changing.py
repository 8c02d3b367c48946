"""A return set right, completed or taken out: what stands on it keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.coming_back.forms import ReturnForm, check_return
from app.referrals.moving.move import LONGEST_WHY, standing_moves
from app.referrals.revising import Seen, follow, retract, revise, standing
from app.referrals.rules.states import Status
from app.residents.search_row import keep_search
from app.residents.stating.revising import newest
from app.residents.stating.revising import next_revision as next_stated
from app.residents.stays.forms import words
from app.residents.stays.steps import absences_of, stays_of
from db.models import (
    Absence,
    Assessment,
    CareDoing,
    Dose,
    Entry,
    MedDecision,
    MedReconciliation,
    Referral,
    ReferralReturn,
    RehabSession,
    Stay,
    Vital,
)

_STANDS: tuple[tuple[Any, str], ...] = (
    (Vital, "体征"),
    (Dose, "给药"),
    (Entry, "护理记录"),
    (CareDoing, "照护记录"),
    (Assessment, "评估"),
    (RehabSession, "康复训练"),
)
"""What is recorded of somebody who is in the house."""
_LATER = frozenset({Status.RETURNED, Status.ASSESSED})


@dataclass(frozen=True)
class ChangeReturn(Order[Seen]):
    """Other content. What was empty is filled in without a reason; what was said otherwise needs one of
    `CORRECTION_REASONS`. When they came back is set right where it stands, in the time in hospital."""

    seen: Seen
    form: ReturnForm
    reason: str = ""


@dataclass(frozen=True)
class RetractReturn(Order[Seen]):
    """It never was, or was somebody else: the referral is outside again, and who came back by it is away again."""

    seen: Seen
    why: str


@performs(ChangeReturn)
def change_return(unit: Unit, order: ChangeReturn) -> Seen:
    """Refuses one in which nothing changed, and a correction without its reason."""
    unit.require(Right.REFER)
    row = standing(unit, ReferralReturn, order.seen)
    content = check_return(unit, order.form)
    changed = {name: said for name, said in content.items() if getattr(row, name) != said}
    if not changed:
        raise Refusal("内容没有变化，不用保存。")
    if all(getattr(row, name) in ("", None) for name in changed):
        return follow(unit, row, "补充", content)
    return revise(unit, row, order.reason, content)


@performs(RetractReturn)
def retract_return(unit: Unit, order: RetractReturn) -> Seen:
    """Refuses where the referral is archived, and where something was recorded since of who would be away again."""
    unit.require(Right.REFER)
    row = standing(unit, ReferralReturn, order.seen)
    why = words(order.why, "why", "原因", required=True, longest=LONGEST_WHY)
    written = _written(unit, row)
    referral = newest(unit, Referral, row.referral) if row.referral is not None else None
    if referral is not None and Status(referral.status).over:
        raise Refusal(f"转诊 {referral.number} {Status(referral.status).words}，回转记录不能作废。")
    absence = newest(unit, Absence, row.absence) if row.absence is not None else None
    if absence is not None and absence.state != "retracted" and _ended_in(unit, absence, written):
        _go_away_again(unit, absence, f"作废回转：{why}")
    if referral is not None:
        _strike(unit, referral, written, why)
    return retract(unit, row, why)


def _written(unit: Unit, row: ReferralReturn) -> frozenset[datetime]:
    """When the return was recorded, and recorded anew: what was written in the same act goes with it."""
    asked = select(ReferralReturn.recorded_at, ReferralReturn.reason).where(ReferralReturn.rid == row.rid)
    return frozenset(at for at, reason in unit.session.execute(asked) if reason in (None, "重新登记"))


def _ended_in(unit: Unit, absence: Absence, written: frozenset[datetime]) -> bool:
    """Whether the return wrote the end that stands, whatever another station said of the rest since."""
    same = (Absence.rid == absence.rid, Absence.ends == absence.ends)
    return not written.isdisjoint(unit.session.scalars(select(Absence.recorded_at).where(*same)))


def _go_away_again(unit: Unit, absence: Absence, reason: str) -> None:
    """The time in hospital goes on, and the bed that was given for the return is free."""
    if absence.ends is None:
        return
    _refuse_lived(unit, absence, absence.ends)
    next_stated(
        unit, absence, reason, {"ends": None, "condition": "", "state": "corrected"}, at=absence.begins
    )
    stay = next((one for one in stays_of(unit, absence.resident) if one.rid == absence.stay), None)
    if stay is not None and stay.recorded_at == absence.recorded_at:
        before = unit.session.scalar(
            select(Stay.bed).where(Stay.rid == stay.rid, Stay.revision == stay.revision - 1)
        )
        next_stated(unit, stay, reason, {"bed": before, "state": "corrected"})
    keep_search(unit, absence.resident)


def _refuse_lived(unit: Unit, absence: Absence, ends: datetime) -> None:
    """Refuse to send somebody away again of whom something is recorded since they came back."""
    zone = unit.settings.zone
    if any(one.begins >= ends for one in absences_of(unit, absence.resident) if one.rid != absence.rid):
        raise Refusal("返院以后又登记了外出或住院，这次返院不能作废。内容有误请更正。")
    for model, title in _STANDS:
        asked = select(model.at).where(
            model.resident == absence.resident, model.at >= ends, model.current, model.state != "retracted"
        )
        at = unit.session.scalar(asked.order_by(model.at).limit(1))
        if at is not None:
            shown = local(zone, at)
            raise Refusal(f"返院以后已有{title}（{shown:%m-%d %H:%M}），这次返院不能作废。内容有误请更正。")
    for decided in (MedReconciliation, MedDecision):
        asked = select(decided.rid).where(
            decided.absence == absence.rid, decided.current, decided.state != "retracted"
        )
        if unit.session.scalar(asked.limit(1)) is not None:
            raise Refusal("这次返院的用药重整已经开始，返院不能作废。内容有误请更正。")


def _strike(unit: Unit, row: Referral, written: frozenset[datetime], why: str) -> None:
    """The moves of the return are struck, with a departure that was written in the same act."""
    at = {one.isoformat() for one in written}
    lines = list(row.moves.get("all", ()))
    taken = {"by": str(unit.actor.rid), "by_name": unit.actor.name, "why": why, "at": unit.now.isoformat()}
    status, changes = row.status, dict[str, Any]()
    for last in reversed(standing_moves(row)):
        if Status(last["to"]) not in _LATER and last["recorded_at"] not in at:
            break
        lines = [{**one, "taken_back": taken} if one is last else one for one in lines]
        status = last["from"]
        if last["to"] == Status.DEPARTED:
            kept = {key: said for key, said in row.times.items() if key != "left"}
            changes |= {"absence": None, "times": kept}
    if status != row.status:
        follow(unit, row, f"撤销“已回转”：{why}", {**changes, "status": status, "moves": {"all": lines}})
