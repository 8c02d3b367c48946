"""Taking back a going away just written: within ten minutes, by whoever wrote it; bed and leave are as before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.beds import who_lies_in
from app.residents.rules.stated import UNDO_MINUTES
from app.residents.search_row import keep_search
from app.residents.stating.revising import Seen, next_revision, retract, standing
from app.residents.stays.steps import absences_of, stays_of
from db.models import Absence, Stay

REASON = "登记后撤销"


@dataclass(frozen=True)
class TakeBackAbsence(Order[None]):
    """The leave or hospital stay just written was a slip."""

    seen: Seen


@performs(TakeBackAbsence)
def take_back_absence(unit: Unit, order: TakeBackAbsence) -> None:
    """Refuses another person's, one older than ten minutes, and one that was changed since."""
    row = standing(unit, Absence, order.seen, Right.MANAGE_STAYS)
    if row.author != unit.actor.rid:
        raise Refusal("只有登记的人可以撤销。要作废请写明原因。")
    if unit.now - row.recorded_at > timedelta(minutes=UNDO_MINUTES):
        raise Refusal(f"登记已超过 {UNDO_MINUTES} 分钟，不能撤销。要作废请写明原因。")
    undo_absence(unit, row, REASON)


def undo_absence(unit: Unit, row: Absence, reason: str) -> None:
    """The absence was none: the leave it ended goes on, the bed it gave up is held again if it is free."""
    retract(unit, row, reason)
    for one in absences_of(unit, row.resident):
        if one.ends == row.begins and one.recorded_at == row.recorded_at:
            next_revision(unit, one, reason, {"ends": None, "state": "corrected"}, at=one.begins)
    _give_bed_again(unit, row)
    keep_search(unit, row.resident)


def _give_bed_again(unit: Unit, row: Absence) -> None:
    """The bed given up in the same act, if it is still free."""
    stay = next((one for one in stays_of(unit, row.resident) if one.rid == row.stay), None)
    if row.bed_kept or stay is None or stay.bed is not None or stay.recorded_at != row.recorded_at:
        return
    before = unit.session.scalar(
        select(Stay.bed).where(Stay.rid == stay.rid, Stay.revision == stay.revision - 1)
    )
    if before is not None and who_lies_in(unit, before) is None:
        next_revision(unit, stay, REASON, {"bed": before, "state": "corrected"})
