"""The curve of one measure of a plan as a plot: bands behind it, goals across it, what was reached, the last change."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.assessments.trends.measure import STEPS, Measure
from app.assessments.trends.readings import Reading
from app.core.clock import date_in
from app.rehab.progress.curves import CurvesRow, GoalLine, MeasureCurve
from app.rehab.progress.plain import named_of
from app.rehab.rules.telling import amount
from ui.kit.marks import mark_at
from ui.kit.plot import Axis, Bracket, Curve, Flag, Level, Plot, Spot, Stripe
from ui.style import Tone

DAY = "%Y-%m-%d"
TONES = {"improved": Tone.OK, "stable": Tone.INFO, "declined": Tone.DANGER, "changed": Tone.WARN}
_ROUND = (1, 2, 5, 10)
_WEEKS = (1, 2, 4, 8, 13, 26, 52)
LABELS = 7


def plot_of(row: CurvesRow, curve: MeasureCurve, zone: str) -> Plot:
    """Without readings: the empty chart with its bands and goals."""
    measure = curve.measure
    flip = -1.0 if measure.kind == STEPS else 1.0
    spots = tuple(_spot(one, flip, zone) for one in curve.readings)
    axis = _axis(measure, [one.value for one in curve.readings], curve.goals)
    since, until = _span(row, curve.readings, zone)
    return Plot(
        title="",
        unit="",
        curves=(Curve(measure.short, "primary", spots, whole=True),),
        since=since,
        until=until,
        zone=zone,
        stripes=tuple(_stripes(measure, axis)),
        axis=axis,
        moment=DAY,
        levels=tuple(Level(flip * one.value, one.words) for one in curve.goals),
        flags=tuple(Flag(_noon(one.on, zone), one.words) for one in row.milestones),
        bracket=_bracket(curve, zone),
        ticks=_ticks(row.begins, until, zone),
        loud=curve.readings[-1].words.removesuffix(measure.unit).strip() if curve.readings else "",
    )


def bracket_words(curve: MeasureCurve) -> str:
    """`较上次复评 +15 分，超过最小变化 10 分`; empty where there is nothing to compare."""
    if curve.before is None:
        return ""
    return f"较{curve.since} {amount(curve.step, named_of(curve.measure))}"


def when(reading: Reading, zone: str) -> datetime:
    """Its time, if that is of its day, else the noon of it."""
    return (
        reading.at if date_in(zone, reading.at) == reading.assessed_on else _noon(reading.assessed_on, zone)
    )


def _bracket(curve: MeasureCurve, zone: str) -> Bracket | None:
    if curve.before is None:
        return None
    tone = TONES.get(curve.step.turn, Tone.NEUTRAL)
    return Bracket(when(curve.before, zone), when(curve.readings[-1], zone), bracket_words(curve), tone)


def _spot(one: Reading, flip: float, zone: str) -> Spot:
    return Spot(
        when(one, zone), flip * one.value, f"{one.words} {one.finding}".strip(), key=one.rid, mark="dot"
    )


def _axis(measure: Measure, values: Sequence[float], goals: Sequence[GoalLine]) -> Axis:
    """The whole scale of points; of measured values what lies round readings and goals; levels by number."""
    if measure.kind == STEPS:
        levels = range(round(measure.high), round(measure.low) - 1, -1)
        return Axis(
            -measure.high - 0.5,
            -measure.low + 0.5,
            tuple(float(-one) for one in levels),
            tuple(f"{one}级" for one in levels),
        )
    low, high = measure.low, measure.high
    if measure.kind == "values":
        there = [*values, *(one.value for one in goals)] or [measure.low, measure.high]
        room = max(max(there) - min(there), abs(max(there)) * 0.2, 1) * 0.4
        low, high = max(min(there) - room, measure.low if measure.low >= 0 else min(there)), max(there) + room
    step = _round((high - low) / 5)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(place * step, 6) for place in range(first, last + 1))
    pad = (ticks[-1] - ticks[0]) * 0.01
    return Axis(ticks[0] - pad, ticks[-1] + pad, ticks)


def _round(raw: float) -> float:
    scale: float = 10.0 ** math.floor(math.log10(raw))
    return next(step * scale for step in _ROUND if step * scale >= raw * 0.999)


def _stripes(measure: Measure, axis: Axis) -> Sequence[Stripe]:
    """Bands that lie in sight; between two of them the edge lies half way."""
    flip = measure.kind == STEPS
    half = 0.5 if measure.kind != "values" else 0.0
    found = []
    for one in measure.stripes:
        low, high = (-one.high, -one.low) if flip else (one.low, one.high)
        low = axis.low if not flip and one.low <= measure.low else low - half
        high = axis.high if not flip and one.high >= measure.high else high + half
        if high > axis.low and low < axis.high:
            tone = Tone(one.tone) if one.tone in set(Tone) else Tone.NEUTRAL
            found.append(
                Stripe(max(low, axis.low), min(high, axis.high), one.short, tone, mark_at(one.number))
            )
    return found


def _span(row: CurvesRow, readings: Sequence[Reading], zone: str) -> tuple[datetime, datetime]:
    """From the first reading or the beginning of the plan to now, with a little room either side."""
    times = [_noon(row.begins, zone), _noon(row.until, zone), *(when(one, zone) for one in readings)]
    first, last = min(times), max(times)
    edge = max(last - first, timedelta(weeks=2)) * 0.035
    return first - edge, last + edge


def _ticks(begins: date, until: datetime, zone: str) -> tuple[tuple[datetime, str], ...]:
    """开始, then weeks of the plan: `4 周`, `8 周` …"""
    weeks = max((until.date() - begins).days // 7, 1)
    step = next((one for one in _WEEKS if weeks / one <= LABELS), _WEEKS[-1])
    return tuple(
        (_noon(begins + timedelta(weeks=week), zone), f"{week} 周" if week else "开始")
        for week in range(0, weeks + 1, step)
    )


def _noon(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(zone))
