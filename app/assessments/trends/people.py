"""Who stands behind a number of the house's levels: name, bed, level, and the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false

from app.assessments.instruments import Instrument
from app.assessments.instruments.levels import Every
from app.assessments.shelf import instrument_called
from app.assessments.trends.house import CARE, FLOORS, MONTHS, NEVER, OTHER, floor_of
from app.assessments.trends.standings import BED, FLOOR, MOVED, STANDINGS, latest, movement, older
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from db.models import Resident, ResidentSearch


@dataclass(frozen=True)
class PersonRow:
    """One resident, the assessment that counts (none: `record` is None) and the one before it that had a level."""

    resident: UUID
    number: str
    name: str
    bed: str
    record: UUID | None
    assessed_on: date | None
    total: int | None
    level: int | None
    finding: str
    tone: str
    moved: str
    before: str
    before_on: date | None


@dataclass(frozen=True)
class PeopleAt(Question[tuple[PersonRow, ...]]):
    """The people of one row of `HouseLevels` in one of its columns, in the order of their beds.

    `by` is FLOORS or CARE with the row's `key` (empty: the whole house); `column` the key of a column, OTHER, NEVER,
    one of MOVED, or empty for everybody.
    """

    instrument: str
    by: str = FLOORS
    key: str = ""
    column: str = ""
    months: int = MONTHS
    limit: int = 2000


@answers(PeopleAt)
def people_at(reader: Reader, question: PeopleAt) -> tuple[PersonRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    instrument = instrument_called(reader.session, question.instrument)
    statement = _PEOPLE.where(*_in_row(question), *_in_column(instrument, question.column)).limit(
        question.limit
    )
    since = Every(months=-question.months).after(reader.today)
    rows = reader.session.execute(statement, {"instrument": instrument.code, "since": since})
    return tuple(_person(row) for row in rows)


_PEOPLE = STANDINGS.add_columns(
    Resident.rid.label("resident"), Resident.number, Resident.name, BED.label("bed"),
    latest.rid.label("record"), latest.assessed_on, latest.total, latest.level, latest.finding, latest.tone,
    movement.label("moved"), older.finding.label("before"), older.assessed_on.label("before_on"),
).order_by(ResidentSearch.sort)  # fmt: skip


def _in_row(question: PeopleAt) -> tuple[ColumnElement[bool], ...]:
    if question.by == CARE:
        return (Resident.care_level == question.key,)
    return (FLOOR.is_not_distinct_from(floor_of(question.key)),) if question.key else ()


def _in_column(instrument: Instrument, column: str) -> tuple[ColumnElement[bool], ...]:
    if not column:
        return ()
    if column == NEVER:
        return (latest.rid.is_(None),)
    if column in MOVED:
        return (movement == column,)
    if instrument.scales:
        return (latest.rid.is_not(None), _with_scale(instrument, column))
    if column == OTHER:
        return (latest.rid.is_not(None), latest.level.is_(None))
    return (latest.level == int(column),)


def _with_scale(instrument: Instrument, column: str) -> ColumnElement[bool]:
    """Whose finding names a scale; for OTHER, whose finding names none of them."""
    if column == OTHER:
        return and_(*(~latest.finding.contains(f"{one.name} ") for one in instrument.scales))
    name = next((one.name for one in instrument.scales if one.code == column), "")
    return latest.finding.contains(f"{name} ") if name else false()


def _person(row: Any) -> PersonRow:
    return PersonRow(
        resident=row.resident,
        number=row.number,
        name=row.name,
        bed=row.bed or "",
        record=row.record,
        assessed_on=row.assessed_on,
        total=row.total,
        level=row.level,
        finding=row.finding or "",
        tone=row.tone or "neutral",
        moved=row.moved or "",
        before=row.before or "",
        before_on=row.before_on,
    )
