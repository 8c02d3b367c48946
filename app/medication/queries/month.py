"""The month grid 月表 of one resident: every order that touches the month, a line for each time, a cell a day."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.care.derived import hours_of
from app.care.rules import Hours, minute_of
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.derived import DOSE_COLUMNS, DoseFact, Held, OrderFact, derive, dose_fact, orders_of
from app.medication.queries.month_cells import AFTER, BEFORE, CellCode, Known, MonthCell, dose_cell, slot_cell
from app.medication.queries.month_orders import MonthLine, MonthOrder, courses_of, month_order
from app.medication.queries.month_prn import PrnLine, prn_lines
from app.medication.rules.amounts import amount_words
from app.medication.rules.dosing import TIMES
from app.medication.rules.regime import LONG, WHEN_NEEDED
from app.medication.rules.signs import signs_of
from app.medication.rules.slots import DoseState
from app.medication.rules.written import unit_words
from app.residents.codes import surname_of
from db.models import Dose, Resident

RATE_WORDS = (
    "执行率＝已给（含部分给药、自行服用）÷应给。应给是到现在为止已过时间的长期和临时医嘱次数，"
    "不含外出、住院、医嘱暂停，以及按规定暂不给药（禁食、体征不达标、过敏、医嘱停暂）的次数；必要时用药不计。"
)
WHEN_NEEDED_LINE = "必要时"
"""Stands where the time stands, of an order for when it is needed."""
_LOST = frozenset({DoseState.REFUSED, DoseState.NOT_GIVEN, DoseState.MISSED, DoseState.OVERDUE})
_KEPT_REASONS = ("结果回报", "补充")
"""Reasons under which a later revision only adds something: that is no correction."""


@dataclass(frozen=True)
class Rate:
    """How many doses were to be given up to now, and how many were."""

    given: int
    asked: int

    @property
    def words(self) -> str:
        """`96.4%`; a dash where nothing was to be given."""
        return f"{self.given / self.asked:.1%}" if self.asked else "—"


@dataclass(frozen=True)
class MonthSheet:
    """A month. `month`: its first day; `people`: sign and name of everybody who signed; `codes`: those that occur."""

    resident: UUID
    month: date
    today: date
    days: tuple[date, ...]
    orders: tuple[MonthOrder, ...]
    people: tuple[tuple[str, str], ...]
    codes: tuple[CellCode, ...]
    rate: Rate
    prn: tuple[PrnLine, ...]

    @property
    def lines(self) -> tuple[tuple[MonthOrder, MonthLine], ...]:
        return tuple((order, line) for order in self.orders for line in order.lines)


@dataclass(frozen=True)
class MonthGrid(Question[MonthSheet]):
    """The month a day lies in; None: this month."""

    resident: UUID
    month: date | None = None


@dataclass(frozen=True)
class _Found:
    """Everything read of the month."""

    days: tuple[date, ...]
    hours: Hours
    orders: Mapping[UUID, OrderFact]
    held: Sequence[Held]
    prn: Sequence[DoseFact]


@answers(MonthGrid)
def month_grid(reader: Reader, question: MonthGrid) -> MonthSheet:
    reader.require(Right.READ_RESIDENTS)
    if reader.session.get(Resident, question.resident) is None:
        raise Refusal("没有找到这位老人。")
    first = (question.month or reader.today).replace(day=1)
    found = _read(reader, question.resident, days_of(first))
    names = author_names(reader)
    people = _people(found)
    signs = signs_of({rid: names.get(rid, "") for rid in people}, surname_of)
    known = Known(signs, _corrected(reader, question.resident, found.days))
    courses = courses_of(reader, found.orders)
    lines = _lines(found, known)
    orders = [
        replace(month_order(reader, one, courses[rid], names), lines=lines[rid])
        for rid, one in found.orders.items()
        if lines[rid]
    ]
    cells = [cell for order in orders for line in order.lines for cell in line.cells]
    return MonthSheet(
        resident=question.resident,
        month=first,
        today=reader.today,
        days=found.days,
        orders=tuple(_following(orders, {rid: one.replaces for rid, one in courses.items()})),
        people=tuple((signs[rid], names.get(rid) or "别的站点") for rid in people),
        codes=_codes(cells),
        rate=_rate(found.held),
        prn=prn_lines(reader, found.orders, _given_once(found), known),
    )


def days_of(first: date) -> tuple[date, ...]:
    """The days of the month that begins so."""
    return tuple(
        first + timedelta(days=step) for step in range(calendar.monthrange(first.year, first.month)[1])
    )


def _read(reader: Reader, resident: UUID, days: tuple[date, ...]) -> _Found:
    """Orders that touch the month or have a dose in it, slots, PRN doses."""
    hours = hours_of(reader)
    orders = orders_of(reader, [resident], hours, days)
    held = derive(reader, [resident], days)
    statement = select(*DOSE_COLUMNS).where(
        Dose.resident == resident,
        Dose.service_date.between(days[0], days[-1]),
        Dose.kind == "prn",
        Dose.current,
        Dose.state != "retracted",
    )
    prn = [dose_fact(row) for row in reader.session.execute(statement.order_by(Dose.at))]
    if any(dose.order not in orders for dose in prn):
        every = orders_of(reader, [resident], hours)
        orders |= {dose.order: every[dose.order] for dose in prn if dose.order in every}
    return _Found(days, hours, orders | {one.order.rid: one.order for one in held}, held, prn)


def _people(found: _Found) -> list[UUID]:
    """Everybody who gave or checked something, in the order they first did."""
    doses = [one for held in found.held if held.dose for one in held.dose.all] + list(found.prn)
    doses.sort(key=lambda one: one.at)
    every = (who for one in doses for who in (one.author, one.second) if who is not None)
    return list(dict.fromkeys(every))


def _corrected(reader: Reader, resident: UUID, days: Sequence[date]) -> frozenset[UUID]:
    """Doses of the month of which another version stood before."""
    rows = reader.session.scalars(
        select(Dose.rid).where(
            Dose.resident == resident,
            Dose.service_date.between(days[0], days[-1]),
            Dose.revision > 1,
            Dose.reason.not_in(_KEPT_REASONS),
        )
    )
    return frozenset(rows)


def _lines(found: _Found, known: Known) -> dict[UUID, tuple[MonthLine, ...]]:
    """The lines of each order; one of which nothing is asked for in this month has none."""
    cells: dict[UUID, dict[str, dict[date, MonthCell]]] = defaultdict(lambda: defaultdict(dict))
    for held in found.held:
        cells[held.order.rid][held.slot.name][held.slot.day] = slot_cell(held, known)
    given: dict[UUID, dict[date, list[DoseFact]]] = defaultdict(lambda: defaultdict(list))
    for dose in found.prn:
        given[dose.order][dose.service_date].append(dose)
    return {
        rid: _prn_line(order, found, known, given[rid])
        if order.kind in WHEN_NEEDED
        else _timed_lines(order, found, cells[rid])
        for rid, order in found.orders.items()
    }


def _timed_lines(
    order: OrderFact, found: _Found, cells: Mapping[str, Mapping[date, MonthCell]]
) -> tuple[MonthLine, ...]:
    times = sorted({*cells, *(order.regime.times if order.kind == LONG and cells else ())})
    return tuple(
        MonthLine(
            order.rid,
            name,
            _dose_at(order, name),
            tuple(
                cells.get(name, {}).get(day) or MonthCell(day, gap=_gap(order, found.hours, day, name))
                for day in found.days
            ),
        )
        for name in times
    )


def _prn_line(
    order: OrderFact, found: _Found, known: Known, given: Mapping[date, list[DoseFact]]
) -> tuple[MonthLine, ...]:
    if order.status == "cancelled" and not given:
        return ()
    cells = tuple(
        dose_cell(day, tuple(given[day]), known)
        if day in given
        else MonthCell(day, gap=_gap_of_day(order, found.hours, day))
        for day in found.days
    )
    if all(cell.gap for cell in cells):
        return ()
    return (MonthLine(order.rid, WHEN_NEEDED_LINE, "", cells),)


def _gap(order: OrderFact, hours: Hours, day: date, name: str) -> str:
    at = hours.moment(day, minute_of(name))
    if order.regime.ends is not None and at >= order.regime.ends:
        return AFTER
    return BEFORE if at < order.regime.begins else ""


def _gap_of_day(order: OrderFact, hours: Hours, day: date) -> str:
    if order.regime.ends is not None and hours.moment(day, 0) >= order.regime.ends:
        return AFTER
    return BEFORE if day < order.regime.first_day else ""


def _dose_at(order: OrderFact, name: str) -> str:
    """`12 单位`, where the amount differs by the time of day."""
    if order.dosing["way"] != TIMES:
        return ""
    amount = Decimal(order.dosing["amounts"].get(name, "0"))
    return f"{amount_words(amount)} {unit_words(order.dose_unit)}" if amount else "—"


def _following(orders: list[MonthOrder], replaced: Mapping[UUID, UUID | None]) -> Iterable[MonthOrder]:
    """Long orders first, then those given once, then when needed; what took an order's place stands right below it."""
    after = {old: rid for rid, old in replaced.items() if old is not None}
    known = {one.rid: one for one in orders}
    rank = {rid: place for place, rid in enumerate(known)}

    def place(one: MonthOrder) -> tuple[int, int, int]:
        root, steps = one.rid, 0
        while (old := replaced.get(root)) in known and old is not None and steps < len(known):
            root, steps = old, steps + 1
        return (2 if one.when_needed else int(one.once), rank[root], steps)

    numbers = {one.rid: one.number for one in orders}
    for one in sorted(orders, key=place):
        yield replace(one, replaced=numbers.get(after.get(one.rid, one.rid), "") if one.rid in after else "")


def _given_once(found: _Found) -> list[DoseFact]:
    """Doses of orders given once and when needed: those that paper lists one by one."""
    once = [held.dose for held in found.held if held.dose is not None and held.order.kind != LONG]
    return sorted([*once, *found.prn], key=lambda one: one.at)


def _codes(cells: Iterable[MonthCell]) -> tuple[CellCode, ...]:
    """The codes that occur, by number; 漏 last."""
    there = {cell.code for cell in cells if cell.code is not None}
    return tuple(sorted(there, key=lambda one: (not one.number.isdigit(), one.number.rjust(3))))


def _rate(held: Sequence[Held]) -> Rate:
    given = sum(one.state.taken for one in held)
    return Rate(given, given + sum(one.state in _LOST for one in held))
