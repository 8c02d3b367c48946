"""Events after which one assesses anew, by resident: falls, returns from hospital, other care levels, doubts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.assessments.due.people import of
from app.assessments.due.rules import DOUBT, FALL, LEVEL, RETURN, Event
from app.assessments.measured import FALL as COUNTS_AS_FALL
from app.assessments.statements.asking import open_doubts
from app.core.clock import date_in
from app.core.unit import Reader
from app.incidents.queries import counted_events
from db.models import Absence, Grade


def events_since(reader: Reader, resident: UUID | None, since: date) -> dict[UUID, tuple[Event, ...]]:
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
    for rid, ends in reader.session.execute(back.where(of(Absence.resident, resident))):
        if ends is not None:
            happened.setdefault(rid, []).append(Event(RETURN, date_in(reader.settings.zone, ends), ends))
    for rid, day in _level_changes(reader, resident):
        happened.setdefault(rid, []).append(Event(LEVEL, day))
    for doubt in open_doubts(reader, resident):
        event = Event(DOUBT, doubt.on, doubt.said_at, doubt.instrument)
        happened.setdefault(doubt.resident, []).append(event)
    return {rid: tuple(events) for rid, events in happened.items()}


def _level_changes(reader: Reader, resident: UUID | None) -> Iterator[tuple[UUID, date]]:
    """Days from which another care level held; the first one said, and one said again, change nothing."""
    asked = (
        select(Grade.resident, Grade.since, Grade.value)
        .where(Grade.what == "care_level", Grade.current, Grade.state != "retracted")
        .where(of(Grade.resident, resident))
        .order_by(Grade.resident, Grade.since, Grade.recorded_at)
    )
    before: tuple[UUID, str] | None = None
    for rid, since, value in reader.session.execute(asked):
        if before is not None and before[0] == rid and before[1] != value:
            yield rid, since
        before = (rid, value)
