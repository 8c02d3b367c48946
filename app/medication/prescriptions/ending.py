"""Prescriptions of the house that end within the days of the reminder, or are over, with nothing after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.prescriptions.policy import long_policy
from app.medication.prescriptions.rows import followed
from app.medication.prescriptions.writing import EXTENDED, LONG
from app.residents.which_stay import in_house
from db.models import Prescription, Stay


@dataclass(frozen=True)
class CountEnding(Question[int]):
    """How many of the house end within the week and have nothing after them."""


@answers(CountEnding)
def count_ending(reader: Reader, _question: CountEnding) -> int:
    reader.require(Right.READ_RESIDENTS)
    return len(ending(reader))


def ending(reader: Reader) -> list[UUID]:
    """Of whoever is in the house, the soonest first. Two statements, a third where somebody has several."""
    here = select(Stay.resident).where(in_house())
    near = reader.session.execute(
        _active(Prescription.rid, Prescription.resident)
        .where(Prescription.ends <= reader.today + long_policy().remind, Prescription.resident.in_(here))
        .order_by(Prescription.ends, Prescription.number)
    ).all()
    several = reader.session.scalars(
        _active(Prescription.resident)
        .where(
            Prescription.resident.in_({row.resident for row in near}),
            Prescription.what.in_((LONG, EXTENDED)),
            Prescription.ends.is_not(None),
        )
        .group_by(Prescription.resident)
        .having(func.count() > 1)
    ).all()
    renewed = followed(reader, several) if several else set()
    return [row.rid for row in near if row.rid not in renewed]


def called(reader: Reader, rids: Sequence[UUID]) -> list[Prescription]:
    """These prescriptions, the soonest first."""
    statement = select(Prescription).where(Prescription.rid.in_(rids), Prescription.current)
    return list(reader.session.scalars(statement.order_by(Prescription.ends, Prescription.number)))


def _active(*columns: Any) -> Select[Any]:
    return select(*columns).where(
        Prescription.current, Prescription.state != "retracted", Prescription.status == "active"
    )
