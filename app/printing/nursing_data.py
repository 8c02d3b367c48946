"""From the notes of a span of days to the lines of the printed nursing record, every version of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.journals.journal_file import in_group, shelf
from app.journals.queries import EntryHistory, EntryRow, JournalPage, Version
from app.journals.queries.history import entry_history
from app.journals.queries.pages import journal_page
from app.printing.sheets.nursing_record import NursingRecord, Written
from app.residents.forms import SEXES
from app.residents.queries import Chart
from app.residents.queries.chart import chart

USUAL_DAYS, LONGEST_DAYS, MOST = 30, 366, 5000
_ACTS = {"corrected": "更正", "retracted": "作废"}


@dataclass(frozen=True)
class NursingRecordOf(Question[NursingRecord]):
    """The record of a span of days, both included; neither given: of the last thirty. The oldest note first."""

    resident: UUID
    first: date | None = None
    last: date | None = None


@answers(NursingRecordOf)
def nursing_record_of(reader: Reader, question: NursingRecordOf) -> NursingRecord:
    """Refuses a span that ends before it begins, or is longer than a year."""
    reader.require(Right.PRINT_RECORDS)
    person = chart(reader, Chart(question.resident))
    last = question.last or reader.today
    first = question.first or last - timedelta(days=USUAL_DAYS - 1)
    if last < first:
        raise Refusal("结束日期早于开始日期，请核对。", field="last")
    if (last - first).days > LONGEST_DAYS:
        raise Refusal("一次最多打印一年，请缩短日期范围。", field="first")
    zone = ZoneInfo(reader.settings.zone)
    since, until = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    journals = tuple(one.code for one in in_group("notes"))
    wanted = JournalPage(question.resident, journals, since, until, retracted=True, most=MOST)
    rows = reversed(journal_page(reader, wanted).rows)
    return NursingRecord(
        institution=reader.settings.institution_name,
        name=person.name,
        sex=SEXES[person.sex],
        age="" if person.age is None else f"{person.age}岁",
        bed=person.bed,
        number=person.number,
        first=first,
        last=last,
        notes=tuple(written for row in rows for written in _versions(reader, row)),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _versions(reader: Reader, row: EntryRow) -> Iterator[Written]:
    """A note as it stands; one that was changed with everything it said before."""
    zone, journal = reader.settings.zone, shelf()[row.journal]
    versions = entry_history(reader, EntryHistory(row.rid)) if row.revision > 1 else ()
    if not versions:
        late = f"补录于 {local(zone, row.recorded_at):%Y-%m-%d %H:%M}" if row.late else ""
        yield Written(local(zone, row.at), journal.title, row.line, row.by, late)
        return
    said = [one for one in versions if one.state != "retracted"]
    for place, version in enumerate(said):
        after = versions[place + 1] if place + 1 < len(versions) else None
        late = (
            f"补录于 {local(zone, version.recorded_at):%Y-%m-%d %H:%M}"
            if version.source == "transcribed"
            else ""
        )
        became = _became(zone, after) if after is not None else ""
        notes = "；".join(filter(None, (late if place == 0 else "", became)))
        at = local(zone, version.at)
        struck = after is not None
        yield Written(at, journal.title, version.line, version.by, notes, struck=struck, first=place == 0)


def _became(zone: str, after: Version) -> str:
    """Who changed it, when and why; another moment is said as well."""
    when = f"{local(zone, after.recorded_at):%Y-%m-%d %H:%M}"
    moved = next((f"，时间改为 {new}" for label, _old, new in after.changes if label == "时间"), "")
    return f"{when} {after.by}{_ACTS.get(after.state, '改动')}{moved}，原因：{after.reason}"
