"""Every instrument as it can be chosen for one resident: what it came to last, when it is due, whom it is not for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, select

from app.assessments.due.queries import DuesOf, dues_of
from app.assessments.due.rows import DueRow
from app.assessments.due.rules import OPEN
from app.assessments.instruments import Instrument
from app.assessments.known import resident_called
from app.assessments.queries import LevelRow, level_columns, level_row
from app.assessments.shelf import instruments
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.rules import age_on
from app.residents.search_text import pinyin_of
from db.models import Assessment, AssessmentLatest


@dataclass(frozen=True)
class ChoiceRow:
    """One instrument. `sought` is what typing finds it by; `unfit` says why it is not for this resident; `due` is the
    open due date, if there is one, `latest` what it came to last."""

    code: str
    short: str
    title: str
    group: str
    sought: str
    unfit: str
    due: DueRow | None
    latest: LevelRow | None


@dataclass(frozen=True)
class InstrumentsFor(Question[tuple[ChoiceRow, ...]]):
    """Every instrument of the station in its order, as one resident could be assessed with it."""

    resident: UUID


@answers(InstrumentsFor)
def instruments_for(reader: Reader, question: InstrumentsFor) -> tuple[ChoiceRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    resident = resident_called(reader.session, question.resident)
    dues = {row.instrument: row for row in dues_of(reader, DuesOf(question.resident)) if row.state == OPEN}
    latest = _latest(reader, question.resident)
    return tuple(
        ChoiceRow(
            code=one.code,
            short=one.short,
            title=one.title,
            group=one.group,
            sought=_sought(one),
            unfit=_unfit(one, resident.birth_date, reader.today),
            due=dues.get(one.code),
            latest=latest.get(one.code),
        )
        for one in instruments(reader.session).values()
    )


def _latest(reader: Reader, resident: UUID) -> dict[str, LevelRow]:
    asked = (
        select(AssessmentLatest.instrument, *level_columns(Assessment))
        .join(Assessment, and_(Assessment.rid == AssessmentLatest.rid, Assessment.current))
        .where(AssessmentLatest.resident == resident)
    )
    return {row.instrument: level_row(row) for row in reader.session.execute(asked)}


def _sought(instrument: Instrument) -> str:
    words = (instrument.short, instrument.title)
    sounds = (sound for said in words for sound in pinyin_of("".join(said.split()))[:2])
    return " ".join((*words, instrument.code, *sounds)).lower()


def _unfit(instrument: Instrument, born: date | None, today: date) -> str:
    if not instrument.min_age or born is None or age_on(born, today) >= instrument.min_age:
        return ""
    return f"{instrument.min_age}岁以上适用"
