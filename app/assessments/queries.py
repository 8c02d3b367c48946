"""Questions about many assessments: the worklist, its counts, a resident's history, latest levels for lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app.assessments.drafts import form_name
from app.assessments.instrument_file import instrument_called
from app.assessments.record import STANDING
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from db.models import Assessment, Draft, Place, Resident, ResidentSearch, Signature, Staff, Stay

ABILITY = "gbt42195-2022"
SOON = timedelta(days=7)
VIEWS = ("all", "never", "overdue", "soon", "draft")


@dataclass(frozen=True)
class LevelRow:
    """The assessment that counts for a resident: total None and initial None after a direct level (coma)."""

    record: UUID
    number: str
    assessed_on: date
    total: int | None
    initial: int | None
    level: int | None
    due_on: date | None


@dataclass(frozen=True)
class DraftRow:
    """A draft in a list: who holds it, and whether its first signature is given."""

    holder: UUID
    holder_name: str
    saved_at: datetime
    answered: int
    awaits_second: bool


@dataclass(frozen=True)
class WorkRow:
    """One resident on the worklist. `sex` by GB/T 2261.1; `bed` as staff say it; `latest` None: never assessed."""

    resident: UUID
    number: str
    name: str
    sex: str
    birth_date: date | None
    bed: str
    latest: LevelRow | None
    draft: DraftRow | None


@dataclass(frozen=True)
class Worklist(Question[tuple[WorkRow, ...]]):
    """Residents in the house by due date, the never assessed first. `view` is one of VIEWS; `words` as in search."""

    words: str = ""
    view: str = "all"
    instrument: str = ABILITY
    limit: int = 200
    offset: int = 0


@dataclass(frozen=True)
class WorkCounts:
    """How many residents each view of the worklist has."""

    all: int
    never: int
    overdue: int
    soon: int
    draft: int


@dataclass(frozen=True)
class CountWork(Question[WorkCounts]):
    """The counts beside the worklist's filters."""

    instrument: str = ABILITY


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


