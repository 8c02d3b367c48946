"""What running orders take from each shelf: today still, and on an ordinary day.

A whole house has ten thousand running orders. What one takes is reckoned once a day and remembered by revision; those
that read alike take the same and are reckoned once for all. The house is read anew when an order was written or ended.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import LargeBinary, Text, or_, select, text, type_coerce

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

_COLUMNS = (
    type_coerce(MedOrder.rid, LargeBinary).label("rid"),
    MedOrder.revision,
    type_coerce(MedOrder.resident, LargeBinary).label("resident"),
    MedOrder.drug,
    MedOrder.own_supply,
    MedOrder.ends,
)
_SAID = (
    *(type_coerce(one, Text) for one in (MedOrder.dosing, MedOrder.facts, MedOrder.times, MedOrder.weekdays)),
    MedOrder.dose_unit,
    MedOrder.every_days,
    MedOrder.every_weeks,
)


@dataclass(frozen=True)
class _OrderUse:
    """What one revision of an order takes: at which instants of today how much, and on an average day from then on.

    `steady`: every day the same, so that whatever reads alike takes the same.
    """

    doses: tuple[tuple[datetime, float], ...]
    daily: float
    steady: bool


class _House:
    """What all running orders take, as long as none was written and none has ended."""

    def __init__(self, last: int, since: datetime, until: datetime | None) -> None:
        self.last, self.since, self.until = last, since, until
        self.daily: dict[RawKey, float] = defaultdict(float)
        self.doses: list[tuple[datetime, RawKey, float]] = []

    def add(self, key: RawKey, use: _OrderUse) -> None:
        self.daily[key] += use.daily
        self.doses += [(at, key, pieces) for at, pieces in use.doses]

    def holds(self, last: int, now: datetime) -> bool:
        return self.last == last and self.since <= now and (self.until is None or now < self.until)

    def still(self, now: datetime) -> dict[RawKey, tuple[float, float]]:
        """Today still, and a day."""
        today: dict[RawKey, float] = defaultdict(float)
        for _, key, pieces in self.doses[bisect_left(self.doses, now, key=_instant) :]:
            today[key] += pieces
        return {key: (today.get(key, 0.0), one) for key, one in self.daily.items()}


class _Known:
    """What was reckoned of one file on a day: of each revision of an order, of those that read alike, of the house."""

    def __init__(self) -> None:
        self.day = date.min
        self.orders: dict[tuple[bytes, int], _OrderUse] = {}
        self.alike: dict[Hashable, _OrderUse] = {}
        self.house: _House | None = None

    def on(self, day: date) -> _Known:
        if day != self.day:
            self.day, self.orders, self.alike, self.house = day, {}, {}, None
        return self


_known: WeakKeyDictionary[Any, _Known] = WeakKeyDictionary()


def uses(reader: Reader, residents: Collection[UUID] | None = None) -> dict[Key, Use]:
    """By shelf; medicines given when needed are not reckoned with."""
    return {
        (drug, None if owner == NOBODY.bytes else UUID(bytes=owner)): Use.of(today, daily)
        for (drug, owner), (today, daily) in raw_uses(reader, residents).items()
    }


def raw_uses(reader: Reader, residents: Collection[UUID] | None = None) -> dict[RawKey, tuple[float, float]]:
    """By shelf: today still, and a day."""
    known = _known.setdefault(reader.session.get_bind(), _Known()).on(reader.today)
    if residents is not None:
        return _gather(reader, known, residents, 0).still(reader.now)
    last = reader.session.scalar(text("SELECT max(rowid) FROM med_order")) or 0
    house = known.house
    if house is None or not house.holds(last, reader.now):
        house = known.house = _gather(reader, known, None, last)
    return house.still(reader.now)


def _gather(reader: Reader, known: _Known, residents: Collection[UUID] | None, last: int) -> _House:
    orders, nobody = known.orders, NOBODY.bytes
    running = reader.session.execute(_running(reader, residents, _COLUMNS)).all()
    fresh = {row.resident for row in running if (row.rid, row.revision) not in orders}
    if fresh:
        _reckon(reader, known, [UUID(bytes=one) for one in fresh])
    house = _House(last, reader.now, min((row.ends for row in running if row.ends), default=None))
    for rid, revision, resident, drug, own, _ in running:
        use = orders.get((rid, revision))
        if use is not None:
            house.add((drug, resident if own else nobody), use)
    house.doses.sort(key=_instant)
    return house


def _reckon(reader: Reader, known: _Known, residents: Sequence[UUID]) -> None:
    """Learn what the orders of some residents take: first one of each that read alike, then what is left."""
    hours = hours_of(reader)
    begun = hours.moment(reader.today, 0)
    columns = (*_COLUMNS, MedOrder.begins, *_SAID)
    left = [
        row
        for row in reader.session.execute(_running(reader, residents, columns)).all()
        if (row.rid, row.revision) not in known.orders
    ]
    for first in (True, False):
        now: dict[Hashable, Any] = {}
        for row in left:
            alike = tuple(row[len(_COLUMNS) + 1 :]) if row.begins < begun and row.ends is None else None
            use = known.alike.get(alike)
            if use is not None:
                known.orders[row.rid, row.revision] = use
            else:
                now.setdefault(alike if first and alike else (row.rid, row.revision), (row, alike))
        _reckon_each(reader, known, list(now.values()), hours)
        left = [row for row in left if (row.rid, row.revision) not in known.orders]


def _reckon_each(reader: Reader, known: _Known, rows: Sequence[tuple[Any, Hashable]], hours: Hours) -> None:
    people = {UUID(bytes=row.resident) for row, _ in rows}
    facts = orders_of(reader, people, hours, [reader.today]) if people else {}
    for row, alike in rows:
        order = facts.get(UUID(bytes=row.rid))
        if order is None:
            continue
        use = known.orders[row.rid, row.revision] = _use_of(order, reader.today, hours)
        if alike is not None and use.steady:
            known.alike[alike] = use


def _running(reader: Reader, residents: Collection[UUID] | None, columns: tuple[Any, ...]) -> Any:
    return whose(select(*columns), MedOrder.resident, residents).where(
        MedOrder.current,
        MedOrder.state != "retracted",
        MedOrder.status.in_((ISSUED, CHECKED)),
        MedOrder.kind.not_in((PRN, SOS)),
        or_(MedOrder.ends.is_(None), MedOrder.ends > reader.now),
    )


def _instant(dose: tuple[datetime, RawKey, float]) -> datetime:
    return dose[0]


def _use_of(order: OrderFact, day: date, hours: Hours) -> _OrderUse:
    """Of an order that is the same every day one day says it all."""
    steady = _same_every_day(order, day, hours)
    days = [day + timedelta(days=step) for step in range(1 if steady else AHEAD)]
    doses = [
        (slot_day, at, _pieces(order, slot_day, name))
        for slot_day, name, at in order.regime.slots(days, hours)
    ]
    today = tuple((at, pieces) for slot_day, at, pieces in doses if slot_day == day)
    return _OrderUse(today, sum(pieces for _, _, pieces in doses) / len(days), steady)


def _same_every_day(order: OrderFact, day: date, hours: Hours) -> bool:
    regime = order.regime
    daily = regime.every_days == 1 and regime.every_weeks == 1 and not regime.weekdays
    lasts = regime.ends is None or regime.ends > hours.moment(day + timedelta(days=AHEAD), 0)
    return daily and lasts and regime.first_day < day and order.dosing["way"] in (SAME, TIMES)


def _pieces(order: OrderFact, day: date, name: str) -> float:
    """Base units of one dose; nothing where they cannot be reckoned or the blood glucose decides."""
    amount = asked(order.dosing, order.regime, day, name).amount
    return 0.0 if amount is None else float(pieces_of(order.facts, amount, order.dose_unit) or 0)
