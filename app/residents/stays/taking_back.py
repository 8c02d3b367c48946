"""Taking back a going away just written: within ten minutes, by whoever wrote it; bed and leave are as before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select

from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.beds import who_lies_in
from app.residents.search_row import keep_search
from app.residents.stating.own import RETRACT, refuse_take_back
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
    refuse_take_back(unit, row, "登记", RETRACT)
    undo_absence(unit, row, REASON)


def undo_absence(unit: Unit, row: Absence, reason: str) -> None:
    """The absence was none. What the act that wrote it changed beside it is as before, however often the absence was
    corrected since: the leave it ended goes on, the bed it gave up is held again if it is free. What others changed
    in them meanwhile stays."""
    firsts = _firsts(unit, row.rid) or [row]
    retract(unit, row, reason)
    for first in firsts:
        _go_on_with_leave(unit, first, reason)
        _give_bed_again(unit, first, reason)
    keep_search(unit, row.resident)


def written_in(unit: Unit, rid: UUID, acts: Collection[str], *, but: Collection[str] = ()) -> bool:
    """Whether an act of one of these times of record wrote the absence, and none of `but` did."""
    written = {first.recorded_at.isoformat() for first in _firsts(unit, rid)}
    return not written.isdisjoint(acts) and written.isdisjoint(but)


def _firsts(unit: Unit, rid: UUID) -> list[Absence]:
    """The absence as it was written: its time of record is that of the act. Two stations may have written one each."""
    first = select(Absence).where(Absence.rid == rid, Absence.revision == 1)
    return list(unit.session.scalars(first.order_by(Absence.recorded_at)))


def _go_on_with_leave(unit: Unit, first: Absence, reason: str) -> None:
    """The leave ended in the same act, if its end is still that one and nothing followed it."""
    ended = select(Absence.rid).where(
        Absence.resident == first.resident,
        Absence.rid != first.rid,
        Absence.ends == first.begins,
        Absence.recorded_at == first.recorded_at,
    )
    mine = set(unit.session.scalars(ended))
    others = absences_of(unit, first.resident)
    for one in others:
        follows = any(other.begins >= one.begins and other.rid != one.rid for other in others)
        if one.rid in mine and one.ends == first.begins and not follows:
            next_revision(unit, one, reason, {"ends": None, "state": "corrected"}, at=one.begins)


def _give_bed_again(unit: Unit, first: Absence, reason: str) -> None:
    """The bed given up in the same act, if they have none since and it is still free."""
    stay = next((one for one in stays_of(unit, first.resident) if one.rid == first.stay), None)
    if first.bed_kept or stay is None or stay.bed is not None or stay.ends is not None:
        return
    revisions = unit.session.scalars(select(Stay).where(Stay.rid == stay.rid).order_by(Stay.revision)).all()
    bed = None
    for before, after in pairwise(revisions):
        if after.recorded_at == first.recorded_at and after.bed is None:
            bed = before.bed
    if bed is not None and who_lies_in(unit, bed) is None:
        next_revision(unit, stay, reason, {"bed": bed, "state": "corrected"})
