"""Who is in the house, as lists show them, and since when: one statement, and one for those who were here before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, true

from app.assessments.due.rules import Person
from app.core.clock import date_in
from app.core.unit import Reader
from app.residents.search_text import like_pattern
from app.residents.which_stay import in_house
from db.models import Absence, Place, Resident, ResidentSearch, Stay


@dataclass(frozen=True)
class Lodger:
    """A resident in the house, as lists show one. `away`: leave, hospital, or empty; `sort` is the order of beds."""

    resident: UUID
    number: str
    name: str
    sex: str
    bed: str
    away: str
    sort: str
    person: Person


def lodgers(reader: Reader, resident: UUID | None = None, words: str = "") -> tuple[Lodger, ...]:
    """Everybody in the house by bed, or one of them; `words` narrows it as the search of residents does."""
    asked = _in_house().where(of(Resident.rid, resident))
    if words.strip():
        asked = asked.where(ResidentSearch.text.like(like_pattern(words), escape="\\"))
    former, zone = _former(reader, resident), reader.settings.zone
    return tuple(
        Lodger(
            rid,
            number,
            name,
            sex,
            bed or "",
            gone or "",
            sort,
            Person(begins or date_in(zone, known), former.get(rid), born),
        )
        for rid, number, name, sex, bed, gone, sort, born, begins, known in reader.session.execute(asked)
    )


def of(column: Any, resident: UUID | None) -> ColumnElement[bool]:
    """Whether a row is of one resident, or no matter of whom."""
    return true() if resident is None else column == resident


def _in_house() -> Any:
    away = and_(
        Absence.resident == Resident.rid,
        Absence.current,
        Absence.ends.is_(None),
        Absence.state != "retracted",
    )
    return (
        select(
            Resident.rid,
            Resident.number,
            Resident.name,
            Resident.sex,
            Place.label,
            Absence.code,
            ResidentSearch.sort,
            Resident.birth_date,
            Stay.begins,
            Resident.recorded_at,
        )
        .join(ResidentSearch, ResidentSearch.rid == Resident.rid)
        .outerjoin(Stay, and_(Stay.resident == Resident.rid, in_house()))
        .outerjoin(Place, Place.rid == Stay.bed)
        .outerjoin(Absence, away)
        .where(ResidentSearch.status == "in")
        .order_by(ResidentSearch.sort)
    )


def _former(reader: Reader, resident: UUID | None) -> dict[UUID, date]:
    """When the stay before this one ended, of those who had one."""
    asked = (
        select(Stay.resident, func.max(Stay.ends))
        .where(Stay.current, Stay.state != "retracted", Stay.status == "ended", Stay.ends.is_not(None))
        .where(of(Stay.resident, resident))
        .group_by(Stay.resident)
    )
    return {whom: ended for whom, ended in reader.session.execute(asked) if ended is not None}
