"""The form that corrects what was recorded of a dose, or takes it away as an error, and what its values say."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.care.form import ERROR, Values, read_reason, reason_section
from app.core.form import Choice, Field, Form, Kind, Section, Value
from app.medication.giving import CorrectDose
from app.medication.giving.writing import LONGEST
from app.medication.lists import reasons
from app.medication.rules.amounts import WrongAmount, read_amount
from app.residents.stating import Seen

GIVEN = "given"


def correction_fields(unit: str, today: date) -> Form:
    """What is asked: what really happened, and why the record said something else."""
    outcomes = (
        Choice(GIVEN, "已给药"),
        *(Choice(str(one.number), f"{one.number} {one.words}") for one in reasons().values()),
        Choice(ERROR, "误录，撤回（这一次变回未记录）"),
    )
    fields = (
        Field("outcome", "结果", Kind.CHOICE, required=True, choices=outcomes),
        Field("amount", "给了多少", unit=unit, placeholder="已给药时填", check=_amount_wrong, max_length=12),
        Field("at", "时间", Kind.MOMENT, placeholder="如 8:10、昨天 21:05", today=today),
        Field("note", "说明", max_length=LONGEST, placeholder="要补充时写"),
    )
    return Form((Section("", fields), *reason_section("更正")))


def correction_values(number: int | None, amount: str, at: datetime, note: str) -> dict[str, Value]:
    """What stands there now; `at` on the institution's wall clock."""
    outcome = GIVEN if number is None else str(number)
    return {"outcome": outcome, "amount": amount, "at": f"{at:%Y-%m-%d %H:%M}", "note": note}


def read_correction(seen: Seen, values: Values, before: Values, zone: str) -> CorrectDose | None:
    """The order; None where the record is to be taken away. A time that was not touched stays to the second."""
    outcome = str(values["outcome"])
    if outcome == ERROR:
        return None
    at = str(values.get("at", ""))
    moment = None
    if at and at != before.get("at"):
        moment = datetime.strptime(at, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone))
    return CorrectDose(
        seen,
        read_reason(values),
        number=None if outcome == GIVEN else int(outcome),
        amount=str(values.get("amount", "")) if outcome == GIVEN else "",
        note=str(values.get("note", "")),
        at=moment,
    )


def _amount_wrong(text: str) -> str | None:
    try:
        read_amount(text)
    except WrongAmount as wrong:
        return f"{wrong.text}。"
    return None
