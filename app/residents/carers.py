"""Who answers for a resident: 责任护士 and 责任医生, chosen among those who work here and have the profession."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.forms import ResidentForm
from db.models import Resident, Staff

PROFESSIONS = {"nurse": "护士", "doctor": "医师"}
"""The profession each needs: 医师法 and 护士条例, not the role somebody has at the station."""
TITLES = {"nurse": "责任护士", "doctor": "责任医生"}


@dataclass(frozen=True)
class Carer:
    """Somebody who can be chosen."""

    rid: UUID
    number: str
    name: str
    title: str


@dataclass(frozen=True)
class CarersRow:
    """By name of the column: nurse, doctor; each by staff number."""

    nurse: tuple[Carer, ...] = ()
    doctor: tuple[Carer, ...] = ()


@dataclass(frozen=True)
class Carers(Question[CarersRow]):
    """Who can be chosen now."""


@answers(Carers)
def carers(reader: Reader, _question: Carers) -> CarersRow:
    reader.require(Right.READ_RESIDENTS)
    return working_carers(reader)


def working_carers(reader: Reader) -> CarersRow:
    """Everybody who can be named."""
    return CarersRow(_working(reader, "nurse"), _working(reader, "doctor"))


def check_carers(reader: Reader, form: ResidentForm, row: Resident | None) -> None:
    """Refuses somebody else than who works here in that profession; who was named before may stay named."""
    for column, profession in PROFESSIONS.items():
        chosen: UUID | None = getattr(form, column)
        before = getattr(row, column) if row is not None else None
        if chosen is None or chosen == before:
            continue
        if chosen not in {one.rid for one in _working(reader, column)}:
            words = f"{TITLES[column]}要从在职的{profession}里选。"
            raise Refusal(words, field=column)


def _working(reader: Reader, column: str) -> tuple[Carer, ...]:
    rows = reader.session.scalars(
        select(Staff).where(Staff.active, Staff.profession == PROFESSIONS[column]).order_by(Staff.number)
    )
    return tuple(Carer(one.rid, one.number, one.name, one.title) for one in rows)
