"""What is to be given and what became of it: slots derived from orders, stays, absences and doses of service dates.

Four statements whatever the number of residents; orders and questions both stand on this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from app.care.derived import hours_of
from app.care.rules import Hours, minute_of
from app.care.spans import Span, absences_of, rows_of, stays_of
from app.care.spans import asked as made
from app.core.unit import Reader
from app.medication.lists import windows
from app.medication.returns import returns_of
from app.medication.rules.dosing import Asked, asked
from app.medication.rules.reconcile import Return
from app.medication.rules.regime import PRN, SOS, Pause, Regime
from app.medication.rules.slots import DoseState, Kept, Slot, state_of, was_away
from db.models import Dose, MedOrder

_ORDER: tuple[Any, ...] = (
    MedOrder.rid, MedOrder.revision, MedOrder.resident, MedOrder.kind, MedOrder.status, MedOrder.drug, MedOrder.words,
    MedOrder.facts, MedOrder.dosing, MedOrder.dose_unit, MedOrder.route, MedOrder.frequency, MedOrder.times,
    MedOrder.weekdays, MedOrder.every_days, MedOrder.every_weeks, MedOrder.first_count, MedOrder.meal, MedOrder.begins,
    MedOrder.ends, MedOrder.pauses, MedOrder.limits, MedOrder.prn, MedOrder.own_supply, MedOrder.note, MedOrder.number,
    MedOrder.indication, MedOrder.doctor_by, MedOrder.doctor_at, MedOrder.checked_at, MedOrder.at,
)  # fmt: skip
_DOSE: tuple[Any, ...] = (
    Dose.rid, Dose.revision, Dose.station, Dose.med_order, Dose.resident, Dose.service_date, Dose.slot, Dose.kind,
    Dose.outcome, Dose.reason_code, Dose.note, Dose.amount, Dose.unit, Dose.late, Dose.author, Dose.second, Dose.at,
    Dose.recorded_at, Dose.prn, Dose.ended,
)  # fmt: skip
_DAY = timedelta(days=1)
_STANDING = select(*_ORDER).where(MedOrder.current, MedOrder.state != "retracted").order_by(MedOrder.number)
_ORDERS = made(_STANDING, MedOrder.resident)
_ORDERS_ON = made(
    _STANDING.where(
        MedOrder.begins <= bindparam("until"),
        or_(MedOrder.ends.is_(None), MedOrder.ends > bindparam("since")),
    ),
    MedOrder.resident,
)
_DOSES = made(
    select(*_DOSE)
    .where(
        Dose.service_date.between(bindparam("first"), bindparam("last")),
        Dose.current,
        Dose.state != "retracted",
        Dose.kind == "slot",
    )
    .order_by(Dose.recorded_at),
    Dose.resident,
)
TAKEN = frozenset({"given", "partial", "self"})


@dataclass(frozen=True)
class OrderFact:
    """An order as slots and screens need it; `facts` is what the drug list said when it was written."""

    rid: UUID
    revision: int
    resident: UUID
    number: str
    kind: str
    status: str
    drug: str
    words: str
    facts: dict[str, Any]
    dosing: dict[str, Any]
    dose_unit: str
    route: str
    frequency: str
    meal: str
    regime: Regime
    limits: dict[str, Any]
    prn: dict[str, Any]
    own_supply: bool
    note: str
    indication: str
    unsigned_by: datetime | None  # until when a doctor has to sign it
    checked: bool
    written: datetime  # when it was ordered

    @property
    def critical(self) -> bool:
        return bool(self.facts.get("time_critical"))


@dataclass(frozen=True)
class DoseFact:
    """What was recorded of a dose. `others`: what other stations recorded of the same one; all of them stay."""

    rid: UUID
    revision: int
    station: str
    order: UUID
    resident: UUID
    service_date: date
    slot: str
    kind: str
    outcome: str
    reason_code: int | None
    note: str
    amount: str
    unit: str
    late: str
    author: UUID
    second: UUID | None
    at: datetime
    recorded_at: datetime
    prn: dict[str, Any]
    ended: datetime | None
    others: tuple[DoseFact, ...] = ()

    @property
    def all(self) -> tuple[DoseFact, ...]:
        return (self, *self.others)

    @property
    def doubled(self) -> bool:
        """可能重复给药: two stations say it was given."""
        return sum(one.outcome in TAKEN for one in self.all) > 1

    @property
    def contradicts(self) -> bool:
        """记录矛盾: one says given, another not."""
        return bool(self.others) and len({one.outcome in TAKEN for one in self.all}) > 1


@dataclass(frozen=True)
class Held:
    """A slot with everything known of it. `away`: leave or hospital while its time passed; `gone`: away right now;
    `back`: the return from hospital its order was written before."""

    slot: Slot
    order: OrderFact
    asked: Asked
    dose: DoseFact | None
    away: str
    state: DoseState
    gone: str = ""
    back: Return | None = None

    @property
    def unreconciled(self) -> bool:
        """Whether its order waits for a decision after a hospital, whatever this slot is."""
        return self.back is not None and self.back.holds(self.order.rid, self.order.written)


def derive(reader: Reader, residents: Collection[UUID] | None, days: Sequence[date]) -> list[Held]:
    """Every slot of the service dates, in the order of time. `residents` None means the whole house."""
    hours = hours_of(reader)
    orders = orders_of(reader, residents, hours, days)
    doses = doses_of(reader, residents, days)
    stays, absences = stays_of(reader, residents, hours), absences_of(reader, residents)
    backs = returns_of(reader, orders.values(), absences)
    held: list[Held] = []
    for order in orders.values():
        if order.kind in (PRN, SOS):
            continue
        away_spans = [(one.since, one.until, one.what) for one in absences[order.resident] if one.since]
        back = backs.get(order.resident)
        back = back if back is not None and back.concerns(order.written) else None
        gone = next((one.what for one in absences[order.resident] if one.covers(reader.now)), "")
        for slot in slots_of(order, days, hours):
            dose = doses.pop(slot.key, None)
            if dose is None and (order.status == "cancelled" or not _here(stays[order.resident], slot)):
                continue
            wanted = asked(order.dosing, order.regime, slot.day, slot.name)
            if dose is None and wanted.amount == 0 and not wanted.call:
                continue
            away = "" if dose else was_away(away_spans, slot)
            stopped = back is not None and back.stops(order.rid, order.written, slot.closes)
            kept = Kept(order.regime.paused(slot.at), bool(away), stopped)
            state = state_of(slot, reader.now, dose.outcome if dose else "", kept)
            held.append(Held(slot, order, wanted, dose, away, state, gone, back))
    if any(
        key[0] not in orders for key in doses
    ):  # of one that was over before these days, as of an earlier time
        orders = orders_of(reader, residents, hours)
    held += _off_plan(doses, orders, hours, reader.now)
    return sorted(held, key=lambda one: (one.slot.at, one.order.number))


def slots_of(order: OrderFact, days: Sequence[date], hours: Hours) -> Iterator[Slot]:
    """The slots of one order, with their windows and the shift each lies in."""
    early, late = windows().around(order.kind, critical=order.critical)
    for day, name, at in order.regime.slots(days, hours):
        shift_day, shift = hours.of(day, minute_of(name))
        yield Slot(order.rid, day, name, at, at - early, at + late, shift_day, shift.key)


def orders_of(
    reader: Reader, residents: Collection[UUID] | None, hours: Hours, days: Sequence[date] | None = None
) -> dict[UUID, OrderFact]:
    """Orders by rid in the order they were numbered; with `days`, only those that may ask for a dose on them."""
    if days is None:
        rows = rows_of(reader, _ORDERS, residents)
    else:
        begins, ends = hours.moment(min(days), 0), hours.moment(max(days), 24 * 60) + _DAY
        rows = rows_of(reader, _ORDERS_ON, residents, since=begins, until=ends)
    return {row.rid: _fact(row, hours) for row in rows}


def orders_called(reader: Reader, rids: Collection[UUID], hours: Hours) -> list[OrderFact]:
    """These orders."""
    rows = reader.session.execute(_STANDING.where(MedOrder.rid.in_(list(rids))))
    return [_fact(row, hours) for row in rows]


def doses_of(
    reader: Reader, residents: Collection[UUID] | None, days: Sequence[date]
) -> dict[tuple[UUID, date, str], DoseFact]:
    """What was recorded of scheduled doses, by slot; of several stations' records the later one leads."""
    found: dict[tuple[UUID, date, str], DoseFact] = {}
    for row in rows_of(reader, _DOSES, residents, first=min(days), last=max(days)):
        key = (row.med_order, row.service_date, row.slot)
        before = found.get(key)
        found[key] = dose_fact(row, before.all if before is not None else ())
    return found


