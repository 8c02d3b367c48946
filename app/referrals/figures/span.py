"""What figures are counted over: the days, whose residents, and how instants and names are said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.clock import local
from app.core.unit import Reader


@dataclass(frozen=True)
class Over:
    """From the first to the last day, both included. `whose`: only these residents, None: everybody."""

    reader: Reader
    first: date
    last: date
    whose: frozenset[UUID] | None = None
    known: dict[datetime, str] = field(default_factory=dict)  # instants said before

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time(), ZoneInfo(self.reader.settings.zone))

    @property
    def ends(self) -> datetime:
        """The instant after the last day."""
        return datetime.combine(self.last + timedelta(days=1), time(), ZoneInfo(self.reader.settings.zone))

    def holds(self, resident: UUID) -> bool:
        return self.whose is None or resident in self.whose

    def said(self, at: datetime) -> str:
        """An instant in the institution's zone; `strftime` would take ten times as long."""
        if at not in self.known:
            self.known[at] = local(self.reader.settings.zone, at).isoformat(" ", "minutes")[:16]
        return self.known[at]


def standing_of(reader: Reader, rows: list[Any]) -> list[Any]:
    """One row of each record: where two stations went on with it the newest, where both have that revision our own.

    The rows have `rid`, `revision`, `station` and `recorded_at`."""
    station = reader.settings.station_number
    best: dict[UUID, Any] = {}
    for row in rows:
        before = best.get(row.rid)
        if before is None or _rank(row, station) > _rank(before, station):
            best[row.rid] = row
    return list(best.values())


def _rank(row: Any, station: str) -> tuple[int, bool, datetime]:
    return (row.revision, row.station == station, row.recorded_at)
