"""From a span of measurements to the lines of the printed record: one line a visit, corrections said beside it."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.resources import resource
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.sheets.vitals_record import Measured, Visit, VitalsRecord
from app.residents.codes import code_list
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from app.vitals.catalogue import sign_of
from app.vitals.queries.record import VitalLine, VitalRecord, VitalRecordRow, vital_record
from app.vitals.rules import News2

USUAL_DAYS = 30
LONGEST_DAYS = 366 * 2


@dataclass(frozen=True)
class VitalsRecordOf(Question[VitalsRecord]):
    """The record of a span of days, both included; neither given: of the last thirty."""

    resident: UUID
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class _Column:
    sign: str
    words: str
    unit: str
    width: float
    always: bool


@cache
def _columns() -> tuple[_Column, ...]:
    read = tomllib.loads(resource("vitals", "vitals_record.toml").read_text(encoding="utf-8"))
    return tuple(
        _Column(
            one["sign"],
            one["words"],
            one.get("unit", sign_of(one["sign"]).unit),
            float(one["width"]),
            bool(one.get("always", False)),
        )
        for one in read["columns"]
    )


@answers(VitalsRecordOf)
def vitals_record_of(reader: Reader, question: VitalsRecordOf) -> VitalsRecord:
    """Refuses a span that ends before it begins, or is longer than two years."""
    reader.require(Right.PRINT_RECORDS)
    person = chart(reader, Chart(question.resident))
    last = question.last or reader.today
    first = question.first or last - timedelta(days=USUAL_DAYS - 1)
    if last < first:
        raise Refusal("结束日期早于开始日期，请核对。", field="last")
    if (last - first).days > LONGEST_DAYS:
        raise Refusal("一次最多打印两年，请缩短日期范围。", field="first")
    zone = ZoneInfo(reader.settings.zone)
    since = datetime.combine(first, time(), zone)
    until = datetime.combine(last + timedelta(days=1), time(), zone) - timedelta(milliseconds=1)
    record = vital_record(reader, VitalRecord(question.resident, since, until))
    there = {one.code for one in record.standing()}
    columns = [one for one in _columns() if one.always or one.sign in there]
    return VitalsRecord(
        institution=reader.settings.institution_name,
        name=person.name,
        sex=code_list("sex").words(person.sex),
        age="" if person.age is None else f"{person.age}岁",
        bed=person.bed,
        number=person.number,
        address=person.address,
        diagnosis="；".join(one.words for one in person.diagnoses),
        first=first,
        last=last,
        columns=tuple(Measured(one.words, one.unit, one.width) for one in columns),
        visits=tuple(_visits(record, [one.sign for one in columns], reader.settings.zone)),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _visits(record: VitalRecordRow, codes: Sequence[str], zone: str) -> Iterable[Visit]:
    visits: dict[UUID, list[VitalLine]] = defaultdict(list)
    for line in record.standing():
        visits[line.taken.set_id].append(line)
    for set_id, lines in sorted(visits.items(), key=lambda one: one[1][0].at):
        first = {one.code: one for one in reversed(lines) if not one.taken.turn and not one.measured.absent}
        score = record.scores.get(set_id)
        note = [f"NEWS2：{score.total} 分"] if isinstance(score, News2) else []
        yield Visit(
            at=local(zone, lines[0].at).replace(tzinfo=None),
            values=tuple(first[code].taken.text if code in first else "" for code in codes),
            note="；".join([*note, *_notes(lines, set(codes))]),
            by="、".join(dict.fromkeys(one.taken.by for one in lines)),
        )


def _notes(lines: Sequence[VitalLine], shown: set[str]) -> Iterable[str]:
    """Why nothing was measured, how it was, what was repeated and corrected, what was written beside."""
    absent: dict[str, list[str]] = defaultdict(list)
    for one in lines:
        sign = sign_of(one.code)
        if one.measured.absent:
            absent[one.taken.absent].append(sign.words)
        elif one.taken.turn:
            yield f"{sign.words}复测 {one.taken.text}"
        elif one.code not in shown:
            yield f"{sign.words} {one.taken.text} {sign.unit}".strip()
        if one.taken.how:
            yield f"{sign.words}：{one.taken.how}"
        if one.former and one.former[-1].words != one.words:
            yield f"{sign.words}原 {one.former[-1].words}，更正为 {one.words}（{one.reason}）"
    for why, words in absent.items():
        yield f"{why}（{'、'.join(words)}）"
    if any(one.taken.late for one in lines):
        yield "补录"
    yield from dict.fromkeys(one.taken.note for one in lines if one.taken.note)