@answers(Worklist)
def worklist(reader: Reader, question: Worklist) -> tuple[WorkRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    drafts = _drafts(reader, question.instrument)
    latest = aliased(Assessment)
    statement = (
        _in_house(question.instrument, latest)
        .add_columns(Place.label)
        .outerjoin(Stay, and_(Stay.resident == Resident.rid, _open_stay()))
        .outerjoin(Place, Place.rid == Stay.bed)
        .where(_seen_in(question.view, latest, reader.today, tuple(drafts)))
        .order_by(latest.due_on.is_not(None), latest.due_on, ResidentSearch.sort)
        .limit(question.limit)
        .offset(question.offset)
    )
    if question.words.strip():
        wanted = question.words.strip().lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        statement = statement.where(ResidentSearch.text.like(f"%{wanted}%", escape="\\"))
    return tuple(
        WorkRow(
            resident=resident.rid,
            number=resident.number,
            name=resident.name,
            sex=resident.sex,
            birth_date=resident.birth_date,
            bed=bed or "",
            latest=level_row(assessment) if assessment else None,
            draft=drafts.get(resident.rid),
        )
        for resident, assessment, bed in reader.session.execute(statement)
    )


@answers(CountWork)
def count_work(reader: Reader, question: CountWork) -> WorkCounts:
    reader.require(Right.READ_RESIDENTS)
    drafts = tuple(_drafts(reader, question.instrument))
    latest = aliased(Assessment)
    counted = [func.sum(case((_seen_in(view, latest, reader.today, drafts), 1), else_=0)) for view in VIEWS]
    row = reader.session.execute(_in_house(question.instrument, latest).with_only_columns(*counted)).one()
    return WorkCounts(*(number or 0 for number in row))


@answers(History)
def history(reader: Reader, question: History) -> tuple[HistoryRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    rows = reader.session.scalars(
        select(Assessment)
        .where(
            Assessment.resident == question.resident,
            Assessment.instrument == question.instrument,
            Assessment.current,
        )
        .order_by(Assessment.assessed_on.desc(), Assessment.recorded_at.desc())
    ).all()
    signers = _signers(reader, [row.rid for row in rows])
    return tuple(
        HistoryRow(
            level=level_row(row),
            instrument=row.instrument,
            occasion=row.occasion,
            revision=row.revision,
            state=row.state,
            signers=signers.get((row.rid, row.revision), ()),
        )
        for row in rows
    )


@answers(LatestLevels)
def latest_levels(reader: Reader, question: LatestLevels) -> Mapping[UUID, LevelRow]:
    reader.require(Right.READ_RESIDENTS)
    found: dict[UUID, LevelRow] = {}
    for resident in question.residents:
        row = latest_assessment(reader, question.instrument, resident)
        if row is not None:
            found[resident] = level_row(row)
    return found


def latest_assessment(reader: Reader, instrument: str, resident: UUID) -> Assessment | None:
    """The assessment that counts for a resident: the latest signed one."""
    return reader.session.scalar(
        select(Assessment)
        .where(
            Assessment.resident == resident,
            Assessment.instrument == instrument,
            Assessment.current,
            Assessment.state.in_(STANDING),
        )
        .order_by(Assessment.assessed_on.desc(), Assessment.recorded_at.desc())
        .limit(1)
    )


def level_row(row: Assessment) -> LevelRow:
    return LevelRow(
        record=row.rid,
        number=row.number,
        assessed_on=row.assessed_on,
        total=row.total,
        initial=row.initial_level,
        level=row.level,
        due_on=row.due_on,
    )


def _in_house(instrument: str, latest: Any) -> Select[Any]:
    """Residents in the house, each with the assessment that counts: found by index, not by sorting them all."""
    newest = aliased(Assessment)
    which = (
        select(newest.rid)
        .where(
            newest.resident == Resident.rid,
            newest.instrument == instrument,
            newest.current,
            newest.state.in_(STANDING),
        )
        .order_by(newest.assessed_on.desc(), newest.recorded_at.desc())
        .limit(1)
        .correlate(Resident)
        .scalar_subquery()
    )
    return (
        select(Resident, latest)
        .select_from(Resident)
        .join(ResidentSearch, ResidentSearch.rid == Resident.rid)
        .outerjoin(latest, and_(latest.rid == which, latest.current))
        .where(ResidentSearch.status == "in")
    )


def _seen_in(view: str, latest: Any, today: date, drafts: tuple[UUID, ...]) -> ColumnElement[bool]:
    never = latest.rid.is_(None)
    views: dict[str, ColumnElement[bool]] = {
        "all": Resident.rid.is_not(None),
        "never": never,
        "overdue": latest.due_on < today,
        "soon": or_(never, latest.due_on <= today + SOON),
        "draft": Resident.rid.in_(drafts),
    }
    return views[view]


def _open_stay() -> ColumnElement[bool]:
    return and_(Stay.current, Stay.ends.is_(None), Stay.state != "retracted")


def _drafts(reader: Reader, instrument: str) -> dict[UUID, DraftRow]:
    """Drafts of an instrument by resident; there are as many as people at work, not as residents."""
    rows = reader.session.execute(
        select(Draft, Staff.name)
        .join(Staff, Staff.rid == Draft.person)
        .where(Draft.form == form_name(instrument_called(instrument)))
    )
    return {
        draft.subject: DraftRow(
            holder=draft.person,
            holder_name=name,
            saved_at=draft.saved_at,
            answered=len(draft.content["answers"]),
            awaits_second=draft.content["half"] is not None,
        )
        for draft, name in rows
    }


def _signers(reader: Reader, records: list[UUID]) -> dict[tuple[UUID, int], tuple[str, ...]]:
    rows = reader.session.execute(
        select(Signature.record, Signature.revision, Signature.name)
        .where(Signature.kind == Assessment.__kind__, Signature.record.in_(records))
        .order_by(Signature.ordinal)
    )
    found: dict[tuple[UUID, int], tuple[str, ...]] = {}
    for record, revision, name in rows:
        found[record, revision] = (*found.get((record, revision), ()), name)
    return found
