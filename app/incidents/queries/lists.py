"""Lists of incidents: by state and kind, of one resident, those that wait for somebody, and how many there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, func, or_, select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.incidents.kinds import catalogue
from app.incidents.queries.rows import IncidentRow, rows, statement
from app.residents.search_text import like_pattern
from db.models import Incident, ResidentSearch

VIEWS = ("open", "reported", "reviewed", "closed", "all", "retracted")


@dataclass(frozen=True)
class Filters:
    """`view` is one of VIEWS; `kind` a code; `text` as in the search of residents, a number or words of a kind."""

    view: str = "open"
    kind: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Page:
    """A stretch of the list and how many there are in all."""

    rows: tuple[IncidentRow, ...]
    count: int


@dataclass(frozen=True)
class IncidentList(Question[Page]):
    """Incidents by when they happened, the newest first."""

    filters: Filters = Filters()
    limit: int = 100
    offset: int = 0


@dataclass(frozen=True)
class IncidentCounts(Question[Mapping[str, int]]):
    """How many incidents each view has."""


@dataclass(frozen=True)
class IncidentsOf(Question[tuple[IncidentRow, ...]]):
    """Every incident of one resident, the newest first; retracted ones are there, marked."""

    resident: UUID


@dataclass(frozen=True)
class OpenIncidents(Question[tuple[IncidentRow, ...]]):
    """Incidents that wait for a review or for closing: the overdue first, then by when they are due."""


@dataclass(frozen=True)
class CountAwaiting(Question[int]):
    """The number beside 不良事件 in the sidebar: reported and not yet reviewed."""


@dataclass(frozen=True)
class CountsByKind(Question[Mapping[str, int]]):
    """How many happened of each kind (by code) from one day to another, both included."""

    since: date
    until: date


@answers(IncidentList)
def incident_list(reader: Reader, question: IncidentList) -> Page:
    reader.require(Right.READ_RESIDENTS)
    wanted = _wanted(reader, question.filters)
    asked = statement().where(*wanted).order_by(Incident.at.desc(), Incident.number.desc())
    found = rows(reader, asked.limit(question.limit).offset(question.offset))
    counting = select(func.count()).select_from(Incident).where(Incident.current, *wanted)
    return Page(found, reader.session.scalar(counting) or 0)


@answers(IncidentCounts)
def incident_counts(reader: Reader, _question: IncidentCounts) -> Mapping[str, int]:
    reader.require(Right.READ_RESIDENTS)
    columns = [func.sum(case((_seen_in(view), 1), else_=0)).label(view) for view in VIEWS]
    found = reader.session.execute(select(*columns).where(Incident.current)).one()
    return {view: getattr(found, view) or 0 for view in VIEWS}


@answers(IncidentsOf)
def incidents_of(reader: Reader, question: IncidentsOf) -> tuple[IncidentRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    asked = statement().where(Incident.resident == question.resident)
    return rows(reader, asked.order_by(Incident.at.desc(), Incident.number.desc()))


@answers(OpenIncidents)
def open_incidents(reader: Reader, _question: OpenIncidents) -> tuple[IncidentRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    found = rows(reader, statement().where(_seen_in("open")))
    return tuple(sorted(found, key=lambda one: (not one.overdue, one.status != "reported", one.due_at)))


@answers(CountAwaiting)
def count_awaiting(reader: Reader, _question: CountAwaiting) -> int:
    counting = select(func.count()).select_from(Incident).where(Incident.current, _seen_in("reported"))
    return reader.session.scalar(counting) or 0


@answers(CountsByKind)
def counts_by_kind(reader: Reader, question: CountsByKind) -> Mapping[str, int]:
    reader.require(Right.READ_RESIDENTS)
    wanted = _between(reader, question.since, question.until)
    counting = (
        select(Incident.code, func.count())
        .where(Incident.current, Incident.state != "retracted", *wanted)
        .group_by(Incident.code)
    )
    return {row[0]: row[1] for row in reader.session.execute(counting)}


def day_begins(zone: str, day: date) -> datetime:
    """The instant a day of the institution begins."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def _wanted(reader: Reader, filters: Filters) -> list[ColumnElement[bool]]:
    wanted = [_seen_in(filters.view), *_between(reader, filters.since, filters.until)]
    if filters.kind:
        wanted.append(Incident.code == filters.kind)
    if filters.text.strip():
        pattern = like_pattern(filters.text)
        people = select(ResidentSearch.rid).where(ResidentSearch.text.like(pattern, escape="\\"))
        kinds = [one.code for one in catalogue().kinds.values() if filters.text.strip() in one.words]
        number = Incident.number.like(pattern, escape="\\")
        wanted.append(or_(Incident.resident.in_(people), number, Incident.code.in_(kinds)))
    return wanted


def _seen_in(view: str) -> ColumnElement[bool]:
    stands = Incident.state != "retracted"
    views: dict[str, ColumnElement[bool]] = {
        "open": stands & (Incident.status != "closed"),
        "reported": stands & (Incident.status == "reported"),
        "reviewed": stands & (Incident.status == "reviewed"),
        "closed": stands & (Incident.status == "closed"),
        "all": stands,
        "retracted": Incident.state == "retracted",
    }
    return views[view]


def _between(reader: Reader, since: date | None, until: date | None) -> list[Any]:
    zone = reader.settings.zone
    wanted: list[Any] = [] if since is None else [Incident.at >= day_begins(zone, since)]
    return wanted if until is None else [*wanted, Incident.at < day_begins(zone, until + timedelta(days=1))]
