"""What the tables say that makes assessments due: a handful of statements, for everybody in the house or for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, LargeBinary, and_, func, select, true, type_coerce

from app.assessments.due.rules import FALL, LEVEL, RETURN, CauseKey, Decision, Event, Last, Person
from app.assessments.measured import FALL as COUNTS_AS_FALL
from app.assessments.record import STANDING
from app.core.clock import date_in
from app.core.unit import Reader
from app.incidents.queries import counted_events
from app.residents.search_text import like_pattern
from app.residents.which_stay import in_house
from db.models import Absence, Assessment, AssessmentDeferral, Grade, Place, Resident, ResidentSearch, Stay

Pair = tuple[UUID, str]
"""A resident and the code of an instrument."""


@dataclass(frozen=True)
class Lodger:
    """A resident in the house, as lists show one. `away`: leave, hospital, or empty; `sort` is the order of beds."""

    resident: UUID
    number: str
    name: str
    sex: str
    bed: str
    away: str
    sort: str
    person: Person


@dataclass(frozen=True)
class Decided(Decision):
    """A decision and the record of it."""

    record: UUID
    revision: int
    reason: str
    author: UUID
    at: datetime


@dataclass(frozen=True)
class House:
    """Everything that is needed to say what is due. `found` names the record behind each `last`."""

    lodgers: tuple[Lodger, ...]
    last: Mapping[Pair, Last]
    found: Mapping[Pair, bytes]
    events: Mapping[UUID, tuple[Event, ...]] = field(default_factory=dict)
    decisions: Mapping[Pair, Mapping[CauseKey, Decided]] = field(default_factory=dict)


def house(reader: Reader, resident: UUID | None = None, words: str = "") -> House:
    """Everybody in the house, or one of them; `words` narrows it as the search of residents does."""
    lodgers = _lodgers(reader, resident, words)
    since = min((one.person.begins for one in lodgers), default=reader.today)
    events = _events(reader, resident, since)
    last, found = _latest(reader, resident, events)
    return House(lodgers, last, found, events, decisions(reader, resident))


def decisions(
    reader: Reader, resident: UUID | None = None, instrument: str | None = None
) -> Mapping[Pair, Mapping[CauseKey, Decided]]:
    """Every decision that stands, by resident and instrument, by the cause it answers."""
    asked = select(AssessmentDeferral).where(
        AssessmentDeferral.current,
        AssessmentDeferral.state != "retracted",
        _of(AssessmentDeferral, resident),
        true() if instrument is None else AssessmentDeferral.instrument == instrument,
    )
    stood: dict[Pair, dict[CauseKey, Decided]] = {}
    for row in reader.session.scalars(asked):
        decided = Decided(row.until, row.rid, row.revision, row.reason or "", row.author, row.recorded_at)
        stood.setdefault((row.resident, row.instrument), {})[row.cause, row.caused_on] = decided
    return stood


def _of(model: Any, resident: UUID | None) -> ColumnElement[bool]:
    return true() if resident is None else model.resident == resident


def _lodgers(reader: Reader, resident: UUID | None, words: str) -> tuple[Lodger, ...]:
    away = and_(
        Absence.resident == Resident.rid,
        Absence.current,
        Absence.ends.is_(None),
        Absence.state != "retracted",
    )
    asked = (
        select(
            Resident.rid,
            Resident.number,
            Resident.name,
            Resident.sex,
            Place.label,
            Absence.code,
            ResidentSearch.sort,
            Resident.birth_date,
            Stay.begins,
            Resident.recorded_at,
        )
        .join(ResidentSearch, ResidentSearch.rid == Resident.rid)
        .outerjoin(Stay, and_(Stay.resident == Resident.rid, in_house()))
        .outerjoin(Place, Place.rid == Stay.bed)
        .outerjoin(Absence, away)
        .where(ResidentSearch.status == "in")
        .order_by(ResidentSearch.sort)
    )
    if resident is not None:
        asked = asked.where(Resident.rid == resident)
    if words.strip():
        asked = asked.where(ResidentSearch.text.like(like_pattern(words), escape="\\"))
    former, zone = _former(reader, resident), reader.settings.zone
    return tuple(
        Lodger(
            rid,
            number,
            name,
            sex,
            bed or "",
            gone or "",
            sort,
            Person(begins or date_in(zone, known), former.get(rid), born),
        )
        for rid, number, name, sex, bed, gone, sort, born, begins, known in reader.session.execute(asked)
    )


def _former(reader: Reader, resident: UUID | None) -> dict[UUID, date]:
    """When the stay before this one ended, of those who had one."""
    asked = (
        select(Stay.resident, func.max(Stay.ends))
        .where(Stay.current, Stay.state != "retracted", Stay.status == "ended", Stay.ends.is_not(None))
        .where(_of(Stay, resident))
        .group_by(Stay.resident)
    )
    return {whom: ended for whom, ended in reader.session.execute(asked) if ended is not None}


def _events(reader: Reader, resident: UUID | None, since: date) -> dict[UUID, tuple[Event, ...]]:
    """What happened since a day that instruments may name, by resident."""
    happened: dict[UUID, list[Event]] = {}
    for rid, counted in counted_events(reader, since, resident).items():
        falls = [
            Event(FALL, one.event.day, one.known_at) for one in counted if one.event.field == COUNTS_AS_FALL
        ]
        happened.setdefault(rid, []).extend(falls)
    zone = ZoneInfo(reader.settings.zone)
    begins = datetime.combine(since, time(), zone).astimezone(UTC)
    back = select(Absence.resident, Absence.ends).where(
        Absence.current, Absence.state != "retracted", Absence.code == "hospital", Absence.ends >= begins
    )
    for rid, ends in reader.session.execute(back.where(_of(Absence, resident))):
        if ends is not None:
            happened.setdefault(rid, []).append(Event(RETURN, date_in(reader.settings.zone, ends), ends))
    for rid, day in _level_changes(reader, resident):
        happened.setdefault(rid, []).append(Event(LEVEL, day))
    return {rid: tuple(events) for rid, events in happened.items()}


def _level_changes(reader: Reader, resident: UUID | None) -> Iterable[tuple[UUID, date]]:
    """Days from which another care level held; the first one said, and one said again, change nothing."""
    asked = (
        select(Grade.resident, Grade.since, Grade.value)
        .where(Grade.what == "care_level", Grade.current, Grade.state != "retracted")
        .where(_of(Grade, resident))
        .order_by(Grade.resident, Grade.since, Grade.recorded_at)
    )
    before: tuple[UUID, str] | None = None
    for rid, since, value in reader.session.execute(asked):
        if before is not None and before[0] == rid and before[1] != value:
            yield rid, since
        before = (rid, value)


def _latest(
    reader: Reader, resident: UUID | None, events: Mapping[UUID, tuple[Event, ...]]
) -> tuple[dict[Pair, Last], dict[Pair, bytes]]:
    """Of every resident and instrument the latest assessment that was really done, and its record.

    Identities are read as they are kept and made into objects once each: there are some twenty thousand.
    """
    plain = LargeBinary(16)
    which = (
        select(
            type_coerce(Assessment.resident, plain).label("whom"),
            Assessment.instrument,
            type_coerce(Assessment.rid, plain),
            Assessment.assessed_on,
            Assessment.recorded_at,
            Assessment.due_on,
            Assessment.revision,
            func.row_number()
            .over(
                partition_by=(Assessment.resident, Assessment.instrument),
                order_by=(Assessment.assessed_on.desc(), Assessment.recorded_at.desc()),
            )
            .label("place"),
        )
        .where(Assessment.current, Assessment.state.in_(STANDING), Assessment.undone == "")
        .where(_of(Assessment, resident))
        .subquery()
    )
    last: dict[Pair, Last] = {}
    found: dict[Pair, bytes] = {}
    known: dict[bytes, UUID] = {}
    corrected: list[Pair] = []
    for whom, code, rid, day, signed_at, due_on, revision, _place in reader.session.execute(
        select(which).where(which.c.place == 1)
    ):
        person = known.get(whom) or known.setdefault(whom, UUID(bytes=whom))
        last[person, code], found[person, code] = Last(day, signed_at, due_on), rid
        if revision > 1 and any(one.day == day for one in events.get(person, ())):
            corrected.append((person, code))
    for pair in corrected:  # a correction of what was signed before an event does not answer it
        first = select(func.min(Assessment.recorded_at)).where(Assessment.rid == UUID(bytes=found[pair]))
        signed_at = reader.session.scalar(first)
        if signed_at is not None:
            last[pair] = Last(last[pair].assessed_on, signed_at, last[pair].due_on)
    return last, found
