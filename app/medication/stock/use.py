"""What running orders take from each shelf: today still, and on an ordinary day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from app.care.derived import hours_of
from app.care.rules import Hours
from app.care.spans import whose
from app.core.unit import Reader
from app.medication.derived import OrderFact, orders_of
from app.medication.facts import pieces_of
from app.medication.rules.dosing import asked
from app.medication.rules.regime import PRN, SOS
from app.medication.rules.shelf import NOTHING
from app.medication.rules.states import CHECKED, ISSUED
from app.medication.rules.stock_alarms import Use
from app.medication.stock.balance import Key
from db.models import MedOrder

AHEAD = 14
"""Days an ordinary day is taken from: every other day, weekly and alternating medicines come out right."""


@dataclass(frozen=True)
class _OrderUse:
    """What one revision of an order takes on a day: at which instants how much, and on an average day from then on."""

    doses: tuple[tuple[datetime, Decimal], ...]
    daily: Decimal

    def after(self, now: datetime) -> Use:
        return Use(sum((pieces for at, pieces in self.doses if at >= now), NOTHING), self.daily)


class _Known:
    """What was reckoned today already: a revision of an order never says anything else."""

    def __init__(self) -> None:
        self.day = date.min
        self.uses: dict[tuple[UUID, int], _OrderUse] = {}

    def on(self, day: date) -> dict[tuple[UUID, int], _OrderUse]:
        if day != self.day:
            self.day, self.uses = day, {}
        return self.uses


_known = _Known()


def uses(reader: Reader, residents: Collection[UUID] | None = None) -> dict[Key, Use]:
    """By shelf; medicines given when needed are not reckoned with."""
    known = _known.on(reader.today)
    running = list(reader.session.execute(_running(reader, residents)))
    fresh = {row.resident for row in running if (row.rid, row.revision) not in known}
    if fresh:
        hours = hours_of(reader)
        for order in orders_of(reader, fresh, hours, [reader.today]).values():
            known[order.rid, order.revision] = _use_of(order, reader.today, hours)
    found: dict[Key, Use] = defaultdict(Use)
    for row in running:
        use = known.get((row.rid, row.revision))
        if use is not None:
            key = (row.drug, row.resident if row.own_supply else None)
            found[key] += use.after(reader.now)
    return found


def _running(reader: Reader, residents: Collection[UUID] | None) -> Any:
    columns = (MedOrder.rid, MedOrder.revision, MedOrder.resident, MedOrder.drug, MedOrder.own_supply)
    return whose(select(*columns), MedOrder.resident, residents).where(
        MedOrder.current,
        MedOrder.state != "retracted",
        MedOrder.status.in_((ISSUED, CHECKED)),
        MedOrder.kind.not_in((PRN, SOS)),
        or_(MedOrder.ends.is_(None), MedOrder.ends > reader.now),
    )


def _use_of(order: OrderFact, day: date, hours: Hours) -> _OrderUse:
    days = [day + timedelta(days=step) for step in range(AHEAD)]
    doses = [
        (slot_day, at, _pieces(order, slot_day, name))
        for slot_day, name, at in order.regime.slots(days, hours)
    ]
    today = tuple((at, pieces) for slot_day, at, pieces in doses if slot_day == day)
    return _OrderUse(today, sum((pieces for _, _, pieces in doses), NOTHING) / AHEAD)


def _pieces(order: OrderFact, day: date, name: str) -> Decimal:
    """Base units of one dose; nothing where they cannot be reckoned or the blood glucose decides."""
    amount = asked(order.dosing, order.regime, day, name).amount
    return NOTHING if amount is None else pieces_of(order.facts, amount, order.dose_unit) or NOTHING
