"""Questions about signed assessments: a resident's history, and the level that counts, for lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.assessments.record import STANDING
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from db.models import Assessment, Signature

ABILITY = "gbt42195-2022"


@dataclass(frozen=True)
class LevelRow:
    """The assessment that counts for a resident: total None and initial None after a direct level (coma).

    `finding` is what it came to, in words as shown then; `tone` the colour that means it.
    """

    record: UUID
    number: str
    assessed_on: date
    total: int | None
    initial: int | None
    level: int | None
    due_on: date | None
    finding: str = ""
    tone: str = ""
    measured: float | None = None


@dataclass(frozen=True)
class HistoryRow:
    """One assessment of a resident in its latest revision; `state` signed, corrected or retracted."""

    level: LevelRow
    instrument: str
    occasion: str
    revision: int
    state: str
    signers: tuple[str, ...]


@dataclass(frozen=True)
class History(Question[tuple[HistoryRow, ...]]):
    """Every assessment of a resident, the latest first; retracted ones are there, marked."""

    resident: UUID
    instrument: str = ABILITY


@dataclass(frozen=True)
class LatestLevels(Question[Mapping[UUID, LevelRow]]):
    """The assessment that counts for each of some residents; those never assessed are not in the answer."""

    residents: tuple[UUID, ...] = field(default=())
    instrument: str = ABILITY


@answers(History)
def history(reader: Reader, question: History) -> tuple[HistoryRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    columns = (Assessment.instrument, Assessment.occasion, Assessment.revision, Assessment.state)
    rows = reader.session.execute(
        select(*level_columns(Assessment), *columns)
        .where(
            Assessment.resident == question.resident,
            Assessment.instrument == question.instrument,
            Assessment.current,
        )
        .order_by(Assessment.assessed_on.desc(), Assessment.recorded_at.desc())
    ).all()
    signers = signers_of(reader, [row.record for row in rows])
    return tuple(
        HistoryRow(
            level=level_row(row),
            instrument=row.instrument,
            occasion=row.occasion,
            revision=row.revision,
            state=row.state,
            signers=signers.get((row.record, row.revision), ()),
        )
        for row in rows
    )


@answers(LatestLevels)
def latest_levels(reader: Reader, question: LatestLevels) -> Mapping[UUID, LevelRow]:
    reader.require(Right.READ_RESIDENTS)
    found: dict[UUID, LevelRow] = {}
    for resident in question.residents:
        which = standing(question.instrument, resident).with_only_columns(*level_columns(Assessment))
        row = reader.session.execute(which).first()
        if row is not None:
            found[resident] = level_row(row)
    return found


def latest_assessment(reader: Reader, instrument: str, resident: UUID) -> Assessment | None:
    """The assessment that counts for a resident, whole: the latest signed one."""
    return reader.session.scalar(standing(instrument, resident))


def level_columns(assessment: Any) -> tuple[Any, ...]:
    """The columns of a `LevelRow`: lists never read the answers."""
    return (
        assessment.rid.label("record"),
        assessment.number,
        assessment.assessed_on,
        assessment.total,
        assessment.initial_level,
        assessment.level,
        assessment.due_on,
        assessment.finding,
        assessment.tone,
        assessment.measured,
    )


def level_row(row: Any) -> LevelRow:
    """From a row of `level_columns`."""
    return LevelRow(
        record=row.record,
        number=row.number,
        assessed_on=row.assessed_on,
        total=row.total,
        initial=row.initial_level,
        level=row.level,
        due_on=row.due_on,
        finding=row.finding,
        tone=row.tone,
        measured=row.measured,
    )


def level_of(row: Assessment) -> LevelRow:
    """From a whole assessment."""
    return LevelRow(
        row.rid,
        row.number,
        row.assessed_on,
        row.total,
        row.initial_level,
        row.level,
        row.due_on,
        row.finding,
        row.tone,
        row.measured,
    )


def standing(instrument: str, resident: UUID) -> Select[Assessment]:
    """The latest signed assessment of a resident that was really done, to be selected whole or in part."""
    return (
        select(Assessment)
        .where(
            Assessment.resident == resident,
            Assessment.instrument == instrument,
            Assessment.current,
            Assessment.state.in_(STANDING),
            Assessment.undone == "",
        )
        .order_by(Assessment.assessed_on.desc(), Assessment.recorded_at.desc())
        .limit(1)
    )


def signers_of(reader: Reader, records: list[UUID]) -> dict[tuple[UUID, int], tuple[str, ...]]:
    """Who signed each of some assessments, by record and revision, in the order they signed."""
    rows = reader.session.execute(
        select(Signature.record, Signature.revision, Signature.name)
        .where(Signature.kind == Assessment.__kind__, Signature.record.in_(records))
        .order_by(Signature.ordinal)
    )
    found: dict[tuple[UUID, int], tuple[str, ...]] = {}
    for record, revision, name in rows:
        found[record, revision] = (*found.get((record, revision), ()), name)
    return found
