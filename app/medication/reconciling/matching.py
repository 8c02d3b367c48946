"""Orders of before beside the lines of the hospital's list, with everything the drug list knows of both."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from app.core.errors import Refusal
from app.medication.drugs.catalogue import DrugList
from app.medication.orders.entry_reading import read_dosing
from app.medication.reconciling.case import Case
from app.medication.rules.amounts import WrongAmount, read_amount
from app.medication.rules.dosing import SAME
from app.medication.rules.listed import (
    CHANGED,
    NO_LIST,
    SAME_AS,
    STOPPED,
    UNWRITTEN,
    Asks,
    Listed,
    Meant,
    agree,
    asks_of,
    matched,
)
from app.medication.rules.regime import LONG
from db.models import MedOrder


@dataclass(frozen=True)
class Beside:
    """One medicine of either side; `says`: what the hospital says of an order."""

    order: MedOrder | None
    line: Listed | None
    says: str

    @property
    def key(self) -> UUID | str:
        """What a decision about it is kept by."""
        return self.order.rid if self.order is not None else self.line.key if self.line is not None else ""

    @property
    def words(self) -> str:
        return (
            self.order.words if self.order is not None else self.line.words if self.line is not None else ""
        )


def beside(case: Case) -> tuple[Beside, ...]:
    """Every order with the line that means it, then the lines that mean none."""
    listed, lines = case.drugs, case.lines
    found = matched(case.orders, lines, _meant_order, lambda one: _meant_line(one, listed))
    there = case.record is not None and case.record.came_with != "missing"
    rows = [
        Beside(order, found.get(place), _says(order, found.get(place), listed, there=there))
        for place, order in enumerate(case.orders)
    ]
    used = {one.key for one in found.values()}
    rows += [Beside(None, one, CHANGED) for one in lines if one.key not in used]
    return tuple(rows)


def same_on_both(case: Case) -> dict[UUID, str]:
    """The orders the hospital writes alike → the key of its line."""
    return {
        one.order.rid: one.line.key
        for one in beside(case)
        if one.order is not None and one.line is not None and one.says == SAME_AS
    }


def _says(order: MedOrder, line: Listed | None, listed: DrugList, *, there: bool) -> str:
    if line is None:
        return UNWRITTEN if there else NO_LIST
    if line.stopped:
        return STOPPED
    frequency = (order.frequency, tuple(order.times)) if order.kind == LONG else (order.kind, ())
    ours = asks_of(order.dosing, order.dose_unit, frequency, order.route)
    return SAME_AS if agree(ours, line_asks(line, listed)) else CHANGED


def line_asks(line: Listed, listed: DrugList) -> Asks:
    """How much and how often a line says, as far as it can be read."""
    times = tuple(line.times.split())
    amount, unit = None, ""
    drug = listed.get(line.drug)
    if drug is not None:
        try:
            dosing, unit = read_dosing(SAME, line.dose, (), (), drug)
            amount = Decimal(read_amount(dosing["amount"]))
            pieces = unit == drug.unit and drug.strength is not None
            if pieces and (whole := drug.amount_of(amount)) is not None:
                amount, unit = whole, drug.strength_unit
        except (WrongAmount, Refusal):
            amount = None
    return Asks(amount, unit, line.frequency, times, line.route)


def _meant_order(row: MedOrder) -> Meant:
    return Meant(row.drug, str(row.facts.get("group") or ""), str(row.facts.get("name") or row.words))


def _meant_line(line: Listed, listed: DrugList) -> Meant:
    drug = listed.get(line.drug)
    return Meant("", "", line.words) if drug is None else Meant(drug.code, drug.group, drug.name)
