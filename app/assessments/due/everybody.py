"""Everybody in the house by ability: one line a resident, the never assessed first, then by when the next is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select

from app.assessments.due.rows import DraftRow
from app.assessments.due.showing import drafts_of
from app.assessments.queries import ABILITY, LevelRow, level_columns, level_row
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.search_text import like_pattern
from app.residents.which_stay import in_house
from db.models import Assessment, AssessmentLatest, Place, Resident, ResidentSearch, Stay


@dataclass(frozen=True)
class AbilityRow:
    """One resident in the house. `sex` by GB/T 2261.1; `bed` as staff say it; `latest` None: never assessed."""

    resident: UUID
    number: str
    name: str
    sex: str
    birth_date: date | None
    bed: str
    latest: LevelRow | None
    draft: DraftRow | None


@dataclass(frozen=True)
class EverybodysAbility(Question[tuple[AbilityRow, ...]]):
    """Residents with their level by GB/T 42195-2022, whatever else is due; `words` as in the search of residents."""

    words: str = ""
    limit: int = 200
    offset: int = 0


@answers(EverybodysAbility)
def everybodys_ability(reader: Reader, question: EverybodysAbility) -> tuple[AbilityRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    statement = _everybody().order_by(
        AssessmentLatest.due_on.is_not(None), AssessmentLatest.due_on, ResidentSearch.sort
    )
    if question.words.strip():
        statement = statement.where(ResidentSearch.text.like(like_pattern(question.words), escape="\\"))
    drafts = drafts_of(reader)
    return tuple(
        AbilityRow(
            resident=row.resident,
            number=row.resident_number,
            name=row.name,
            sex=row.sex,
            birth_date=row.birth_date,
            bed=row.bed or "",
            latest=level_row(row) if row.record else None,
            draft=drafts.get((row.resident, ABILITY)),
        )
        for row in reader.session.execute(statement.limit(question.limit).offset(question.offset))
    )


def _everybody() -> Any:
    newest = and_(AssessmentLatest.resident == Resident.rid, AssessmentLatest.instrument == ABILITY)
    return (
        select(
            Resident.rid.label("resident"),
            Resident.number.label("resident_number"),
            Resident.name,
            Resident.sex,
            Resident.birth_date,
            Place.label.label("bed"),
            *level_columns(Assessment),
        )
        .join(ResidentSearch, ResidentSearch.rid == Resident.rid)
        .outerjoin(AssessmentLatest, newest)
        .outerjoin(Assessment, and_(Assessment.rid == AssessmentLatest.rid, Assessment.current))
        .outerjoin(Stay, and_(Stay.resident == Resident.rid, in_house()))
        .outerjoin(Place, Place.rid == Stay.bed)
        .where(ResidentSearch.status == "in")
    )
