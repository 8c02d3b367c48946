"""Whom an order is for, as a confirmation repeats it: name, bed, birth year, allergies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, select

from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.which_stay import join_stay
from db.models import Allergy, Place, Resident, Stay


@dataclass(frozen=True)
class Person:
    """A resident. `allergies`: substances; empty where none is known, None for unknown. `here`: in the house."""

    rid: UUID
    name: str
    number: str
    bed: str
    sex: str
    birth_date: date | None
    allergies: tuple[str, ...] | None
    here: bool

    @property
    def under(self) -> str:
        """`3-201-1 · 1938年生`."""
        year = f"{self.birth_date.year}年生" if self.birth_date else ""
        return " · ".join(part for part in (self.bed or "未安排床位", year) if part)

    @property
    def allergy_words(self) -> str:
        if self.allergies is None:
            return "过敏史不详"
        return f"过敏：{'、'.join(self.allergies)}" if self.allergies else ""


@dataclass(frozen=True)
class WhoFor(Question[Person]):
    """The resident orders are written for."""

    resident: UUID


@answers(WhoFor)
def who_for(reader: Reader, question: WhoFor) -> Person:
    reader.require(Right.READ_RESIDENTS)
    found = people_of(reader, [question.resident]).get(question.resident)
    if found is None:
        raise Refusal("没有找到这位老人。")
    return found


def people_of(reader: Reader, residents: Collection[UUID]) -> dict[UUID, Person]:
    """These residents by rid. Two statements."""
    wanted = list(residents)
    known: dict[UUID, list[str]] = defaultdict(list)
    statement = select(Allergy.resident, Allergy.none_known, Allergy.substance).where(
        Allergy.resident.in_(wanted), Allergy.current, Allergy.state != "retracted"
    )
    for resident, none_known, substance in reader.session.execute(statement):
        known[resident] += [] if none_known else [substance]
    rows = reader.session.execute(
        select(
            Resident.rid, Resident.name, Resident.number, Place.label, Resident.sex, Resident.birth_date,
            Stay.status, Stay.ends,
        )
        .select_from(Resident)
        .outerjoin(Stay, join_stay())
        .outerjoin(Place, and_(Place.rid == Stay.bed, Stay.ends.is_(None)))
        .where(Resident.rid.in_(wanted))
    )  # fmt: skip
    return {
        rid: Person(
            rid, name, number, bed or "", sex, birth,
            tuple(known[rid]) if rid in known else None, status == "in" and ends is None,
        )
        for rid, name, number, bed, sex, birth, status, ends in rows
    }  # fmt: skip
