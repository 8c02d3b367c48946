"""What a line chart shows, as frozen values, and the arithmetic of its axes: where ticks, gaps and points stand."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

from ui.style import Tone

LABELS = 8
"""At most so many labels under a chart."""
_LEAST_GAP = timedelta(hours=30)
_STEPS = (1, 2, 2.5, 5, 10)
_HOURS = (1, 2, 3, 4, 6, 12)
_DAYS = (1, 2, 3, 4, 5, 7, 10, 14, 15, 20, 30, 45, 60, 90)
_MONTHS = (2, 3, 4, 6, 12, 24, 36, 60, 120)
_MONTHS_FROM = timedelta(days=400)
"""A span from which on labels are months with their year."""


@dataclass(frozen=True)
class Spot:
    """One measured value. `words` is how it is read out; `tone` marks what lies outside its band; `key` names it.

    `mark` is its shape (`marks.MARKS`, for paper without colour), empty a dot; `label` is written above it.
    """

    at: datetime
    value: float
    words: str
    tone: Tone | None = None
    key: Hashable = None
    mark: str = ""
    label: str = ""


@dataclass(frozen=True)
class Curve:
    """One line: its name in the legend, its colour token, its points, oldest first. `loose`: points without a line;
    `whole`: no gap is left open; `steps`: a value holds until the next."""

    words: str
    ink: str
    spots: tuple[Spot, ...]
    loose: bool = False
    whole: bool = False
    steps: bool = False


@dataclass(frozen=True)
class Stripe:
    """A band with a name, such as a level: a soft tint behind the curves, its words and mark at the right."""

    low: float
    high: float
    words: str
    tone: Tone
    mark: str = ""


@dataclass(frozen=True)
class Axis:
    """The values from bottom to top, and those that carry a line and a number, or the words given for them."""

    low: float
    high: float
    ticks: tuple[float, ...] = field(default=())
    words: tuple[str, ...] = ()

    def labels(self) -> tuple[tuple[float, str], ...]:
        """Each tick and what stands beside it."""
        return tuple(zip(self.ticks, self.words or (f"{one:g}" for one in self.ticks), strict=True))

    def share(self, value: float) -> float:
        """How far up a value stands: 0 at the bottom, 1 at the top."""
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class Level:
    """A value something is to come to: a dashed line with its words."""

    value: float
    words: str
    ink: str = "violet.text"


@dataclass(frozen=True)
class Flag:
    """Something that was reached at a time: a sign on the curve, and its words where they find room."""

    at: datetime
    words: str


@dataclass(frozen=True)
class Bracket:
    """What changed between two points of the first curve, said under (or over) them."""

    since: datetime
    until: datetime
    words: str
    tone: Tone


@dataclass(frozen=True)
class Plot:
    """One chart: what it is of, the span it shows, the institution's zone, the band of the usual range.

    `axis` where it is not to be found from the values; `moment` is how a time is read out; `ticks` are the times that
    carry a label, where they are not to be found from the span. `loud`: what stands large at the last
    point of the first curve.
    """

    title: str
    unit: str
    curves: tuple[Curve, ...]
    since: datetime
    until: datetime
    zone: str
    bands: tuple[tuple[float | None, float | None], ...] = ()
    note: str = ""
    stripes: tuple[Stripe, ...] = ()
    axis: Axis | None = None
    moment: str = "%m-%d %H:%M"
    levels: tuple[Level, ...] = ()
    flags: tuple[Flag, ...] = ()
    bracket: Bracket | None = None
    ticks: tuple[tuple[datetime, str], ...] = ()
    loud: str = ""

    @property
    def labelled(self) -> tuple[tuple[datetime, str], ...]:
        """The times that carry a label, with it."""
        return self.ticks or time_ticks(self.since, self.until, self.zone)

    @property
    def headed(self) -> bool:
        """Whether a line stands above the chart."""
        return bool(self.title or self.unit or self.note) or len(self.curves) > 1

    @property
    def empty(self) -> bool:
        return not any(curve.spots for curve in self.curves)


def value_axis(plot: Plot, most: int = 5) -> Axis:
    """An axis with round numbers that holds every value, and the edges of the usual range that lie near them."""
    values = [spot.value for curve in plot.curves for spot in curve.spots]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    near = max(high - low, abs(high) * 0.02, 1e-6) * 1.5
    for band in plot.bands:
        for edge in band:
            if edge is not None and low - near <= edge <= high + near:
                low, high = min(low, edge), max(high, edge)
    least = abs(high) * 0.02 or 1.0  # a trifle shall not look like a fall
    if high - low < least:
        low, high = (max(low - least, 0.0) if low >= 0 else low - least), high + least
    step = _round_step((high - low) / (most - 1))
    low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    count = round((high - low) / step)
    return Axis(low, high, tuple(round(low + place * step, 6) for place in range(count + 1)))


def _round_step(raw: float) -> float:
    scale: float = 10.0 ** math.floor(math.log10(raw))
    return next(step * scale for step in _STEPS if step * scale >= raw * 0.999)


def time_ticks(
    since: datetime, until: datetime, zone: str, most: int = LABELS
) -> tuple[tuple[datetime, str], ...]:
    """Moments that carry a label, counted back from the end: full hours of a day, else midnights of the institution."""
    there = ZoneInfo(zone)
    span, end = until - since, until.astimezone(there)
    if span <= timedelta(days=2):
        hours = span / timedelta(hours=1)
        step = next((one for one in _HOURS if hours / one <= most - 0.01), _HOURS[-1])
        last = end.replace(minute=0, second=0, microsecond=0)
        moments = [last - timedelta(hours=last.hour % step + step * place) for place in range(most)]
        return tuple((one, f"{one:%H:%M}") for one in reversed(moments) if since <= one <= until)
    if span > _MONTHS_FROM:
        return _month_ticks(since, end, most)
    days = span / timedelta(days=1)
    step = next((one for one in _DAYS if days / one <= most - 0.01), _DAYS[-1])
    today = end.replace(hour=0, minute=0, second=0, microsecond=0)
    midnights = [today - timedelta(days=step * place) for place in range(most)]
    return tuple((one, f"{one:%m-%d}") for one in reversed(midnights) if since <= one <= until)


def _month_ticks(since: datetime, end: datetime, most: int) -> tuple[tuple[datetime, str], ...]:
    """Firsts of months, every so many months, counted back from the last."""
    months = (end - since) / timedelta(days=30.44)
    step = next((one for one in _MONTHS if months / one <= most - 1), _MONTHS[-1])
    last = end.year * 12 + end.month - 1
    last -= last % min(step, 12)
    firsts = [
        end.replace(year=place // 12, month=place % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
        for place in range(last, last - step * most, -step)
    ]
    return tuple((one, f"{one:%Y-%m}") for one in reversed(firsts) if since <= one <= end)


def runs(spots: Sequence[Spot]) -> list[tuple[Spot, ...]]:
    """Points that a line joins: a gap much longer than usual, and than a day, is left open."""
    if len(spots) < 2:
        return [tuple(spots)] if spots else []
    usual = median((after.at - before.at).total_seconds() for before, after in pairwise(spots))
    widest = max(timedelta(seconds=usual * 3), _LEAST_GAP)
    found: list[list[Spot]] = [[spots[0]]]
    for before, after in pairwise(spots):
        if after.at - before.at > widest:
            found.append([])
        found[-1].append(after)
    return [tuple(run) for run in found]


def moments(plot: Plot) -> tuple[datetime, ...]:
    """Every time at which something was measured, oldest first."""
    return tuple(sorted({spot.at for curve in plot.curves for spot in curve.spots}))


def nearest(times: Sequence[datetime], at: datetime) -> datetime | None:
    """The measured time nearest to a moment."""
    if not times:
        return None
    place = bisect_left(times, at)
    around = times[max(0, place - 1) : place + 1]
    return min(around, key=lambda one: abs(one - at))


def spots_at(plot: Plot, at: datetime) -> tuple[tuple[Curve, Spot], ...]:
    """What was measured at a time, curve by curve."""
    return tuple((curve, spot) for curve in plot.curves for spot in curve.spots if spot.at == at)