def dose_fact(row: Any, others: tuple[DoseFact, ...] = ()) -> DoseFact:
    """A row of `DOSE_COLUMNS` as a fact."""
    return replace(DoseFact(*row), others=others) if others else DoseFact(*row)


DOSE_COLUMNS = _DOSE
"""What a query selects for `dose_fact`."""


def regime_of(row: Any, hours: Hours, pauses: tuple[Pause, ...] = ()) -> Regime:
    """When an order asks for doses, by its columns, written or only about to be."""
    return Regime(
        begins=row.begins,
        first_day=hours.wall(row.begins).date(),
        times=tuple(row.times),
        ends=row.ends,
        every_days=row.every_days,
        weekdays=frozenset(row.weekdays),
        every_weeks=row.every_weeks,
        first_count=row.first_count,
        pauses=pauses,
    )


def _fact(row: Any, hours: Hours) -> OrderFact:
    pauses = tuple(
        Pause(datetime.fromisoformat(since), datetime.fromisoformat(until) if until else None)
        for since, until in row.pauses.get("spans", ())
    )
    regime = regime_of(row, hours, pauses)
    return OrderFact(
        row.rid, row.revision, row.resident, row.number, row.kind, row.status, row.drug, row.words, row.facts,
        row.dosing, row.dose_unit, row.route, row.frequency, row.meal, regime, row.limits, row.prn, row.own_supply,
        row.note, row.indication, row.doctor_by if row.doctor_at is None else None, row.checked_at is not None,
        row.at,
    )  # fmt: skip


def _here(stays: list[Span], slot: Slot) -> bool:
    return any(stay.covers(slot.at) for stay in stays)


def _off_plan(
    doses: dict[tuple[UUID, date, str], DoseFact], orders: dict[UUID, OrderFact], hours: Hours, now: datetime
) -> Iterator[Held]:
    """What was recorded at a time the order does not ask for any more: it happened, and stays to be seen."""
    for (rid, day, name), dose in doses.items():
        if (order := orders.get(rid)) is not None:
            at = hours.moment(day, minute_of(name))
            shift_day, shift = hours.of(day, minute_of(name))
            slot = Slot(rid, day, name, at, at, at, shift_day, shift.key)
            yield Held(slot, order, Asked(None), dose, "", state_of(slot, now, dose.outcome))
