"""What was just booked is taken back, if the place it goes back to is still free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.rehab.around import around, placed_of
from app.rehab.revising import follow, retract, standing
from app.rehab.rules.sessions import SessionKey
from app.rehab.scheduling.booking import went_to, write_booking
from app.rehab.scheduling.finding import held_of, on_its_day, refuse_recorded
from app.rehab.scheduling.placing import Place
from app.residents.rules.stated import UNDO_MINUTES
from app.residents.stating import Seen
from db.models import RehabBooking

_KEPT = ("what", "to_date", "to_slot", "therapist", "minutes", "why", "accepted", "instead_of", "state")


@dataclass(frozen=True)
class UndoBooking(Order[int]):
    """What was just booked was a slip: the week is as it was before; without further words.

    `accept`: names of conflicts that are there by now where the sessions stood.
    """

    seen: tuple[Seen, ...]
    accept: tuple[str, ...] = ()


@performs(UndoBooking)
def undo_booking(unit: Unit, order: UndoBooking) -> int:
    """Refuses others' bookings, those older than ten minutes, a session that was recorded meanwhile, and a place that
    somebody else was given meanwhile."""
    unit.require(Right.SCHEDULE_REHAB)
    keys = [_undo(unit, seen) for seen in order.seen]
    back = [one for key in keys for one in on_its_day(unit, key) if one.key == key]
    if not back:
        return len(order.seen)
    whole = around(unit, sorted({one.planned.day for one in back}))
    fresh = [placed for one in back if (placed := placed_of(one)) is not None]
    accepted, _warned = whole.settle(fresh, {*order.accept, *whole.accepted})
    if set(accepted) - whole.accepted:
        for one in back:
            place = Place(one.planned.day, one.planned.time, one.planned.therapist, one.planned.minutes)
            what = one.booking.what if one.booking is not None else "moved"
            write_booking(
                unit, one.key, one.item, {"what": what, **went_to(place), "why": "", "accepted": accepted}
            )
    return len(order.seen)


def _undo(unit: Unit, seen: Seen) -> SessionKey:
    """One booking as it was before."""
    row = standing(unit, RehabBooking, seen)
    if row.author != unit.actor.rid:
        raise Refusal("只有改的人可以撤销。")
    if unit.now - row.recorded_at > timedelta(minutes=UNDO_MINUTES):
        raise Refusal(f"已超过 {UNDO_MINUTES} 分钟，不能撤销。请再改一次期。")
    key = (row.item, row.service_date, row.slot)
    held = held_of(unit, key)
    refuse_recorded(unit, held, "撤销改期") if row.what != "waived" else None
    before = unit.session.scalar(
        select(RehabBooking).where(RehabBooking.rid == row.rid, RehabBooking.revision == row.revision - 1)
    )
    if before is None or before.state == "retracted":
        retract(unit, row, "改后撤销")
    else:
        follow(unit, row, "改后撤销", {column: getattr(before, column) for column in _KEPT})
    return key
