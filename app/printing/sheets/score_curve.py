"""A curve of totals over the bands of their levels, readable in black and white: grey stripes, names at the edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.printing.sheet import Colour, Dot, Figure, Ink, Label, Patch, Stroke, Words

_LEFT, _RIGHT = 26.0, 74.0  # room for the scale's numbers, and for the names of the bands
_TOP, _HIGH, _FOOT = 14.0, 150.0, 18.0
_STRIPES = (0.90, 0.97)
_BLACK: Colour = (0.0, 0.0, 0.0)
_NUMBER = Ink("song", 8, 6, gray=0.25)
_VALUE = Ink("heavy", 9, 7)
_BAND = Ink("hei", 8.5, 6, gray=0.1)
_DATE_ROOM = 46.0
_VALUE_ROOM = 20.0
_BAND_ROOM = 11.0


@dataclass(frozen=True, slots=True)
class Spot:
    """One assessment: its day, its score; `marked`: one of those the sheet is about."""

    day: date
    value: float
    marked: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Stripe:
    """A band of scores, both ends included."""

    low: float
    high: float
    words: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Spots by day, between the lowest and the highest score there can be; `step`: from one score to the next."""

    spots: tuple[Spot, ...]
    stripes: tuple[Stripe, ...]
    low: float
    high: float
    step: float = 1


def curve_figure(curve: Curve, width: float) -> Figure:
    """The curve in a width."""
    return Figure(_TOP + _HIGH + _FOOT, tuple(_Setting(curve, width).shapes()))


class _Setting:
    """Where days and scores lie."""

    def __init__(self, curve: Curve, width: float) -> None:
        self.curve = curve
        self.wide = width - _LEFT - _RIGHT
        days = [spot.day for spot in curve.spots]
        self.first = min(days)
        self.span = max((max(days) - self.first).days, 1)
        self.alone = len(set(days)) == 1
        self.unit = _HIGH / max(curve.high - curve.low + curve.step, curve.step)

    def x(self, day: date) -> float:
        inset = 14.0  # so that no dot stands on the edge
        share = 0.5 if self.alone else (day - self.first).days / self.span
        return _LEFT + inset + share * (self.wide - 2 * inset)

    def y(self, value: float) -> float:
        """The middle of the stretch that stands for a whole score."""
        return _TOP + (self.curve.high + self.curve.step / 2 - value) * self.unit

    def shapes(self) -> Iterator[Stroke | Patch | Dot | Label]:
        yield from self._stripes()
        edge = _LEFT + self.wide
        for x in (_LEFT, edge):
            yield Stroke(((x, _TOP), (x, _TOP + _HIGH)), 0.5)
        yield Stroke(((_LEFT, _TOP + _HIGH), (edge, _TOP + _HIGH)), 0.8)
        points = [(self.x(spot.day), self.y(spot.value)) for spot in self.curve.spots]
        if len(points) > 1:
            yield Stroke(tuple(points), 1.1)
        for (x, y), spot in zip(points, self.curve.spots, strict=True):
            yield Dot(x, y, 3.4 if spot.marked else 2.2, _BLACK, filled=spot.marked)
        yield from self._captions(points)

    def _stripes(self) -> Iterator[Patch | Label]:
        last = _TOP + _HIGH + _BAND_ROOM
        for at, stripe in enumerate(sorted(self.curve.stripes, key=lambda one: one.low)):
            half = self.curve.step / 2
            top, bottom = self.y(stripe.high + half), self.y(stripe.low - half)
            yield Patch(_LEFT, top, self.wide, bottom - top, _STRIPES[at % 2])
            place = min((top + bottom) / 2 - 6, last - _BAND_ROOM)  # names of narrow bands are moved up
            last = place
            yield Label(Words(stripe.words, _BAND, lines=1), _LEFT + self.wide + 5, place, _RIGHT - 6)
        for value in sorted({self.curve.low, self.curve.high, *self._limits()}):
            yield Label(
                Words(f"{value:.3g}" if self.curve.step != 1 else str(value), _NUMBER, "right"),
                0,
                self.y(value) - 5.4,
                _LEFT - 4,
            )

    def _limits(self) -> Iterator[float]:
        """Lower ends of the stripes that leave room for their number."""
        last = float(self.curve.low)
        for stripe in sorted(self.curve.stripes, key=lambda one: one.low):
            if (stripe.low - last) * self.unit >= 10 and (self.curve.high - stripe.low) * self.unit >= 10:
                last = stripe.low
                yield stripe.low

    def _captions(self, points: list[tuple[float, float]]) -> Iterator[Label]:
        """Days below and scores beside the spots, those of the sheet's own first; what finds no room is left out."""
        order = sorted(range(len(points)), key=lambda at: (not self.curve.spots[at].marked, -at))
        dated: list[float] = []
        valued: list[float] = []
        for at in order:
            spot, (x, y) = self.curve.spots[at], points[at]
            if all(abs(x - other) >= _DATE_ROOM for other in dated):
                dated.append(x)
                left = min(max(x - _DATE_ROOM / 2, _LEFT - 8), _LEFT + self.wide + 8 - _DATE_ROOM)
                words = Words(f"{spot.day:%y-%m-%d}", _NUMBER, "center", lines=1)
                yield Label(words, left, _TOP + _HIGH + 4, _DATE_ROOM)
            if all(abs(x - other) >= _VALUE_ROOM for other in valued):
                valued.append(x)
                top = y + 3.5 if self._valley(at) and y + 18 < _TOP + _HIGH else y - 16
                yield Label(Words(spot.words or str(spot.value), _VALUE, "center"), x - 14, top, 28)

    def _valley(self, at: int) -> bool:
        """Whether the curve comes from above or goes up from here, so that the number stands better below."""
        spots = self.curve.spots
        near = [spots[other].value for other in (at - 1, at + 1) if 0 <= other < len(spots)]
        return bool(near) and spots[at].value < sum(near) / len(near)
