"""Questions about what people say of assessments: all of one assessment, and doubts that still ask for another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, select

from app.access.names import author_names
from app.assessments.record import STANDING
from app.assessments.statements.said import AGREE, DOUBT, REFUSE
from app.core.clock import date_in
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.strokes import Strokes, strokes_of
from app.core.unit import Reader
from app.residents.stating import Seen
from db.models import Assessment, AssessmentStatement


@dataclass(frozen=True)
class StatementRow:
    """One statement in its newest revision. `earlier`: it was said of the assessment before its last correction.

    `by` wrote it down; `reason` says why it was corrected or taken back.
    """

    seen: Seen
    what: str
    name: str
    relation: str
    words: str
    drawn: Strokes
    at: datetime
    by: str
    reason: str
    retracted: bool
    corrected: bool
    earlier: bool


@dataclass(frozen=True)
class StatementsOf(Question[tuple[StatementRow, ...]]):
    """Everything said of one assessment, in the order it was said; what was taken back is there, marked."""

    assessment: UUID


@dataclass(frozen=True)
class Doubt:
    """A doubt that no later assessment has answered. `on`: the day it was raised, by the institution's calendar."""

    statement: UUID
    resident: UUID
    instrument: str
    record: UUID
    on: date
    said_at: datetime
    name: str
    relation: str
    words: str


@dataclass(frozen=True)
class Doubts(Question[tuple[Doubt, ...]]):
    """Open doubts, the oldest first; `resident` for one person only."""

    resident: UUID | None = None


@answers(StatementsOf)
def said_of(reader: Reader, question: StatementsOf) -> tuple[StatementRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    return statements_of(reader, question.assessment)


@answers(Doubts)
def doubts(reader: Reader, question: Doubts) -> tuple[Doubt, ...]:
    reader.require(Right.READ_RESIDENTS)
    return open_doubts(reader, question.resident)


def statements_of(reader: Reader, assessment: UUID) -> tuple[StatementRow, ...]:
    """As `StatementsOf` answers: for sheets, which print the same."""
    record = reader.session.scalar(select(Assessment).where(Assessment.rid == assessment, Assessment.current))
    since = record.recorded_at if record is not None and record.state == "corrected" else None
    names = author_names(reader)
    rows = reader.session.scalars(
        select(AssessmentStatement)
        .where(AssessmentStatement.assessment == assessment, AssessmentStatement.current)
        .order_by(AssessmentStatement.at, AssessmentStatement.recorded_at)
    )
    return tuple(
        StatementRow(
            seen=Seen(row.rid, row.revision),
            what=row.what,
            name=row.name,
            relation=row.relation,
            words=row.words,
            drawn=strokes_of(row.drawn),
            at=row.at,
            by=names.get(row.author, ""),
            reason=row.reason or "",
            retracted=row.state == "retracted",
            corrected=row.state == "corrected",
            earlier=since is not None and row.at < since,
        )
        for row in rows
    )


def consent_of(rows: Sequence[StatementRow]) -> StatementRow | None:
    """The consent or refusal that holds: the last word not taken back; one before a correction holds no more."""
    said = [row for row in rows if row.what in (AGREE, REFUSE) and not row.retracted and not row.earlier]
    return said[-1] if said else None


def open_doubts(reader: Reader, resident: UUID | None = None) -> tuple[Doubt, ...]:
    """Doubts about standing assessments that no other assessment by the same instrument, signed later, has answered."""
    statement = (
        select(AssessmentStatement, Assessment.instrument)
        .join(Assessment, and_(Assessment.rid == AssessmentStatement.assessment, Assessment.current))
        .where(
            AssessmentStatement.what == DOUBT,
            AssessmentStatement.current,
            AssessmentStatement.state != "retracted",
            Assessment.state.in_(STANDING),
        )
        .order_by(AssessmentStatement.at)
    )
    if resident is not None:
        statement = statement.where(AssessmentStatement.resident == resident)
    return tuple(
        Doubt(
            statement=row.rid,
            resident=row.resident,
            instrument=instrument,
            record=row.assessment,
            on=date_in(reader.settings.zone, row.at),
            said_at=row.at,
            name=row.name,
            relation=row.relation,
            words=row.words,
        )
        for row, instrument in reader.session.execute(statement)
        if not _answered(reader, row, instrument)
    )


def _answered(reader: Reader, doubt: AssessmentStatement, instrument: str) -> bool:
    later = (
        select(Assessment.rid)
        .where(
            Assessment.resident == doubt.resident,
            Assessment.instrument == instrument,
            Assessment.current,
            Assessment.state.in_(STANDING),
            Assessment.undone == "",
            Assessment.rid != doubt.assessment,
            Assessment.recorded_at > doubt.at,
            Assessment.assessed_on >= date_in(reader.settings.zone, doubt.at),
        )
        .limit(1)
    )
    return reader.session.scalar(later) is not None
