"""Acts on what was recorded of a dose: correct it, retract it, take it back within ten minutes; the original stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.care.derived import hours_of
from app.care.rules import minute_of
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.medication.derived import TAKEN, orders_called
from app.medication.facts import pieces_of
from app.medication.giving.after import revise_dose, standing
from app.medication.giving.otherwise import reason_said
from app.medication.giving.writing import before_known, refuse_unreconciled
from app.medication.returns import return_of
from app.medication.rules.amounts import WrongAmount, amount_words, read_amount
from app.residents.rules.stated import RETRACTED, reason_wrong
from app.residents.stating import Seen
from app.residents.stating.own import refuse_others, refuse_take_back
from db.models import Dose, MedOrder


@dataclass(frozen=True)
class CorrectDose(Order[Seen]):
    """What really became of a dose; `reason`: one of `CORRECTION_REASONS`, 其他 with words after a colon.

    `number`: a reason of the fourteen where it was not given, None where it was (`amount`, empty: as it was).
    """

    seen: Seen
    reason: str
    number: int | None = None
    amount: str = ""
    note: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class RetractDose(Order[Seen]):
    """A record was an error: the slot is blank again; `why` in words."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class TakeBackDoses(Order[int]):
    """What one key has just recorded was a slip: all of it is retracted, without further words."""

    seen: tuple[Seen, ...]


@performs(CorrectDose)
def correct_dose(unit: Unit, order: CorrectDose) -> Seen:
    """By whoever recorded it, or who may correct others' records."""
    unit.require(Right.GIVE_MEDICINES)
    row = standing(unit, order.seen)
    refuse_others(unit, row)
    if (wrong := reason_wrong(order.reason)) is not None:
        raise Refusal(f"{wrong}。", field="reason_words" if order.reason.startswith("其他") else "reason")
    if order.at is not None and order.at > unit.now:
        raise Refusal("给药时间不能晚于现在。", field="at")
    changes = _given(unit, row, order) if order.number is None else _otherwise(order.number, order.note)
    if order.at is not None:
        changes["at"] = order.at
    if changes["outcome"] in TAKEN:
        _refuse_unreconciled(unit, row, changes.get("at", row.at), no_more=_no_more(row, changes))
    if all(getattr(row, column) == value for column, value in changes.items()):
        raise Refusal("内容没有变化，不用更正。")
    return revise_dose(unit, row, order.reason, changes)


@performs(RetractDose)
def retract_dose(unit: Unit, order: RetractDose) -> Seen:
    """By whoever recorded it, or who may correct others' records."""
    unit.require(Right.GIVE_MEDICINES)
    row = standing(unit, order.seen)
    refuse_others(unit, row)
    why = order.why.strip()
    if not why:
        raise Refusal("请写明原因。", field="why")
    return _retract(unit, row, why)


@performs(TakeBackDoses)
def take_back_doses(unit: Unit, order: TakeBackDoses) -> int:
    """Refuses others' records, those older than ten minutes, and what was corrected since; then none is taken back."""
    unit.require(Right.GIVE_MEDICINES)
    for seen in order.seen:
        row = standing(unit, seen)
        refuse_take_back(unit, row)
        _retract(unit, row, "记录后撤销")
    return len(order.seen)


def _retract(unit: Unit, row: Dose, why: str) -> Seen:
    return revise_dose(unit, row, f"{RETRACTED}：{why}", {"state": "retracted"})


def _otherwise(number: int, note: str) -> dict[str, Any]:
    reason, words = reason_said(number, note)
    return {"outcome": reason.outcome, "reason_code": number, "note": words, "amount": "", "pieces": None}


def _given(unit: Unit, row: Dose, order: CorrectDose) -> dict[str, Any]:
    med = unit.session.scalar(select(MedOrder).where(MedOrder.rid == row.med_order, MedOrder.current))
    said = order.amount.strip() or row.amount
    if med is None or not said:
        raise Refusal("请填写给药剂量。", field="amount")
    try:
        amount = read_amount(said)
    except WrongAmount as wrong:
        raise Refusal(f"{wrong.text}。", field="amount") from wrong
    ordered = Decimal(med.dosing["amount"]) if "amount" in med.dosing else None
    outcome = "partial" if ordered is not None and amount < ordered else "given"
    pieces = pieces_of(med.facts, amount, med.dose_unit)
    return {
        "outcome": outcome,
        "reason_code": None,
        "note": order.note.strip(),
        "amount": amount_words(amount),
        "unit": med.dose_unit,
        "pieces": None if pieces is None else float(pieces),
    }


def _no_more(row: Dose, changes: dict[str, Any]) -> bool:
    """What was recorded as given already, and no more of it: the fact is corrected, nothing is given by that."""
    if row.outcome not in TAKEN:
        return False
    return not row.amount or (
        bool(changes["amount"]) and read_amount(changes["amount"]) <= read_amount(row.amount)
    )


def _refuse_unreconciled(unit: Unit, row: Dose, given: datetime, *, no_more: bool) -> None:
    """A correction gives nothing either that nobody decided about; when needed is not held, only asked about.

    `no_more`: then the record stands as it is, at its time, or at another of before the return was known.
    """
    hours = hours_of(unit)
    fact = next(iter(orders_called(unit, [row.med_order], hours)), None)
    if fact is None or row.kind != "slot":
        return
    back = return_of(unit, fact)
    if no_more and (given == row.at or (back is not None and before_known(unit, back, given))):
        return
    refuse_unreconciled(fact, back, given, hours.moment(row.service_date, minute_of(row.slot)))
