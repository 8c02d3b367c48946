"""Times of standing orders of which nobody has said anything, found without deriving every slot of everybody.

One statement a service date finds what has no record; only that little is then reckoned as the round reckons it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, or_, select, true

from app.care.rules import Hours, clock_words
from app.care.spans import absences_of, stays_of, whose
from app.core.unit import Reader
from app.medication.derived import OrderFact, orders_called, slots_of
from app.medication.lists import windows
from app.medication.returns import returns_of
from app.medication.rules.dosing import asked
from app.medication.rules.regime import LONG, PRN, SOS
from app.medication.rules.slots import Slot, was_away
from db.models import Dose, MedOrder

_times = func.json_each(MedOrder.times).table_valued("value", name="given_at")
nominal = _times.c.value
"""The nominal time, one row for each of an order."""
WHOLE = ("00:00", "24:01")
Key = tuple[UUID, date, str]


@dataclass(frozen=True)
class Stretch:
    """Nominal times of a service date: from `first` until before `before`."""

    day: date
    first: str = WHOLE[0]
    before: str = WHOLE[1]


def without_record(reader: Reader, hours: Hours, stretch: Stretch, *columns: Any) -> Any:
    """The statement of times whose window is open, or was, and that have no record; wider than what is really due."""
    narrow, wide = (
        _until(hours, stretch, reader.now + early) for early in (windows().critical, windows().early)
    )
    recorded = exists().where(
        Dose.med_order == MedOrder.rid,
        Dose.service_date == stretch.day,
        Dose.slot == nominal,
        Dose.current,
        Dose.kind == "slot",
        Dose.state != "retracted",
    )
    critical = func.coalesce(func.json_extract(MedOrder.facts, "$.time_critical"), 0)
    return (
        select(*columns)
        .join(_times, true())
        .where(
            MedOrder.current,
            MedOrder.state != "retracted",
            MedOrder.status != "cancelled",
            MedOrder.kind.not_in((PRN, SOS)),
            nominal >= stretch.first,
            nominal < wide,
            or_(nominal < narrow, MedOrder.kind != LONG, critical == 0),
            ~recorded,
        )
    )


def blank_slots(
    reader: Reader, hours: Hours, residents: Collection[UUID], days: Collection[date]
) -> list[Slot]:
    """The slots of some residents on service dates that wait or are unrecorded, those that stand 待重整 among them."""
    wanted: set[Key] = set()
    for day in days:
        statement = without_record(reader, hours, Stretch(day), MedOrder.rid, nominal)
        rows = reader.session.execute(whose(statement, MedOrder.resident, residents))
        wanted |= {(rid, day, name) for rid, name in rows}
    return [slot for _order, slot in reckoned(reader, hours, wanted)]


def reckoned(
    reader: Reader, hours: Hours, wanted: set[Key], *, held: bool = True
) -> list[tuple[OrderFact, Slot]]:
    """Those of these times that really wait, by everything that is known of their orders and residents.

    `held`: also those that stand 待重整 after a hospital; they owe a word, and nobody may give them.
    """
    if not wanted:
        return []
    orders = orders_called(reader, {rid for rid, _day, _name in wanted}, hours)
    people = {order.resident for order in orders}
    stays, absences = stays_of(reader, people, hours), absences_of(reader, people)
    days = sorted({day for _rid, day, _name in wanted})
    backs = {} if held else returns_of(reader, orders, absences)
    found = []
    for order in orders:
        away = [(one.since, one.until, one.what) for one in absences[order.resident] if one.since]
        back = backs.get(order.resident)
        for slot in slots_of(order, days, hours):
            if slot.key not in wanted or reader.now < slot.opens or order.regime.paused(slot.at):
                continue
            if back is not None and back.stops(order.rid, order.written, slot.closes):
                continue
            here = any(stay.covers(slot.at) for stay in stays[order.resident])
            amount = asked(order.dosing, order.regime, slot.day, slot.name)
            if here and not was_away(away, slot) and (amount.amount != 0 or amount.call):
                found.append((order, slot))
    return found


def _until(hours: Hours, stretch: Stretch, moment: Any) -> str:
    """The first nominal time of a date that is not open yet at this reach."""
    wall = hours.wall(moment)
    if wall.date() != stretch.day:
        return stretch.before if wall.date() > stretch.day else WHOLE[0]
    return min(stretch.before, clock_words(wall.hour * 60 + wall.minute + 1))
