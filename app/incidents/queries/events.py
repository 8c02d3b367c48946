"""Incidents as events: those that count towards the level of ability, and all of them for a resident's timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.clock import date_in
from app.core.happened import Happened
from app.core.unit import Reader
from app.incidents.kinds import catalogue
from app.incidents.queries.lists import day_begins
from app.incidents.queries.rows import first
from app.incidents.rules import STATUSES, Event
from db.models import Incident


@dataclass(frozen=True)
class Counted:
    """An incident that counts: `known_at` is when the station heard of it; `declined`: no re-assessment after it."""

    event: Event
    revision: int
    kind: str
    known_at: datetime
    declined: bool


def counted_events(
    reader: Reader, since: date, resident: UUID | None = None
) -> Mapping[UUID, tuple[Counted, ...]]:
    """Standing incidents since a day that count for a field of A.2.14, by resident, the oldest first."""
    zone, known = reader.settings.zone, catalogue()
    counting = [one.code for one in known.kinds.values() if one.counts_as or one.counts_when]
    columns = (
        Incident.rid,
        Incident.revision,
        Incident.resident,
        Incident.code,
        Incident.at,
        Incident.content,
    )
    asked = (
        select(*columns, first.recorded_at)  # columns, not whole rows: a year of incidents is read each time
        .join(first, (first.rid == Incident.rid) & (first.revision == 1))
        .where(
            Incident.current,
            Incident.state != "retracted",
            Incident.code.in_(counting),
            Incident.resident.is_not(None),
            Incident.at >= day_begins(zone, since),
        )
        .order_by(Incident.at)
    )
    if resident is not None:
        asked = asked.where(Incident.resident == resident)
    found: dict[UUID, list[Counted]] = {}
    for rid, revision, whom, code, at, content, known_at in reader.session.execute(asked):
        counts_as = known.kind(code).counted_as(content.get("asked", {}))
        if counts_as and whom is not None:
            event = Event(rid, date_in(zone, at), counts_as)
            one = Counted(event, revision, code, known_at, bool(content.get("reassessment")))
            found.setdefault(whom, []).append(one)
    return {whom: tuple(events) for whom, events in found.items()}


def happened(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    """Incidents of a resident from one moment (included) to another (not); one that was retracted says so."""
    asked = (
        select(Incident, first.author)
        .join(first, (first.rid == Incident.rid) & (first.revision == 1))
        .where(Incident.resident == resident, Incident.current, Incident.at >= since, Incident.at < until)
    )
    names, known = author_names(reader), catalogue()
    for row, reporter in reader.session.execute(asked.order_by(Incident.at)):
        kind, harm = known.kind(row.code), known.harm(row.harm)
        gone = row.state == "retracted"
        state = "已作废" if gone else STATUSES[row.status]
        yield Happened(
            at=row.at,
            kind="incident",
            rid=row.rid,
            sort="不良事件",
            title=f"{kind.words}，{harm.words}" + ("（已作废）" if gone else ""),
            words=f"{row.place} · {row.happened} · {state}",
            by=names.get(reporter, ""),
            tone="neutral" if gone else "danger" if harm.code in ("severe", "death") else "orange",
            icon=kind.icon,
        )
