"""Who an incident may be about: everybody in the house, in words that tell any two apart, found as they are typed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.search_text import search_query
from db.models import Place, Resident, ResidentSearch, Stay

MOST = 8


@dataclass(frozen=True)
class Somebody:
    """One resident: `label` as the field shows it, `text` what it is found by."""

    rid: UUID
    label: str
    text: str


@dataclass(frozen=True)
class PeopleHere(Question[tuple[Somebody, ...]]):
    """Everybody in the house by bed, and `also` whoever is named (a report may be about somebody who left)."""

    also: UUID | None = None


@answers(PeopleHere)
def people_here(reader: Reader, question: PeopleHere) -> tuple[Somebody, ...]:
    reader.require(Right.READ_RESIDENTS)
    stay = and_(Stay.resident == Resident.rid, Stay.current, Stay.state != "retracted", Stay.ends.is_(None))
    wanted = ResidentSearch.status == "in"
    asked = (
        select(Resident.rid, Resident.name, Resident.number, Place.label, ResidentSearch.text)
        .join(ResidentSearch, ResidentSearch.rid == Resident.rid)
        .outerjoin(Stay, stay)
        .outerjoin(Place, Place.rid == Stay.bed)
        .where(wanted if question.also is None else wanted | (Resident.rid == question.also))
        .order_by(ResidentSearch.sort)
    )
    return tuple(
        Somebody(rid, f"{name} {bed or '未分床'} {number}", text)
        for rid, name, number, bed, text in reader.session.execute(asked)
    )


def find(people: tuple[Somebody, ...], typed: str) -> tuple[Somebody, ...]:
    """The first few whom a text may mean: name, pinyin, initials, bed or number."""
    wanted = search_query(typed)
    if not wanted:
        return ()
    starts = [one for one in people if any(part.startswith(wanted) for part in one.text.split("|"))]
    others = [one for one in people if wanted in one.text and one not in starts]
    return tuple([*starts, *others][:MOST])
