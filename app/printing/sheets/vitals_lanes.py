"""Signs of the last days in lanes over one axis of time, readable without colour: every lane names its last value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.printing.sheet import MEASURE, Colour, Dot, Figure, Ink, Label, Patch, Stroke, Words

_LEFT, _RIGHT = 64.0, 58.0
_HIGH = 63.0
_GAP = 5.0
_FOOT = 30.0
_BLACK: Colour = (0.0, 0.0, 0.0)
_DIM: Colour = (0.55, 0.55, 0.55)
_SMALL = Ink("song", 8, 6, gray=0.25)
_LAST = Ink("heavy", 10, 7)
_NUMBER_ROOM = 17.0
Shape = Stroke | Dot | Label | Patch


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a local time; `second` of two: diastolic."""

    at: datetime
    value: float
    second: float | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One sign. `last`: its last value in words."""

    title: str
    unit: str
    points: tuple[Point, ...]
    last: str = ""


@dataclass(frozen=True, slots=True)
class Lanes:
    """Lanes over the hours up to `until`, a local time."""

    lanes: tuple[Lane, ...]
    until: datetime
    hours: int = 72


def lanes_figure(data: Lanes) -> Figure:
    """All lanes; one without values says so."""
    shapes: list[Shape] = []
    for place, lane in enumerate(data.lanes):
        shapes += _lane(data, lane, place * (_HIGH + _GAP))
    bottom = len(data.lanes) * (_HIGH + _GAP) - _GAP
    shapes += _hours(data, bottom)
    return Figure(bottom + _FOOT, tuple(shapes))


def _x(data: Lanes, at: datetime) -> float:
    wide = MEASURE - _LEFT - _RIGHT
    since = (data.until - at).total_seconds() / 3600
    return _LEFT + 13 + (1 - since / data.hours) * (wide - 26)


def _lane(data: Lanes, lane: Lane, top: float) -> Iterator[Shape]:
    low, high = _span(lane)
    scale = (_HIGH - 26) / (high - low)

    def y(value: float) -> float:
        return top + 13 + (high - value) * scale

    yield from _days(data, top)
    right = MEASURE - _RIGHT
    frame = ((_LEFT, top), (right, top), (right, top + _HIGH), (_LEFT, top + _HIGH), (_LEFT, top))
    yield Stroke(frame, 0.6, _DIM)
    yield Label(Words(lane.title, Ink("heavy", 9.5, 7), lines=1), 0, top + 14, _LEFT - 6)
    yield Label(Words(lane.unit, _SMALL, lines=1), 0, top + 29, _LEFT - 6)
    if not lane.points:
        yield Label(
            Words(f"近 {data.hours} 小时没有记录", _SMALL, "center"),
            _LEFT,
            top + _HIGH / 2 - 5,
            right - _LEFT,
        )
        return
    yield Label(Words("最近", _SMALL, lines=1), right + 6, top + 14, _RIGHT - 6)
    yield Label(Words(lane.last, _LAST, lines=1), right + 6, top + 26, _RIGHT - 6)
    spots = [(_x(data, one.at), y(one.value)) for one in lane.points]
    if len(spots) > 1:
        yield Stroke(tuple(spots), 0.9)
    pairs = [
        (x, y(one.second)) for (x, _), one in zip(spots, lane.points, strict=True) if one.second is not None
    ]
    if len(pairs) > 1:
        yield Stroke(tuple(pairs), 0.7, _BLACK, dashed=True)
    for x, at in spots:
        yield Dot(x, at, 1.8, _BLACK)
    for x, at in pairs:
        yield Dot(x, at, 1.8, _BLACK, filled=False)
    yield from _numbers(lane, spots, pairs)


def _span(lane: Lane) -> tuple[float, float]:
    values = [one.value for one in lane.points] + [
        one.second for one in lane.points if one.second is not None
    ]
    low, high = min(values, default=0.0), max(values, default=1.0)
    return (low - 0.5, high + 0.5) if high - low < 1 else (low, high)


def _numbers(
    lane: Lane, spots: list[tuple[float, float]], pairs: list[tuple[float, float]]
) -> Iterator[Label]:
    """Values above their spots, the last one and the extremes first; what finds no room is left out."""
    values = [one.value for one in lane.points]
    order = [
        len(values) - 1,
        values.index(max(values)),
        values.index(min(values)),
        *reversed(range(len(values))),
    ]
    taken: list[float] = []
    for at in order:
        x, y = spots[at]
        if all(abs(x - other) >= _NUMBER_ROOM for other in taken):
            taken.append(x)
            yield Label(Words(f"{values[at]:g}", _SMALL, "center", lines=1), x - 12, y - 12.5, 24)
    seconds = [one.second for one in lane.points if one.second is not None]
    taken = []
    for at in reversed(range(len(pairs))):
        x, y = pairs[at]
        if all(abs(x - other) >= _NUMBER_ROOM for other in taken):
            taken.append(x)
            yield Label(Words(f"{seconds[at]:g}", _SMALL, "center", lines=1), x - 12, y + 1.5, 24)


def _days(data: Lanes, top: float) -> Iterator[Shape]:
    """Every other day is shaded, and each mark has its tick below the frame: no line crosses a number."""
    marks = list(_marks(data))
    first = data.until - timedelta(hours=data.hours)
    edges = [first, *(at for at, whole in marks if whole), data.until]
    for place in range(1, len(edges) - 1, 2):
        left, right = _x(data, edges[place]), _x(data, edges[place + 1])
        yield Patch(left, top, right - left, _HIGH, 0.95)
    for at, whole in marks:
        x = _x(data, at)
        yield Stroke(((x, top + _HIGH), (x, top + _HIGH + (4 if whole else 2.5))), 0.6, _DIM)


def _marks(data: Lanes) -> Iterator[tuple[datetime, bool]]:
    """Every twelve hours of the window, and whether it is midnight."""
    first = data.until - timedelta(hours=data.hours)
    at = first.replace(hour=0, minute=0, second=0, microsecond=0)
    while at <= data.until:
        if at > first:
            yield at, at.hour == 0
        at += timedelta(hours=12)


def _hours(data: Lanes, bottom: float) -> Iterator[Label]:
    for at, whole in _marks(data):
        x = _x(data, at)
        words = f"{at:%m-%d}\n0 时" if whole else "12 时"
        yield Label(Words(words, _SMALL, "center"), x - 22, bottom + 6, 44)
