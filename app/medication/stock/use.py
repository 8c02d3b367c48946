"""What running orders take from each shelf: today still, and on an ordinary day.

A whole house has ten thousand running orders: what each takes is reckoned once a day and remembered by revision, and
rows are read as the file has them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import LargeBinary, or_, select, text, type_coerce

from app.care.derived import hours_of
from app.care.rules import Hours
from app.care.spans import whose
from app.core.unit import Reader
from app.medication.derived import OrderFact, orders_of
from app.medication.facts import pieces_of
from app.medication.rules.dosing import SAME, TIMES, asked
from app.medication.rules.regime import PRN, SOS
from app.medication.rules.states import CHECKED, ISSUED
from app.medication.rules.stock_alarms import Use
from app.medication.stock.balance import NOBODY, Key
from db.models import MedOrder

AHEAD = 14
"""Days an ordinary day is taken from: every other day, weekly and alternating medicines come out right."""

RawKey = tuple[str, bytes]
"""A shelf as the file names it: the medicine, and sixteen bytes of whose it is, zeros for the ward."""


@dataclass(frozen=True)
class _OrderUse:
    """What one revision of an order takes: at which instants of today how much, and on an average day from then on."""

    doses: tuple[tuple[datetime, float], ...]
    daily: float


class _Known:
    """What was reckoned of one file: of each revision of an order (it never says anything else), and of the whole house
    as long as no order was written and the minute is the same."""

    def __init__(self) -> None:
        self.day = date.min
        self.orders: dict[tuple[bytes, int], _OrderUse] = {}
        self.stamp: tuple[int, datetime] | None = None
        self.house: dict[RawKey, tuple[float, float]] = {}

    def on(self, day: date) -> dict[tuple[bytes, int], _OrderUse]:
        if day != self.day:
            self.day, self.orders = day, {}
        return self.orders


_known: WeakKeyDictionary[Any, _Known] = WeakKeyDictionary()


def uses(reader: Reader, residents: Collection[UUID] | None = None) -> dict[Key, Use]:
    """By shelf; medicines given when needed are not reckoned with."""
    return {
        (drug, None if owner == NOBODY.bytes else UUID(bytes=owner)): Use.of(today, daily)
        for (drug, owner), (today, daily) in raw_uses(reader, residents).items()
    }


def raw_uses(reader: Reader, residents: Collection[UUID] | None = None) -> dict[RawKey, tuple[float, float]]:
    """By shelf: today still, and a day."""
    known = _known.setdefault(reader.session.get_bind(), _Known())
    if residents is not None:
        return _reckon(reader, known, residents)
    last = reader.session.scalar(text("SELECT max(rowid) FROM med_order"))
    stamp = (last or 0, reader.now.replace(second=0, microsecond=0))
    if known.stamp != stamp:
        known.house = _reckon(reader, known, None)
        known.stamp = stamp
    return known.house


def _reckon(
    reader: Reader, known: _Known, residents: Collection[UUID] | None
) -> dict[RawKey, tuple[float, float]]:
    orders, now, nobody = known.on(reader.today), reader.now, NOBODY.bytes
    running = reader.session.execute(_running(reader, residents)).all()
    fresh = {resident for rid, revision, resident, _, _ in running if (rid, revision) not in orders}
    if fresh:
        hours = hours_of(reader)
        people = [UUID(bytes=one) for one in fresh]
        for order in orders_of(reader, people, hours, [reader.today]).values():
            orders[order.rid.bytes, order.revision] = _use_of(order, reader.today, hours)
    today: dict[RawKey, float] = defaultdict(float)
    daily: dict[RawKey, float] = defaultdict(float)
    for rid, revision, resident, drug, own in running:
        use = orders.get((rid, revision))
        if use is not None:
            key = (drug, resident if own else nobody)
            daily[key] += use.daily
            for at, pieces in use.doses:
                if at >= now:
                    today[key] += pieces
    return {key: (today.get(key, 0.0), one) for key, one in daily.items()}


def _running(reader: Reader, residents: Collection[UUID] | None) -> Any:
    columns = (
        type_coerce(MedOrder.rid, LargeBinary),
        MedOrder.revision,
        type_coerce(MedOrder.resident, LargeBinary),
        MedOrder.drug,
        MedOrder.own_supply,
    )
    return whose(select(*columns), MedOrder.resident, residents).where(
        MedOrder.current,
        MedOrder.state != "retracted",
        MedOrder.status.in_((ISSUED, CHECKED)),
        MedOrder.kind.not_in((PRN, SOS)),
        or_(MedOrder.ends.is_(None), MedOrder.ends > reader.now),
    )


def _use_of(order: OrderFact, day: date, hours: Hours) -> _OrderUse:
    """Of an order that is the same every day one day says it all."""
    days = [day + timedelta(days=step) for step in range(1 if _same_every_day(order, day, hours) else AHEAD)]
    doses = [
        (slot_day, at, _pieces(order, slot_day, name))
        for slot_day, name, at in order.regime.slots(days, hours)
    ]
    today = tuple((at, pieces) for slot_day, at, pieces in doses if slot_day == day)
    return _OrderUse(today, sum(pieces for _, _, pieces in doses) / len(days))


def _same_every_day(order: OrderFact, day: date, hours: Hours) -> bool:
    regime = order.regime
    daily = regime.every_days == 1 and regime.every_weeks == 1 and not regime.weekdays
    lasts = regime.ends is None or regime.ends > hours.moment(day + timedelta(days=AHEAD), 0)
    return daily and lasts and regime.first_day < day and order.dosing["way"] in (SAME, TIMES)


def _pieces(order: OrderFact, day: date, name: str) -> float:
    """Base units of one dose; nothing where they cannot be reckoned or the blood glucose decides."""
    amount = asked(order.dosing, order.regime, day, name).amount
    return 0.0 if amount is None else float(pieces_of(order.facts, amount, order.dose_unit) or 0)
