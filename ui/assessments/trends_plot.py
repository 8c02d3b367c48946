"""The curve of one instrument as a plot: points or level steps on the bands of its levels, refused days as crosses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.assessments.trends.measure import POINTS, STEPS, VALUES, Measure, bands_between, figure, shown_span
from app.assessments.trends.records import RecordRow, value_of
from app.core.clock import date_in
from ui.kit.marks import CROSS, mark_at
from ui.kit.plot import Axis, Curve, Plot, Spot, Stripe
from ui.style import Tone

DAY = "%Y-%m-%d"
DIRECTIONS = {"higher_is_better": "越高越好", "lower_is_better": "越低越好", "none": ""}
_LEAST_SPAN = timedelta(days=30)


def plot_of(measure: Measure, records: Sequence[RecordRow], now: datetime, zone: str) -> Plot:
    """The chart of an instrument's records, the newest first as they come."""
    steps = measure.kind == STEPS
    oldest_first = tuple(reversed(records))
    values = [(one, value_of(measure, one)) for one in oldest_first]
    axis = _axis(measure, [value for _one, value in values if value is not None])
    spots = tuple(
        _spot(measure, one, when(one, zone), -value if steps else value)
        for one, value in values
        if value is not None
    )
    missing = tuple(_missing(one, when(one, zone), axis.low) for one, value in values if value is None)
    name = {STEPS: "等级", VALUES: "结果"}.get(measure.kind, "总分")
    curves = [Curve(name, "text2", spots, whole=measure.decimals == 0, steps=steps)] if spots else []
    if missing:
        refused = all(one.undone for one, value in values if value is None)
        curves.append(Curve("未评" if refused else "无总分", "text3", missing, loose=True))
    since, until = _span([when(one, zone) for one in records], now)
    return Plot(
        title=measure.title,
        unit="" if steps else measure.unit,
        curves=tuple(curves),
        since=since,
        until=until,
        zone=zone,
        note="　".join(filter(None, (_direction(measure), measure.banded_by))),
        stripes=_stripes(measure, axis),
        axis=axis,
        moment=DAY,
    )


def reading(measure: Measure, row: RecordRow) -> str:
    """A record in one line: `2026-05-21　62 分　中度失能（初步 1级）　常规评估　沈思远`."""
    raised = ""
    if row.level is not None and row.initial not in (None, row.level):
        raised = f"（初步等级 {row.initial} 级）"
    total = "" if row.total is None else f"{row.total} 分"  # a measured value stands in the finding
    version = "" if row.version == measure.version else f"{row.version} 版"
    parts = (row.assessed_on.isoformat(), total, row.finding + raised, row.occasion, row.who, version)
    return "　".join(part for part in parts if part)


def tone_of(words: str) -> Tone:
    """A tone kept with a record; neutral where it is none of ours."""
    return Tone(words) if words in set(Tone) else Tone.NEUTRAL


def _direction(measure: Measure) -> str:
    """`分数越高越好`; of levels nothing: they say themselves."""
    said = DIRECTIONS[measure.direction]
    return "" if measure.kind == STEPS or not said else f"{'分数' if measure.kind == POINTS else ''}{said}"


def _axis(measure: Measure, values: Sequence[float]) -> Axis:
    if measure.kind == STEPS:
        levels = range(int(measure.high), int(measure.low) - 1, -1)
        ticks = tuple(float(-one) for one in levels)
        return Axis(-measure.high - 0.5, -measure.low + 0.5, ticks, tuple(f"{one}级" for one in levels))
    low, high = shown_span(measure, values)
    pad = (high - low) * 0.03
    pad = pad if measure.kind == VALUES else max(0.5, pad)
    edges = {low, high, *(one.low for one in measure.stripes if low < one.low < high)}
    if measure.marks:
        edges = {one for one in measure.marks if one == int(one)}
    ticks = tuple(float(one) for one in sorted(edges))
    return Axis(low - pad, high + pad, ticks, tuple(figure(measure, one) for one in ticks))


def _stripes(measure: Measure, axis: Axis) -> tuple[Stripe, ...]:
    """The bands as far as the axis shows them, each to the middle between it and the next."""
    if measure.kind == STEPS:
        return tuple(
            Stripe(-one.number - 0.5, -one.number + 0.5, one.short, tone_of(one.tone), mark_at(one.number))
            for one in measure.stripes
        )
    return tuple(
        Stripe(low, high, one.short, tone_of(one.tone), mark_at(one.number))
        for one, low, high in bands_between(measure, axis.low, axis.high)
    )


def when(row: RecordRow, zone: str) -> datetime:
    """When a record stands on the curve: its time, if that is of its day, else the noon of it."""
    if date_in(zone, row.at) == row.assessed_on:
        return row.at
    return datetime.combine(row.assessed_on, time(12), ZoneInfo(zone))


def _spot(measure: Measure, row: RecordRow, at: datetime, value: float) -> Spot:
    total = "" if row.total is None else f"{row.total} 分 "
    other = "" if row.version == measure.version else f"（{row.version} 版）"
    return Spot(
        at=at,
        value=value,
        words=f"{total}{row.finding}{other}",
        tone=tone_of(row.tone),
        key=row.record,
        mark=mark_at(row.level or 0),
        label="" if measure.kind == STEPS else figure(measure, value),
    )


def _missing(row: RecordRow, at: datetime, low: float) -> Spot:
    return Spot(at, low, row.undone or row.finding, Tone.NEUTRAL, row.record, CROSS)


def _span(times: Sequence[datetime], now: datetime) -> tuple[datetime, datetime]:
    """From a little before the first to a little after now."""
    first, last = min(times, default=now), max(times, default=now)
    edge = max(max(last, now) - first, _LEAST_SPAN) * 0.04
    return first - edge, max(last, now) + edge * 0.5
