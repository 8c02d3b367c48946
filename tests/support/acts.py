"""Orders and questions for tests of the floor: any function as an act, and invented residents and allergies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from app.compose import Station
from app.core.orders import Order, Question, answers, performs
from app.core.unit import Reader, Unit
from db.models import Allergy, Resident


@dataclass(frozen=True)
class Act(Order[Any]):
    """Whatever the function does with the unit, in one transaction."""

    work: Callable[[Unit], Any]


@performs(Act)
def act(unit: Unit, order: Act) -> Any:
    return order.work(unit)


@dataclass(frozen=True)
class Look(Question[Any]):
    """Whatever the function reads."""

    work: Callable[[Reader], Any]


@answers(Look)
def look(reader: Reader, question: Look) -> Any:
    return question.work(reader)


@dataclass(frozen=True)
class Admit(Order[UUID]):
    """A resident with the next number."""

    name: str


@performs(Admit)
def admit(unit: Unit, order: Admit) -> UUID:
    resident = Resident(**unit.stamp(), number=unit.next_number("resident"), name=order.name, sex="2")
    unit.session.add(resident)
    return resident.rid


@dataclass(frozen=True)
class NoteAllergy(Order[UUID]):
    """A clinical record, signed or still a draft."""

    resident: UUID
    substance: str
    state: str = "signed"


@performs(NoteAllergy)
def note_allergy(unit: Unit, order: NoteAllergy) -> UUID:
    row = Allergy(
        **unit.stamp(), revision=1, resident=order.resident, substance=order.substance, state=order.state
    )
    unit.session.add(row)
    return row.rid


def allergy(unit: Unit, rid: UUID) -> Allergy:
    """The one row of an allergy."""
    return unit.session.scalars(select(Allergy).where(Allergy.rid == rid)).one()


def rows(station: Station, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """What a plain SELECT finds in the station's file."""
    found: list[tuple[Any, ...]] = station.desk.ask_now(
        Look(lambda reader: [tuple(row) for row in reader.session.execute(text(sql), values)])
    )
    return found


def count(station: Station, table: str) -> int:
    """How many rows a table has."""
    return int(rows(station, f"select count(*) from {table}")[0][0])  # noqa: S608  # names of our own tables
