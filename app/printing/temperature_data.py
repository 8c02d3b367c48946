"""From measurements, stays and times away to the weeks of a temperature chart, in the institution's own days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.sheets.temperature_week import DAYS, DayRow, TemperatureChart, Week, Written
from app.printing.temperature_convention import Convention, RowKind, convention
from app.printing.temperature_journal import Kept, kept_of
from app.printing.temperature_slots import (
    Columns,
    Placing,
    beats,
    clock_words,
    one_a_slot,
    reasons,
    temperatures,
    week_starts,
)
from app.residents.codes import code_list
from app.residents.queries import Chart, ChartRow
from app.residents.queries.chart import chart
from app.residents.queries.whereabouts import Whereabouts, WhereaboutsRow, whereabouts
from app.vitals.queries.record import VitalLine, VitalRecord, vital_record

MOST_WEEKS = 60
_ADMITTED_AT, _ENDED_AT = 8, 14
"""Hours in whose column 入住 and 退住 stand when only the day is known."""
_DRAWN = ("temperature", "pulse", "heart_rate", "respiration")
_VENTILATED = "Ⓡ"


@dataclass(frozen=True)
class TemperatureChartOf(Question[TemperatureChart]):
    """The pages that hold a span of days; neither given: the page of today."""

    resident: UUID
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class TemperatureWeekOf(Question[TemperatureChart]):
    """The page that holds a day (none: today), for the screen: whoever may read the chart sees it."""

    resident: UUID
    day: date | None = None


@dataclass(frozen=True)
class _Source:
    """What a week is made of; `lines` are those of its days by sign, oldest first."""

    convention: Convention
    lines: Mapping[str, Sequence[VitalLine]]
    where: WhereaboutsRow
    zone: str
    kept: Kept

    def of(self, code: str) -> Sequence[VitalLine]:
        return self.lines.get(code, ())

    def local(self, at: datetime) -> datetime:
        return local(self.zone, at)

    def broken(self, before: datetime, after: datetime) -> bool:
        """Whether the person was away, or not measured, between two moments."""
        away = any(one.begins < after and (one.ends is None or one.ends > before) for one in self.where.away)
        return away or any(one.measured.absent and before < one.at < after for one in self.of("temperature"))


@answers(TemperatureChartOf)
def temperature_chart_of(reader: Reader, question: TemperatureChartOf) -> TemperatureChart:
    """Refuses a span that ends before it begins, or is longer than a year."""
    reader.require(Right.PRINT_RECORDS)
    return _chart(reader, question)


@answers(TemperatureWeekOf)
def temperature_week_of(reader: Reader, question: TemperatureWeekOf) -> TemperatureChart:
    reader.require(Right.READ_RESIDENTS)
    return _chart(reader, TemperatureChartOf(question.resident, question.day, question.day))


def _chart(reader: Reader, question: TemperatureChartOf) -> TemperatureChart:
    person = chart(reader, Chart(question.resident))
    last = question.last or question.first or reader.today
    first = question.first or last
    if last < first:
        raise Refusal("结束日期早于开始日期，请核对。", field="last")
    where = whereabouts(reader, Whereabouts(question.resident))
    stay = where.stay_on(last) or (where.stays[-1] if where.stays else None)
    anchor = stay.begins if stay is not None else last - timedelta(days=last.weekday())
    starts = week_starts(first, last, anchor)
    if len(starts) > MOST_WEEKS:
        raise Refusal(f"一次最多打印 {MOST_WEEKS} 周，请缩短日期范围。", field="first")
    span = (starts[0], starts[-1] + timedelta(days=DAYS))
    lines, kept = _lines(reader, question.resident, span), kept_of(reader, question.resident, span)
    zone = reader.settings.zone
    sources = [_Source(convention(), week, where, zone, kept) for week in _by_week(lines, starts, zone)]
    return TemperatureChart(
        institution=reader.settings.institution_name,
        name=person.name,
        sex=_sex(person),
        age="" if person.age is None else f"{person.age}岁",
        bed=person.bed,
        number=person.number,
        admitted="" if stay is None else stay.begins.isoformat(),
        diagnosis="；".join(one.words for one in person.diagnoses),
        weeks=tuple(_week(source, start) for source, start in zip(sources, starts, strict=True)),
        scale=convention().scale,
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _sex(person: ChartRow) -> str:
    return code_list("sex").words(person.sex)


def _lines(reader: Reader, resident: UUID, span: tuple[date, date]) -> tuple[VitalLine, ...]:
    """What stands of the days from the first up to the last, which is not among them."""
    zone = ZoneInfo(reader.settings.zone)
    since, until = (datetime.combine(day, time(), zone) for day in span)
    codes = (*_DRAWN, *sorted(convention().signs - set(_DRAWN)))
    asked = VitalRecord(resident, since, until - timedelta(milliseconds=1), codes)
    return vital_record(reader, asked).standing()


def _by_week(
    lines: Sequence[VitalLine], starts: Sequence[date], zone: str
) -> list[dict[str, list[VitalLine]]]:
    """The lines of each week by sign."""
    weeks: list[dict[str, list[VitalLine]]] = [defaultdict(list) for _ in starts]
    for one in lines:
        week = (local(zone, one.at).date() - starts[0]).days // DAYS
        weeks[week][one.code].append(one)
    return weeks


def _week(source: _Source, first: date) -> Week:
    scale = source.convention.scale
    placing = Placing(Columns(first, scale.hours), scale, source.local, source.broken)
    drawn, low = temperatures(source.of("temperature"), placing, source.convention.sites)
    breaths = one_a_slot([one for one in source.of("respiration") if one.measured.value is not None], placing)
    events = [one for one in _events(source, placing.columns) if one is not None]
    return Week(
        first=first,
        stay_days=tuple(_stay_day(source.where, first + timedelta(days=place)) for place in range(DAYS)),
        temperatures=drawn,
        pulses=beats(source.of("pulse"), placing),
        hearts=beats(source.of("heart_rate"), placing),
        breaths=tuple((slot, _breath(one)) for slot, one in breaths.items()),
        unrisen=low,
        written=(*events, *reasons(source.of("temperature"), placing)),
        rows=tuple(_row(source, row, first) for row in source.convention.rows),
    )


def _breath(line: VitalLine) -> str:
    return _VENTILATED if line.measured.said("breathing") == "ventilator" else line.words


def _stay_day(where: WhereaboutsRow, day: date) -> str:
    stay = where.stay_on(day)
    return "" if stay is None else str((day - stay.begins).days + 1)


def _events(source: _Source, columns: Columns) -> Iterator[Written | None]:
    words = source.convention.events
    for stay in source.where.stays:
        yield _written(columns.day_slot(stay.begins, _ADMITTED_AT), words["admitted"])
        if stay.ends is not None:
            ended = words["dead" if stay.death else "discharged"]
            yield _written(columns.day_slot(stay.ends, _ENDED_AT), ended)
    for away in source.where.away:
        for at, said in ((away.begins, words[away.code]), (away.ends, words["back"])):
            if at is not None:
                there = source.local(at)
                yield _written(columns.slot(there), f"{said}｜{clock_words(there)}")


def _written(slot: int | None, words: str) -> Written | None:
    return None if slot is None else Written(slot, words)


def _row(source: _Source, row: RowKind, first: date) -> DayRow:
    days: list[list[str]] = [[] for _ in range(DAYS)]
    if row.kept:
        known = source.kept.get(row.kept, {})
        days = [
            [known[day]] if (day := first + timedelta(days=place)) in known else [] for place in range(DAYS)
        ]
    for one in source.of(row.sign) if row.sign else ():
        place = (source.local(one.at).date() - first).days
        if 0 <= place < DAYS and not one.measured.absent:
            days[place].append(one.words)
    return DayRow(row.words, row.unit, tuple(_at_most(values, row.most) for values in days))


def _at_most(values: list[str], most: int) -> tuple[str, ...]:
    """The first ones and the last of a day."""
    return tuple(values) if len(values) <= most else (*values[: most - 1], values[-1])
