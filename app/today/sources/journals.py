"""What is due about standing entries: tubes to change, agreements to renew, vaccinations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from app.core.roles import Right
from app.core.unit import Reader
from app.journals.queries.due import DueEntries, DueRow, due_entries
from app.today.tiles import Tile, Todo, Way

AHEAD = timedelta(days=7)
MOST = 8
RANK = 320


def tile(reader: Reader) -> Tile | None:
    if not reader.actor.may(Right.READ_RESIDENTS):
        return None
    rows = _rows(reader)
    late = sum(row.due_on < reader.today for row in rows)
    note = f"{late} 项已过期" if late else "7 天内到期"
    way = _way(rows[0]) if rows else Way("residents")
    return Tile("due", "calendar", "到期事项", str(len(rows)), note, way, urgent=bool(late))


def todos(reader: Reader) -> Iterator[Todo]:
    if not reader.actor.may(Right.READ_RESIDENTS):
        return
    for place, row in enumerate(_rows(reader)[:MOST]):
        days = (row.due_on - reader.today).days
        when = f"逾期 {-days} 天" if days < 0 else "今天" if days == 0 else f"{row.due_on:%m-%d}"
        tone = "danger" if days < 0 else "warn" if days == 0 else "neutral"
        title = f"{row.name} {row.words or row.title}"
        words = " · ".join(part for part in (row.bed, row.line) if part)
        yield Todo(RANK + place, when, title, words, row.title, tone, _way(row), row.icon)


def _rows(reader: Reader) -> tuple[DueRow, ...]:
    return due_entries(reader, DueEntries(reader.today + AHEAD))


def _way(row: DueRow) -> Way:
    return Way("chart", {"resident": row.resident, "tab": "matters", "back": "today"})
