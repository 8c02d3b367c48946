"""What screens ask of the checks: while an order is filled in, and of all that runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.checking.alerting import standing_of
from app.medication.checking.running import ordered_as
from app.medication.checking.settling import checked_for
from app.medication.drugs.catalogue import drug_called
from app.medication.lists import frequencies_here
from app.medication.orders.forms import OrderForm, check_order
from app.medication.rules.amounts import WrongAmount, read_amount
from app.medication.rules.checks import NEW, Finding, Medicine
from app.medication.rules.dosing import SAME, SCALE
from app.medication.rules.regime import LONG


@dataclass(frozen=True)
class CheckForm(Question[tuple[Finding, ...]]):
    """What speaks against an order as far as it is filled in; of one without a medicine, nothing.

    `beside`: other orders of the same basket. `instead_of`: the order it takes the place of.
    """

    resident: UUID
    form: OrderForm
    beside: tuple[OrderForm, ...] = ()
    instead_of: UUID | None = None


@dataclass(frozen=True)
class StandingFindings(Question[tuple[Finding, ...]]):
    """All that stands between the orders of a resident today, ranked; `reason` is what was answered."""

    resident: UUID


@answers(CheckForm)
def check_form(reader: Reader, question: CheckForm) -> tuple[Finding, ...]:
    reader.require(Right.READ_RESIDENTS)
    new = _medicine(reader, NEW, question.form)
    if new is None:
        return ()
    others = (_medicine(reader, f"beside {place}", form) for place, form in enumerate(question.beside))
    beside = tuple(one for one in others if one is not None)
    return checked_for(reader, question.resident, new, without=question.instead_of, beside=beside)


@answers(StandingFindings)
def standing_findings(reader: Reader, question: StandingFindings) -> tuple[Finding, ...]:
    reader.require(Right.READ_RESIDENTS)
    return standing_of(reader, question.resident)


def _medicine(reader: Reader, key: str, form: OrderForm) -> Medicine | None:
    """The order as it would be written; of one that is not complete, what can be read of it."""
    try:
        drug = drug_called(reader.session, form.drug)
    except Refusal:
        return None
    try:
        return ordered_as(key, drug, check_order(reader, form).columns, reader.now)
    except Refusal:
        return ordered_as(key, drug, _guessed(reader, form), reader.now)


def _guessed(reader: Reader, form: OrderForm) -> Mapping[str, Any]:
    """Columns of an incomplete form: an amount that is none is not known, times are those of the frequency."""
    drug = drug_called(reader.session, form.drug)
    frequency = frequencies_here(reader.settings).get(form.frequency)
    times = form.times or (frequency.times if frequency is not None else ())
    begins = form.begins or reader.now
    return {
        "kind": form.kind,
        "dosing": _said(form.dosing),
        "dose_unit": form.unit or (drug.strength_unit if drug.strength else drug.unit),
        "route": form.route or drug.routes[0],
        "times": [name for name in times if len(name) == 5] if form.kind == LONG else [],
        "weekdays": list(form.weekdays),
        "begins": begins,
        "ends": form.ends,
        "prn": {"most": form.prn.most},
    }


def _said(dosing: Mapping[str, Any]) -> dict[str, Any]:
    """Only an amount that is the same each time is read from an incomplete form."""
    if dosing.get("way") == SCALE:
        return {"way": SCALE, "bands": []}
    try:
        return {"way": SAME, "amount": str(read_amount(str(dosing.get("amount", ""))))}
    except WrongAmount:
        return {"way": SAME, "amount": "0"}
