"""The grid of a temperature chart: lines, blue temperatures, red pulses, and the words written down its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.printing.sheet import Colour, Dot, Ink, Label, Stroke, Words
from app.printing.sheets.temperature_week import DAYS, Beats, ChartScale, Sign, Temperature, Week, Written

BLACK: Colour = (0.0, 0.0, 0.0)
BLUE: Colour = (0.05, 0.22, 0.66)
RED: Colour = (0.80, 0.07, 0.12)
PALE: Colour = (0.80, 0.82, 0.84)
DIM: Colour = (0.50, 0.53, 0.56)
ROW = 12.0
"""Height (points) of a fifth of a degree: one character stands in it."""
FIFTHS = 5
_INK = 8.2
Shape = Stroke | Dot | Label


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the grid stands on the page: its left and top edge, the width of one column, the scales."""

    left: float
    top: float
    column: float
    scale: ChartScale

    @property
    def height(self) -> float:
        return (self.scale.highest - self.scale.lowest) * FIFTHS * ROW

    @property
    def per_day(self) -> int:
        return len(self.scale.hours)

    @property
    def right(self) -> float:
        return self.left + self.column * self.per_day * DAYS

    def x(self, slot: int) -> float:
        """The middle of a column."""
        return self.left + (slot + 0.5) * self.column

    def y(self, degree: float) -> float:
        """The height of a temperature; what lies beyond the scale stands at its edge."""
        inside = min(max(degree, self.scale.lowest), self.scale.highest)
        return self.top + (self.scale.highest - inside) * FIFTHS * ROW

    def beats(self, beats: float) -> float:
        """The height of a pulse."""
        return self.y(self.scale.degree_of_beats(beats))


def grid_lines(frame: Frame) -> Iterator[Shape]:
    """Fifths of a degree, degrees, the red one, columns and days."""
    bottom = frame.top + frame.height
    for column in range(1, frame.per_day * DAYS):
        if column % frame.per_day:
            x = frame.left + column * frame.column
            yield Stroke(((x, frame.top), (x, bottom)), 0.35, PALE)
    rows = (frame.scale.highest - frame.scale.lowest) * FIFTHS
    for row in range(1, rows):
        y = frame.top + row * ROW
        degree = row % FIFTHS == 0
        yield Stroke(((frame.left, y), (frame.right, y)), 0.8 if degree else 0.35, DIM if degree else PALE)
    red = frame.y(frame.scale.marked)
    yield Stroke(((frame.left, red), (frame.right, red)), 1.1, RED)


def curves(frame: Frame, week: Week) -> Iterator[Shape]:
    """Lines first, then the signs; where pulse and temperature meet, the red ring goes round the blue sign."""
    yield from _joined(
        [(frame.x(one.slot), frame.y(one.value), one.joined) for one in week.temperatures], BLUE
    )
    for beats in (week.pulses, week.hearts):
        yield from _joined([(frame.x(one.slot), frame.beats(one.value), one.joined) for one in beats], RED)
    for one in week.temperatures:
        yield from _cooling(frame, one)
    at = {one.slot: one for one in week.temperatures}
    for one in week.temperatures:
        yield from site_sign(frame.x(one.slot), frame.y(one.value), one.sign)
        yield from _beyond(frame, one.slot, frame.y(one.value), _outside(one.value, frame), BLUE)
    for pulse in week.pulses:
        yield from _pulse(frame, pulse, at.get(pulse.slot))
    for heart in week.hearts:
        yield Dot(frame.x(heart.slot), frame.beats(heart.value), 2.4, RED, filled=False)


def site_sign(x: float, y: float, sign: Sign) -> Iterator[Shape]:
    """× axillary, ● oral, ○ rectal, all blue."""
    if sign == "cross":
        reach = 2.7
        yield Stroke(((x - reach, y - reach), (x + reach, y + reach)), 1.1, BLUE)
        yield Stroke(((x - reach, y + reach), (x + reach, y - reach)), 1.1, BLUE)
    else:
        yield Dot(x, y, 2.5, BLUE, filled=sign == "disc")


