"""How many doses wait in the shift that goes on, in the whole house: the number beside 用药.

Asked again with every dose, so it goes the short way: one statement finds the times of standing orders that lie in the
shift and have no record; what an order has beyond the same amount every day is looked at for those few alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select

from app.care.derived import hours_of
from app.care.rules import Hours, Shift, clock_words, minute_of
from app.care.spans import absences_of, stays_of
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.derived import orders_called, slots_of
from app.medication.lists import windows
from app.medication.rules.dosing import SAME, asked
from app.medication.rules.regime import PRN, SOS
from app.medication.rules.slots import Slot, was_away
from db.models import Dose, MedOrder

_DAY = timedelta(days=1)
_MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class CountDueDoses(Question[int]):
    """Due or past their time, and of which nobody has said anything."""


@answers(CountDueDoses)
def count_due_doses(reader: Reader, _question: CountDueDoses) -> int:
    reader.require(Right.READ_RESIDENTS)
    hours = hours_of(reader)
    day, shift = hours.at(reader.now)
    found = [row for part in _parts(hours, day, shift) for row in _candidates(reader, hours, *part)]
    special = {row.rid for _day, row in found if not row.plain}
    waiting = [
        (row.resident, slot)
        for one_day, row in found
        if row.plain and (slot := _slot(hours, one_day, row, reader.now)) is not None
    ]
    waiting += _special(reader, hours, special, {(one_day, row.rid, row.name) for one_day, row in found})
    return _here(reader, hours, waiting)


def _parts(hours: Hours, day: date, shift: Shift) -> Iterator[tuple[date, str, str]]:
    """The service dates of the shift, each with the nominal times it takes of it."""
    if not shift.crosses:
        yield day, clock_words(shift.begins), "24:01" if shift.ends == _MIDNIGHT else clock_words(shift.ends)
        return
    yield day, clock_words(shift.begins), "24:01"
    yield day + _DAY, "00:00", clock_words(shift.ends)


def _candidates(reader: Reader, hours: Hours, day: date, first: str, before: str) -> list[tuple[date, Any]]:
    """Times of standing orders on a date without a record; the bounds are wide, what is due is reckoned after."""
    soonest = hours.wall(reader.now + windows().early + timedelta(hours=1))
    if soonest.date() < day:
        return []
    until = min(before, f"{soonest:%H:%M}") if soonest.date() == day else before
    name = func.json_each(MedOrder.times).table_valued("value", name="at").c.value
    recorded = exists().where(
        Dose.med_order == MedOrder.rid,
        Dose.service_date == day,
        Dose.slot == name,
        Dose.current,
        Dose.state != "retracted",
        Dose.kind == "slot",
    )
    plain = and_(
        MedOrder.every_days == 1,
        MedOrder.every_weeks == 1,
        func.json_array_length(MedOrder.weekdays) == 0,
        MedOrder.first_count.is_(None),
        func.coalesce(func.json_array_length(MedOrder.pauses, "$.spans"), 0) == 0,
        func.json_extract(MedOrder.dosing, "$.way") == SAME,
    )
    statement = select(
        MedOrder.rid,
        MedOrder.resident,
        name.label("name"),
        MedOrder.kind,
        MedOrder.begins,
        MedOrder.ends,
        func.json_extract(MedOrder.facts, "$.time_critical").label("critical"),
        plain.label("plain"),
    ).where(
        MedOrder.current,
        MedOrder.state != "retracted",
        MedOrder.status != "cancelled",
        MedOrder.kind.not_in((PRN, SOS)),
        MedOrder.begins <= reader.now + _DAY,
        or_(MedOrder.ends.is_(None), MedOrder.ends > hours.moment(day, 0)),
        name >= first,
        name < until,
        ~recorded,
    )
    return [(day, row) for row in reader.session.execute(statement)]


def _slot(hours: Hours, day: date, row: Any, now: datetime) -> Slot | None:
    """The slot of an order that asks for the same every day, if it is open now."""
    at = hours.moment(day, minute_of(row.name))
    early, late = windows().around(row.kind, critical=bool(row.critical))
    if at < row.begins or (row.ends is not None and at >= row.ends) or now < at - early:
        return None
    return Slot(row.rid, day, row.name, at, at - early, at + late, day, "")


def _special(
    reader: Reader, hours: Hours, rids: set[UUID], wanted: set[tuple[date, UUID, str]]
) -> list[tuple[UUID, Slot]]:
    """Open slots of orders with days, tapers, pauses or scales of their own."""
    days = sorted({day for day, _rid, _name in wanted})
    found = []
    for order in orders_called(reader, rids, hours) if rids else ():
        for slot in slots_of(order, days, hours):
            if (slot.day, slot.order, slot.name) not in wanted or reader.now < slot.opens:
                continue
            amount = asked(order.dosing, order.regime, slot.day, slot.name)
            if not order.regime.paused(slot.at) and (amount.amount != 0 or amount.call):
                found.append((order.resident, slot))
    return found


def _here(reader: Reader, hours: Hours, waiting: Sequence[tuple[UUID, Slot]]) -> int:
    """Those of residents who were in the house at the time."""
    people = {resident for resident, _slot in waiting}
    if not people:
        return 0
    stays, absences = stays_of(reader, people, hours), absences_of(reader, people)
    away = {rid: [(one.since, one.until, one.what) for one in absences[rid] if one.since] for rid in people}
    return sum(
        any(stay.covers(slot.at) for stay in stays[resident]) and not was_away(away[resident], slot)
        for resident, slot in waiting
    )
