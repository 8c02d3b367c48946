"""What stands below a temperature chart out of the journal of intake and output: sums of a day, how many stools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.clock import local
from app.core.unit import Reader
from app.journals.queries import JournalPage
from app.journals.queries.pages import journal_page
from app.journals.queries.sums import Sums, sums

JOURNAL = "intake-output"
IN, OUT, STOOL = "in", "out", "stool"
"""Names of the rows in `resources/vitals/temperature_chart.toml`: the sums of the journal, and its stools."""
_MOST = 20_000

Kept = Mapping[str, Mapping[date, str]]
"""Row name → day → what is written there; a day nothing was noted of has no entry."""


def kept_of(reader: Reader, resident: UUID, span: tuple[date, date]) -> Kept:
    """Of the days from the first up to the last, which is not among them."""
    first, after = span
    added = sums(reader, Sums(resident, JOURNAL, first, after - timedelta(days=1))).days
    found = {
        name: {one.day: f"{one.figures[name]:g}" for one in added if one.figures.get(name)}
        for name in (IN, OUT)
    }
    return {**found, STOOL: _stools(reader, resident, span)}


def _stools(reader: Reader, resident: UUID, span: tuple[date, date]) -> dict[date, str]:
    zone = ZoneInfo(reader.settings.zone)
    since, until = (datetime.combine(day, time(), zone) for day in span)
    page = journal_page(reader, JournalPage(resident, (JOURNAL,), since, until, most=_MOST))
    days = Counter(
        local(reader.settings.zone, row.at).date()
        for row in page.rows
        if row.content.get("kind_out") == STOOL
    )
    return {day: str(count) for day, count in days.items()}
