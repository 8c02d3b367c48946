"""From entries of journals to the lines of their printed tables; which sheets there are is data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.core.clock import local
from app.core.orders import Question, answers
from app.core.resources import resource
from app.core.roles import Right
from app.core.unit import Reader
from app.journals.journal_file import journal_called
from app.journals.queries import EntryHistory, EntryRow, JournalPage
from app.journals.queries.history import entry_history
from app.journals.queries.pages import journal_page
from app.journals.queries.sums import Sums, sums
from app.journals.words import said
from app.printing.sheets.heading import Whose
from app.printing.sheets.journal_table import Column, JournalSheet, Line, Total
from app.residents.codes import code_list
from app.residents.forms import CARE_LEVELS
from app.residents.queries import Chart, ChartRow
from app.residents.queries.chart import chart
from app.vitals.catalogue import sign_of
from app.vitals.rules import Sign, value_words
from db.models import Vital

Span = Literal["", "day", "week", "month"]
"""The stretch of time a sheet covers; empty: it shows what is known now."""
NEAR = timedelta(minutes=60)
"""How old a measurement may be to stand beside a note."""
_CAPTIONS = {"spo2": "血氧", "pulse": "脉搏"}
_VITAL_WIDTH = {"blood_pressure": 50.0, "spo2": 30.0}
_USUAL_WIDTH = 33.0
MOST = 5_000


@dataclass(frozen=True)
class Spec:
    """One kind of sheet as its file says."""

    name: str
    title: str
    journals: tuple[str, ...]
    span: Span
    vitals: tuple[str, ...]
    columns: tuple[tuple[str, str, float], ...]
    long: str
    fields: tuple[str, ...]
    totals: bool
    form: bool


@dataclass(frozen=True)
class JournalSheetOf(Question[JournalSheet]):
    """The sheet of a name (`specs`), from `first` to `last`, both days included."""

    resident: UUID
    sheet: str
    first: date
    last: date


@cache
def specs() -> Mapping[str, Spec]:
    """Every sheet that is drawn from journals."""
    read = tomllib.loads(resource("printing", "journal_sheets.toml").read_text("utf-8"))
    return {one["name"]: _spec(one) for one in read["sheet"]}


def _spec(one: dict[str, Any]) -> Spec:
    long = one.get("long", {})
    return Spec(
        one["name"],
        one["title"],
        tuple(one["journals"]),
        one.get("span", ""),
        tuple(one.get("vitals", ())),
        tuple((each["field"], each["words"], float(each["width"])) for each in one.get("columns", ())),
        long.get("words", ""),
        tuple(long.get("fields", ())),
        bool(one.get("totals", False)),
        bool(one.get("form", False)),
    )


@answers(JournalSheetOf)
def journal_sheet_of(reader: Reader, question: JournalSheetOf) -> JournalSheet:
    reader.require(Right.PRINT_RECORDS)
    spec, person = specs()[question.sheet], chart(reader, Chart(question.resident))
    zone = ZoneInfo(reader.settings.zone)
    since = datetime.combine(question.first, time(), zone)
    until = datetime.combine(question.last + timedelta(days=1), time(), zone)
    asked = JournalPage(question.resident, spec.journals, since, until, most=MOST)
    entries = tuple(reversed(journal_page(reader, asked).rows))
    measured = _measured(reader, question.resident, spec.vitals, (since, until)) if spec.vitals else {}
    signs = [sign_of(code) for code in spec.vitals]
    return JournalSheet(
        title=spec.title,
        whose=whose(reader, person),
        level=CARE_LEVELS.get(person.care_level, ""),
        first=question.first,
        last=question.last,
        columns=(
            *(_column(one) for one in signs),
            *(Column(words, "", width) for _field, words, width in spec.columns),
        ),
        long=spec.long,
        lines=tuple(_lines(reader, spec, entries, measured)),
        totals=tuple(_totals(reader, question, spec)) if spec.totals else (),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _column(sign: Sign) -> Column:
    words = _CAPTIONS.get(sign.code, sign.words)
    return Column(words, sign.unit, _VITAL_WIDTH.get(sign.code, _USUAL_WIDTH))


def whose(reader: Reader, person: ChartRow) -> Whose:
    """The head of a sheet about a resident."""
    return Whose(
        reader.settings.institution_name,
        person.name,
        code_list("sex").words(person.sex),
        "" if person.age is None else f"{person.age}岁",
        person.bed,
        person.number,
    )


def _measured(
    reader: Reader, resident: UUID, codes: Sequence[str], span: tuple[datetime, datetime]
) -> dict[str, list[tuple[datetime, str]]]:
    """Values by sign, oldest first."""
    rows = reader.session.execute(
        select(Vital.code, Vital.at, Vital.value, Vital.second, Vital.words)
        .where(
            Vital.resident == resident,
            Vital.code.in_(codes),
            Vital.at >= span[0] - NEAR,
            Vital.at < span[1],
            Vital.absent == "",
            Vital.current,
            Vital.state != "retracted",
        )
        .order_by(Vital.at)
    )
    found: dict[str, list[tuple[datetime, str]]] = {}
    for code, at, value, second, words in rows:
        found.setdefault(code, []).append((at, value_words(sign_of(code), value, second, words)))
    return found


def _lines(
    reader: Reader,
    spec: Spec,
    entries: Sequence[EntryRow],
    measured: Mapping[str, Sequence[tuple[datetime, str]]],
) -> Iterator[Line]:
    for entry in entries:
        words = said(journal_called(entry.journal), entry.content)
        vitals = tuple(_near(measured.get(code, ()), entry.at) for code in spec.vitals)
        yield Line(
            at=local(reader.settings.zone, entry.at).replace(tzinfo=None),
            values=(*vitals, *(words.get(field, "") for field, _words, _width in spec.columns)),
            text=_long(spec, entry.journal, words),
            by=entry.by,
            old=_before(reader, spec, entry) if entry.corrected else "",
            aside=_aside(reader, entry),
        )


def _totals(reader: Reader, question: JournalSheetOf, spec: Spec) -> Iterator[Total]:
    """The sums of each service day, after its last entry."""
    for code in spec.journals:
        journal = journal_called(code)
        found = sums(reader, Sums(question.resident, code, question.first, question.last))
        for one in found.days:
            parts = [
                f"{each.title} {one.figures[each.key]:g} {each.unit}"
                for each in journal.sums
                if each.key in one.figures
            ]
            if parts:
                yield Total(one.day, "24 小时合计：" + "　".join(parts))


def _near(values: Sequence[tuple[datetime, str]], at: datetime) -> str:
    """The last value within the hour before."""
    return next((words for when, words in reversed(values) if at - NEAR <= when <= at), "")


def _long(spec: Spec, journal: str, words: Mapping[str, str]) -> str:
    """The first field as it is, the others behind their labels."""
    labels = {field.key: field.label for field in journal_called(journal).fields}
    parts = [
        words[key] if place == 0 else f"{labels[key]}：{words[key]}"
        for place, key in enumerate(spec.fields)
        if words.get(key)
    ]
    return "\n".join(parts)


def _before(reader: Reader, spec: Spec, entry: EntryRow) -> str:
    """What the version before the standing one said, where it said something else."""
    versions = entry_history(reader, EntryHistory(entry.rid))
    if len(versions) < 2:
        return ""
    old, new = versions[-2], versions[-1]
    if not spec.long:
        return ""
    journal = journal_called(entry.journal)
    before, after = (_long(spec, entry.journal, said(journal, one.content)) for one in (old, new))
    return before if before != after else ""


def _aside(reader: Reader, entry: EntryRow) -> str:
    parts = []
    if entry.late:
        parts.append(f"补录于 {local(reader.settings.zone, entry.recorded_at):%m-%d %H:%M}")
    if entry.corrected:
        when = f"{local(reader.settings.zone, entry.recorded_at):%m-%d %H:%M}"
        parts.append(f"更正（{entry.reason}）{entry.by} {when}")
    return "；".join(parts)
