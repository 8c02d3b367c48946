"""Corrects one value, or says that it was an error; the one before stays readable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.residents.rules.stated import reason_wrong
from app.residents.stating.revising import Seen, next_revision, retract
from app.vitals.profiles import age_at
from app.vitals.rules import Measured
from app.vitals.service.checking import Known, check_content, check_time, how_kept, turn_of
from app.vitals.service.revising import standing
from db.models import Resident


@dataclass(frozen=True)
class CorrectVital(Order[None]):
    """Another value for one that was recorded; `reason`: one of `CORRECTION_REASONS`, 其他 with words after a colon.

    `at`: another time for it; None leaves the time.
    """

    seen: Seen
    measured: Measured
    reason: str
    at: datetime | None = None


@dataclass(frozen=True)
class RetractVital(Order[None]):
    """One value was an error; `why` in words."""

    seen: Seen
    why: str


@performs(CorrectVital)
def correct_vital(unit: Unit, order: CorrectVital) -> None:
    """Refuses what recording refuses, a missing reason, and a correction in which nothing changed."""
    row = standing(unit, order.seen)
    if (wrong := reason_wrong(order.reason)) is not None:
        raise Refusal(f"{wrong}。", field="reason")
    one = order.measured
    if one.code != row.code:
        raise Refusal("只能更正同一项体征。")
    birth = unit.session.get_one(Resident, row.resident).birth_date
    at = order.at or row.at
    check_time(unit, at, birth)
    check_content(one, Known(age_at(birth, date_in(unit.settings.zone, at))))
    how = how_kept(one) | ({"turn": turn_of(row)} if turn_of(row) else {})
    changes = {"value": one.value, "second": one.second, "words": one.words, "absent": one.absent, "how": how}
    if at == row.at and all(getattr(row, column) == value for column, value in changes.items()):
        raise Refusal("内容没有变化，不用更正。")
    next_revision(unit, row, order.reason, {**changes, "state": "corrected"}, at=at)


@performs(RetractVital)
def retract_vital(unit: Unit, order: RetractVital) -> None:
    retract(unit, standing(unit, order.seen), order.why)