def down(frame: Frame, slot: int, words: str, ink: Colour, first: int = 0) -> Iterator[Shape]:
    """Words written down a column, one sign to a fifth of a degree, from the `first` fifth below the top."""
    for place, sign in enumerate(words):
        top = frame.top + (first + place) * ROW + (ROW - _INK * 1.36) / 2
        left = frame.left + slot * frame.column
        yield Label(Words(sign, Ink("song", _INK, rgb=ink), "center"), left, top, frame.column)


def written(frame: Frame, week: Week) -> Iterator[Shape]:
    """Events in red and reasons in black from the top, each in the nearest free column; 不升 under its degree."""
    taken: set[int] = set()
    last = frame.per_day * DAYS - 1
    for one in sorted(week.written, key=lambda one: (one.slot, not one.event)):
        free = [slot for slot in range(one.slot, last + 1) if slot not in taken]
        free = free or [slot for slot in range(last, -1, -1) if slot not in taken]
        taken.add(free[0])
        yield from down(frame, free[0], _fitting(frame, one), RED if one.event else BLACK)
    under = round((frame.scale.highest - frame.scale.unrisen) * FIFTHS)
    for slot in week.unrisen:
        yield from down(frame, slot, frame.scale.unrisen_words, BLUE, under)


def _fitting(frame: Frame, one: Written) -> str:
    """As many signs as the column has rows."""
    return one.words[: (frame.scale.highest - frame.scale.lowest) * FIFTHS]


def _joined(points: Sequence[tuple[float, float, bool]], colour: Colour) -> Iterator[Shape]:
    for before, after in pairwise(points):
        if after[2]:
            yield Stroke((before[:2], after[:2]), 0.9, colour)


def _cooling(frame: Frame, one: Temperature) -> Iterator[Shape]:
    """What it fell to half an hour after cooling: a red ring in the same column, joined by a red dashed line."""
    if one.cooled is not None:
        x, y = frame.x(one.slot), frame.y(one.cooled)
        yield Stroke(((x, frame.y(one.value)), (x, y)), 0.9, RED, dashed=True)
        yield Dot(x, y, 2.5, RED, filled=False)


def _pulse(frame: Frame, pulse: Beats, warmth: Temperature | None) -> Iterator[Shape]:
    x, y = frame.x(pulse.slot), frame.beats(pulse.value)
    if warmth is None or abs(frame.y(warmth.value) - y) > 3.5:
        yield Dot(x, y, 2.4, RED)
    elif warmth.sign == "ring":
        yield Dot(x, y, 1.3, RED)
    else:
        yield Dot(x, frame.y(warmth.value), 4.2, RED, filled=False)
        yield from site_sign(x, frame.y(warmth.value), warmth.sign)
    highest, lowest = frame.scale.beats_highest, _lowest_beats(frame.scale)
    number = str(pulse.value) if not lowest <= pulse.value <= highest else ""
    yield from _beyond(frame, pulse.slot, y, number, RED)


def _outside(value: float, frame: Frame) -> str:
    return "" if frame.scale.lowest <= value <= frame.scale.highest else f"{value:.0f}"


def _beyond(frame: Frame, slot: int, y: float, number: str, colour: Colour) -> Iterator[Shape]:
    """The number of what lies beyond the scale, beside its sign at the edge."""
    if number:
        top = y + 4 if y < frame.top + frame.height / 2 else y - 13
        left = frame.left + slot * frame.column
        yield Label(Words(number, Ink("hei", 6, 5, rgb=colour), "center"), left - 2, top, frame.column + 4)


def _lowest_beats(scale: ChartScale) -> float:
    return scale.beats_highest - (scale.highest - scale.lowest) * scale.beats_per_degree
