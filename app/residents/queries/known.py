"""Who is here already under a number, in a bed, or under a name that sounds the same: asked while a form is typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.rules import squeeze
from app.residents.search_text import pinyin_of
from app.residents.which_stay import join_stay
from db.models import Place, Resident, ResidentSearch, Stay

MOST = 3


@dataclass(frozen=True)
class Alike:
    """Somebody here already, as far as a person needs to tell two people apart."""

    number: str
    name: str
    birth_date: date | None
    bed: str


@dataclass(frozen=True)
class HereRow:
    """`namesakes`: the same name, or one that sounds the same; the first few, by number."""

    by_id: Alike | None
    in_bed: Alike | None
    namesakes: tuple[Alike, ...]


@dataclass(frozen=True)
class AlreadyHere(Question[HereRow]):
    """Empty texts ask for nothing. `bed` is the label of a place; `own` is the resident being edited."""

    name: str = ""
    id_type: str = ""
    id_number: str = ""
    bed: str = ""
    own: UUID | None = None


@answers(AlreadyHere)
def already_here(reader: Reader, question: AlreadyHere) -> HereRow:
    reader.require(Right.READ_RESIDENTS)
    others = _people().where(Resident.rid != question.own) if question.own else _people()
    by_id = in_bed = None
    if question.id_number:
        here = others.where(Resident.id_type == question.id_type, Resident.id_number == question.id_number)
        by_id = _first(reader, here)
    if question.bed:
        in_bed = _first(reader, others.where(Place.label == question.bed, Stay.ends.is_(None)))
    return HereRow(by_id, in_bed, _namesakes(reader, others, question.name))


def _namesakes(reader: Reader, others: Select[Any], name: str) -> tuple[Alike, ...]:
    name = squeeze(name)
    if len(name) < 2:
        return ()
    sound = pinyin_of(name)[0]
    found = others.join(ResidentSearch, ResidentSearch.rid == Resident.rid).where(
        ResidentSearch.text.like(f"%|{sound}|%")
    )
    rows = reader.session.execute(found.order_by(Resident.number).limit(MOST))
    return tuple(_alike(row) for row in rows)


def _people() -> Select[Any]:
    columns: tuple[Any, ...] = (Resident.number, Resident.name, Resident.birth_date, Place.label)
    return (
        select(*columns)
        .select_from(Resident)
        .outerjoin(Stay, join_stay())
        .outerjoin(Place, and_(Place.rid == Stay.bed, Stay.ends.is_(None)))
    )


def _first(reader: Reader, statement: Select[Any]) -> Alike | None:
    row = reader.session.execute(statement.limit(1)).first()
    return None if row is None else _alike(row)


def _alike(row: Any) -> Alike:
    number, name, birth, label = row
    return Alike(number, name, birth, label or "")
