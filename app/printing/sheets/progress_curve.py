"""The curve of one measure for families: values written beside it, the least change that means something, the goal.

Readable in black and white: bands are grey stripes with names, the least change is a dashed line that says so, a goal
a thin line with its words. Words that would lie on others find another place, or are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.printing.sheet import Colour, Dot, Figure, Ink, Label, Patch, Stroke, Words
from app.printing.sheets.score_curve import Spot, Stripe
from app.printing.text import text_width

_LEFT, _RIGHT = 32.0, 92.0
_TOP, _HIGH, _FOOT = 8.0, 158.0, 20.0
_INSET = 26.0  # so that no value stands on the edge
_STRIPES = (0.89, 0.97)
_BLACK: Colour = (0.0, 0.0, 0.0)
_NUMBER = Ink("song", 9.5, 7, gray=0.15)
_VALUE = Ink("heavy", 11.5, 9)
_BAND = Ink("hei", 10, 7, gray=0.1)
_LINE = Ink("hei", 9.5, 8)
_DATE_ROOM = 56.0
_PITCH = 1.36
Box = tuple[float, float, float, float]
Shape = Stroke | Patch | Dot | Label


@dataclass(frozen=True, slots=True)
class Line:
    """A level across the curve, with its words; `dashed`: the least change that means something."""

    value: float
    words: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class ProgressCurve:
    """Readings between the ends of an axis, which has numbers at `marks`; `lines` outside of it are not drawn."""

    spots: tuple[Spot, ...]
    stripes: tuple[Stripe, ...]
    lines: tuple[Line, ...]
    low: float
    high: float
    marks: tuple[float, ...] = ()


def progress_figure(curve: ProgressCurve, width: float) -> Figure:
    """The curve in a width."""
    return Figure(_TOP + _HIGH + _FOOT, tuple(_Setting(curve, width).shapes()))


class _Setting:
    """Where days and values lie, and which places are taken by words and lines."""

    def __init__(self, curve: ProgressCurve, width: float) -> None:
        self.curve = curve
        self.wide = width - _LEFT - _RIGHT
        days = [spot.day for spot in curve.spots]
        self.first, self.span = min(days), max((max(days) - min(days)).days, 1)
        self.alone = len(set(days)) == 1
        self.points = [(self.x(spot.day), self.y(spot.value)) for spot in curve.spots]
        self.lines = [one for one in curve.lines if curve.low <= one.value <= curve.high]
        self.taken: list[Box] = list(_along(self.points))
        self.taken += [
            (_LEFT, self.y(one.value) - 0.6, _LEFT + self.wide, self.y(one.value) + 0.6) for one in self.lines
        ]

    def x(self, day: date) -> float:
        share = 0.5 if self.alone else (day - self.first).days / self.span
        return _LEFT + _INSET + share * (self.wide - 2 * _INSET)

    def y(self, value: float) -> float:
        room = self.curve.high - self.curve.low or 1.0
        return _TOP + 8 + (self.curve.high - value) / room * (_HIGH - 16)

    def shapes(self) -> Iterator[Shape]:
        yield from self._bands()
        edge = _LEFT + self.wide
        for x in (_LEFT, edge):
            yield Stroke(((x, _TOP), (x, _TOP + _HIGH)), 0.5)
        yield Stroke(((_LEFT, _TOP + _HIGH), (edge, _TOP + _HIGH)), 0.9)
        for line in self.lines:
            level = self.y(line.value)
            yield Stroke(((_LEFT, level), (edge, level)), 1.0 if line.dashed else 0.7, dashed=line.dashed)
        if len(self.points) > 1:
            yield Stroke(tuple(self.points), 1.6)
        ends = (0, len(self.points) - 1)
        for place, (x, y) in enumerate(self.points):
            yield Dot(x, y, 3.8 if place in ends else 2.6, _BLACK, filled=place in ends)
        yield from self._values()
        yield from self._said()
        yield from self._dates()

    def _bands(self) -> Iterator[Shape]:
        named: list[float] = []
        for place, stripe in enumerate(self.curve.stripes):
            top = max(self.y(stripe.high), _TOP) if stripe.high < self.curve.high else _TOP
            bottom = self.y(stripe.low) if stripe.low > self.curve.low else _TOP + _HIGH
            yield Patch(_LEFT, top, self.wide, bottom - top, _STRIPES[place % 2])
            middle = (top + bottom) / 2 - 7
            if all(abs(middle - other) >= 13 for other in named):
                named.append(middle)
                yield Label(Words(stripe.words, _BAND, lines=1), _LEFT + self.wide + 6, middle, _RIGHT - 7)
        marked: list[float] = []
        for value in (self.curve.low, self.curve.high, *self.curve.marks):
            level = self.y(value) - 6.5
            if all(abs(level - other) >= 12 for other in marked):
                marked.append(level)
                yield Label(Words(f"{value:.4g}", _NUMBER, "right"), 0, level, _LEFT - 5)

    def _values(self) -> Iterator[Label]:
        """The first and the last value before the others."""
        last = len(self.points) - 1
        for place in sorted(range(len(self.points)), key=lambda at: (at not in (0, last), -at)):
            x, y = self.points[place]
            spot = self.curve.spots[place]
            words = spot.words or f"{spot.value:g}"
            wide, high = _size(words, _VALUE)
            offered = (
                (x - wide / 2, y - high - 4),
                (x - wide / 2, y + 4),
                (x - wide - 6, y - high / 2),
                (x + 6, y - high / 2),
            )
            yield from self._placed(words, _VALUE, offered)

    def _said(self) -> Iterator[Label]:
        """The words of each line, close above or below it."""
        for line in self.lines:
            level = self.y(line.value)
            wide, high = _size(line.words, _LINE)
            room = self.wide - wide - 10
            lefts = [_LEFT + 5 + step * room / 6 for step in (0, 6, 3, 1, 2, 4, 5)]
            offered = [(left, top) for top in (level - high - 1, level + 1.5) for left in lefts]
            yield from self._placed(line.words, _LINE, offered)

    def _placed(self, words: str, ink: Ink, offered: Sequence[tuple[float, float]]) -> Iterator[Label]:
        wide, high = _size(words, ink)
        for left, top in offered:
            box = (left, top, left + wide, top + high)
            inside = left >= _LEFT + 1 and box[2] <= _LEFT + self.wide - 1
            if inside and top >= _TOP - 6 and box[3] <= _TOP + _HIGH - 1 and not self._busy(box):
                self.taken.append(box)
                yield Label(Words(words, ink, "center"), left - 2, top, wide + 4)
                return

    def _busy(self, box: Box) -> bool:
        return any(
            box[0] < right and left < box[2] and box[1] < bottom and top < box[3]
            for left, top, right, bottom in self.taken
        )

    def _dates(self) -> Iterator[Label]:
        dated: list[float] = []
        last = len(self.points) - 1
        for place in sorted(range(len(self.points)), key=lambda at: (at not in (0, last), -at)):
            x = self.points[place][0]
            if all(abs(x - other) >= _DATE_ROOM for other in dated):
                dated.append(x)
                words = Words(f"{self.curve.spots[place].day:%y-%m-%d}", _NUMBER, "center", lines=1)
                yield Label(words, x - _DATE_ROOM / 2, _TOP + _HIGH + 4, _DATE_ROOM)


def _size(words: str, ink: Ink) -> tuple[float, float]:
    return text_width(words, ink.chain) * ink.size / 1000, ink.size * _PITCH


def _along(points: Sequence[tuple[float, float]]) -> Iterator[Box]:
    """Small boxes along the curve, so that no words lie on it."""
    for x, y in points:
        yield (x - 4, y - 4, x + 4, y + 4)
    for (x0, y0), (x1, y1) in pairwise(points):
        steps = max(2, int(max(abs(x1 - x0), abs(y1 - y0)) / 3))
        for step in range(steps + 1):
            x, y = x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
            yield (x - 1.2, y - 1.2, x + 1.2, y + 1.2)
