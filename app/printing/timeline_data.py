"""From a resident's timeline to its printed table: everything of a month, the earliest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.history.timeline import Timeline, timeline
from app.printing.journal_sheet_data import whose
from app.printing.sheets.journal_table import Column, JournalSheet, Line
from app.residents.forms import CARE_LEVELS
from app.residents.queries import Chart
from app.residents.queries.chart import chart

TITLE = "照护时间线"


@dataclass(frozen=True)
class TimelineSheetOf(Question[JournalSheet]):
    """What happened from `first` to `last`, both days included; `sorts` leaves out other kinds (None: all)."""

    resident: UUID
    first: date
    last: date
    sorts: frozenset[str] | None = None


@answers(TimelineSheetOf)
def timeline_sheet_of(reader: Reader, question: TimelineSheetOf) -> JournalSheet:
    reader.require(Right.PRINT_RECORDS)
    person, zone = chart(reader, Chart(question.resident)), reader.settings.zone
    since = datetime.combine(question.first, time(), ZoneInfo(zone))
    until = datetime.combine(question.last + timedelta(days=1), time(), ZoneInfo(zone))
    found = reversed(timeline(reader, Timeline(question.resident, since, until)))
    lines = tuple(
        Line(
            at=local(zone, one.at).replace(tzinfo=None),
            values=(one.sort,),
            text=f"{one.title}　{one.words}".strip(),
            by=one.by,
        )
        for one in found
        if question.sorts is None or one.sort in question.sorts
    )
    return JournalSheet(
        title=TITLE,
        whose=whose(reader, person),
        level=CARE_LEVELS.get(person.care_level, ""),
        first=question.first,
        last=question.last,
        columns=(Column("类别", "", 66.0),),
        long="内容",
        lines=lines,
        totals=(),
        printed_at=local(zone, reader.now),
        printed_by=reader.actor.name,
    )
