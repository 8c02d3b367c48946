"""Figures added up over service days and over the last 24 hours: intake, output, and what is left of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.core.clock import local
from app.core.form import Value
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.journals.journal import Journal
from app.journals.journal_file import journal_called
from app.journals.rules import service_day
from app.journals.words import read_content
from db.models import Entry


@dataclass(frozen=True)
class DaySums:
    """The figures of one service day by key of the sum, and of how many entries."""

    day: date
    figures: Mapping[str, float]
    entries: int


@dataclass(frozen=True)
class SumsRow:
    """Service days with entries, the newest first, and the last 24 hours."""

    days: tuple[DaySums, ...]
    last_24: Mapping[str, float]


@dataclass(frozen=True)
class Sums(Question[SumsRow]):
    """The sums of a journal over service days `since` to `until`, both included."""

    resident: UUID
    journal: str
    since: date
    until: date


@answers(Sums)
def sums(reader: Reader, question: Sums) -> SumsRow:
    reader.require(Right.READ_RESIDENTS)
    journal = journal_called(question.journal)
    zone = ZoneInfo(reader.settings.zone)
    first = datetime.combine(question.since, journal.day_begins, zone)
    after = datetime.combine(question.until + timedelta(days=1), journal.day_begins, zone)
    yesterday = reader.now - timedelta(hours=24)
    rows = reader.session.execute(
        select(Entry.at, Entry.content).where(
            Entry.resident == question.resident,
            Entry.journal == journal.code,
            Entry.current,
            Entry.state != "retracted",
            Entry.at >= min(first, yesterday),
            Entry.at < max(after, reader.now),
        )
    )
    by_day: dict[date, list[Mapping[str, Value]]] = defaultdict(list)
    recent: list[Mapping[str, Value]] = []
    for at, kept in rows:
        content = read_content(kept)
        if first <= at < after:
            by_day[service_day(local(reader.settings.zone, at), journal.day_begins)].append(content)
        if yesterday < at <= reader.now:
            recent.append(content)
    days = (DaySums(day, _added(journal, by_day[day]), len(by_day[day])) for day in sorted(by_day)[::-1])
    return SumsRow(tuple(days), _added(journal, recent))


def _added(journal: Journal, contents: list[Mapping[str, Value]]) -> dict[str, float]:
    return {
        one.key: sum(
            _number(content.get(one.field, ""))
            for content in contents
            if one.when is None or one.when.met(content)
        )
        for one in journal.sums
    }


def _number(value: Value) -> float:
    try:
        return float(value) if isinstance(value, str) else 0.0
    except ValueError:
        return 0.0
