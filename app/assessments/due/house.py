"""What the tables say that makes assessments due: a handful of statements, for everybody in the house or for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, Select, func, select, true, type_coerce

from app.assessments.due.events import events_since
from app.assessments.due.people import Lodger, lodgers, of
from app.assessments.due.rules import CauseKey, Decision, Event, Last
from app.assessments.record import STANDING
from app.core.unit import Reader
from db.models import Assessment, AssessmentDeferral

Pair = tuple[UUID, str]
"""A resident and the code of an instrument."""


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
    people = lodgers(reader, resident, words)
    since = min((one.person.begins for one in people), default=reader.today)
    events = events_since(reader, resident, since)
    last, found = _latest(reader, resident, events)
    return House(people, last, found, events, decisions(reader, resident))


def decisions(
    reader: Reader, resident: UUID | None = None, instrument: str | None = None
) -> Mapping[Pair, Mapping[CauseKey, Decided]]:
    """Every decision that stands, by resident and instrument, by the cause it answers."""
    asked = select(AssessmentDeferral).where(
        AssessmentDeferral.current,
        AssessmentDeferral.state != "retracted",
        of(AssessmentDeferral.resident, resident),
        true() if instrument is None else AssessmentDeferral.instrument == instrument,
    )
    stood: dict[Pair, dict[CauseKey, Decided]] = {}
    for row in reader.session.scalars(asked):
        decided = Decided(row.until, row.rid, row.revision, row.reason or "", row.author, row.recorded_at)
        stood.setdefault((row.resident, row.instrument), {})[row.cause, row.caused_on] = decided
    return stood


def _latest(
    reader: Reader, resident: UUID | None, events: Mapping[UUID, tuple[Event, ...]]
) -> tuple[dict[Pair, Last], dict[Pair, bytes]]:
    """Of every resident and instrument the latest assessment that was really done, and its record.

    Identities are read as they are kept and made into objects once each: there are some twenty thousand.
    """
    last: dict[Pair, Last] = {}
    found: dict[Pair, bytes] = {}
    known: dict[bytes, UUID] = {}
    corrected: list[Pair] = []
    for whom, code, rid, day, signed_at, due_on, revision in reader.session.execute(_newest(resident)):
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


def _newest(resident: UUID | None) -> Select[Any]:
    plain = LargeBinary(16)
    columns = (
        type_coerce(Assessment.resident, plain).label("whom"),
        Assessment.instrument,
        type_coerce(Assessment.rid, plain).label("record"),
        Assessment.assessed_on,
        Assessment.recorded_at,
        Assessment.due_on,
        Assessment.revision,
    )
    place = func.row_number().over(
        partition_by=(Assessment.resident, Assessment.instrument),
        order_by=(Assessment.assessed_on.desc(), Assessment.recorded_at.desc()),
    )
    which = (
        select(*columns, place.label("place"))
        .where(Assessment.current, Assessment.state.in_(STANDING), Assessment.undone == "")
        .where(of(Assessment.resident, resident))
        .subquery()
    )
    return select(*(one for one in which.c if one.name != "place")).where(which.c.place == 1)
