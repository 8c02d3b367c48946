"""Sessions nobody has ended: going on since an earlier day, or stopped and still without their form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from app.core.clock import date_in, local
from app.core.unit import Reader
from app.rehab.around import short_of
from app.rehab.rules.sessions import SessionKey
from app.rehab.training.running import STOPPED_BY_HAND, STOPPED_BY_RULE, waits_for_form
from db.models import RehabSession, Resident

DAYS = 92
"""How far back they are looked for."""


@dataclass(frozen=True)
class Unfinished:
    """One of them: `told` since when; `station` whose record it is."""

    rid: UUID
    station: str
    key: SessionKey
    resident: UUID
    name: str
    title: str
    told: str
    on: date


def unfinished(reader: Reader) -> Iterator[Unfinished]:
    """Of the whole house, the oldest first. One statement."""
    zone = reader.settings.zone
    waiting = (
        select(RehabSession, Resident.name)
        .join(Resident, Resident.rid == RehabSession.resident)
        .where(
            RehabSession.service_date >= reader.today - timedelta(days=DAYS),
            RehabSession.current,
            RehabSession.state != "retracted",
            or_(RehabSession.ended_at.is_(None), RehabSession.reason.in_((STOPPED_BY_RULE, STOPPED_BY_HAND))),
        )
        .order_by(RehabSession.at)
    )
    for row, name in reader.session.execute(waiting):
        begun = date_in(zone, row.at)
        if row.ended_at is not None and waits_for_form(row):
            told = f"{local(zone, row.ended_at):%H:%M} 中止，记录还没有填写"
        elif row.ended_at is None and not row.attendance and begun < reader.today:
            told = f"{local(zone, row.at):%H:%M} 开始，还没有结束"
        else:
            continue
        title = f"{short_of(row.discipline)} {row.words}"
        key = (row.item, row.service_date, row.slot)
        yield Unfinished(row.rid, row.station, key, row.resident, name, title, told, begun)
