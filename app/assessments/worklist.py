"""The worklist of assessments: who in the house is due, who holds drafts, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app.assessments.drafts import form_name
from app.assessments.queries import ABILITY, LevelRow, level_columns, level_row
from app.assessments.record import STANDING
from app.assessments.shelf import instrument_called
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from db.models import Assessment, Draft, Place, Resident, ResidentSearch, Staff, Stay

SOON = timedelta(days=7)
VIEWS = ("all", "never", "overdue", "soon", "draft")
_PERSON = (
    Resident.rid.label("resident"),
    Resident.number.label("resident_number"),
    Resident.name,
    Resident.sex,
    Resident.birth_date,
)


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
class CountDue(Question[int]):
    """The number beside 评估 in the sidebar: overdue, due within a week, or never assessed."""


@answers(Worklist)
def worklist(reader: Reader, question: Worklist) -> tuple[WorkRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    drafts = _drafts(reader, question.instrument)
    latest = aliased(Assessment)
    statement = (
        _in_house(question.instrument, latest)
        .add_columns(*level_columns(latest), *_PERSON, Place.label.label("bed"))
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
            resident=row.resident,
            number=row.resident_number,
            name=row.name,
            sex=row.sex,
            birth_date=row.birth_date,
            bed=row.bed or "",
            latest=level_row(row) if row.record else None,
            draft=drafts.get(row.resident),
        )
        for row in reader.session.execute(statement)
    )


@answers(CountWork)
def count_work(reader: Reader, question: CountWork) -> WorkCounts:
    reader.require(Right.READ_RESIDENTS)
    drafts = tuple(_drafts(reader, question.instrument))
    latest = aliased(Assessment)
    counted = [func.sum(case((_seen_in(view, latest, reader.today, drafts), 1), else_=0)) for view in VIEWS]
    row = reader.session.execute(_in_house(question.instrument, latest).add_columns(*counted)).one()
    return WorkCounts(*(number or 0 for number in row))


@answers(CountDue)
def count_due(reader: Reader, _question: CountDue) -> int:
    return count_work(reader, CountWork()).soon


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
        select()
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
        .where(Draft.form == form_name(instrument_called(reader.session, instrument)))
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
