"""An official form with words and ruled blanks: what is filled in stands on its line, and what finds no room is told.

A blank's value shrinks down to a floor; long texts go on over their ruled lines. What even then finds no room is not
cut: its beginning stands there with a sign, and the whole is given back as `Overflow` for an appendix.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.printing.breaking import break_lines
from app.printing.faces import clean
from app.printing.sheet import MEASURE, Figure, Ink, Label, Stroke, Words
from app.printing.text import ASCENT, fit, text_width

FORM = Ink("song", 10.5)
FILLED = Ink("kai", 10.5, 6.5)
GOES_ON = "（下接附页）"
_BASE = 5.6  # points from the base line of a row to its foot
_RULE = 1.9  # points from its rule to its foot


@dataclass(frozen=True, slots=True)
class Blank:
    """A ruled blank; `width` 0: it takes what its line has left. `name`: what it is called where it overflows."""

    value: str = ""
    width: float = 0.0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Overflow:
    """A field whose whole text stands in the appendix."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A field of several ruled lines: its words on the form, what was filled in, how many lines it has at least."""

    label: str
    value: str = ""
    least: int = 1


@dataclass
class RuledForm:
    """Collects the shapes of a form from its top down; `row`: height of a line in points."""

    row: float = 20.0
    width: float = MEASURE
    top: float = 0.0
    shapes: list[Label | Stroke] = field(default_factory=list)
    overflows: list[Overflow] = field(default_factory=list)

    def figure(self, height: float = 0.0) -> Figure:
        return Figure(max(height, self.top), tuple(self.shapes))

    def title(self, words: str, size: float = 16.0) -> None:
        ink = Ink("heavy", size)
        self.shapes.append(Label(Words(words, ink, "center", lines=1), 0, self.top, self.width))
        self.top += size * ink.pitch + 5

    def line(self, *pieces: str | Blank, left: float = 0.0) -> None:
        """Words and blanks in a row; blanks without a width share what is left of it."""
        fixed = sum(_wide(one) if isinstance(one, str) else one.width for one in pieces)
        open_ones = [one for one in pieces if isinstance(one, Blank) and not one.width]
        share = (self.width - left - fixed) / len(open_ones) if open_ones else 0.0
        x = left
        for one in pieces:
            wide = _wide(one) if isinstance(one, str) else one.width or share
            if isinstance(one, str):
                self._put(one, FORM, x, wide)
            else:
                self._blank(one, x, wide)
            x += wide
        self.top += self.row

    def texts(self, fields: Sequence[Text], room: float) -> None:
        """Fields of several lines in a height: rows and writing shrink together, then what is too long goes on."""
        for row, size in ((self.row, 10.5), (18.0, 10.0), (16.5, 9.5), (15.2, 9.0), (14.2, 8.5)):
            rows = int(room / row + 0.01)
            needs = [len(self._lines(one, size)) for one in fields]
            least = [max(need, one.least) for need, one in zip(needs, fields, strict=True)]
            if sum(least) <= rows:
                break
        given = _spread(least, rows) if sum(least) <= rows else _shared(needs, rows)
        pitch = room / rows
        for one, lines in zip(fields, given, strict=True):
            self._text(one, size, lines, pitch)

    def _text(self, one: Text, size: float, rows: int, pitch: float) -> None:
        lines = self._lines(one, size)
        if len(lines) > rows:
            self.overflows.append(Overflow(one.label.rstrip("："), one.value))
            width = self._room(one, rows - 1) - text_width(GOES_ON, "kai") * size / 1000
            lines = [*lines[: rows - 1], _shortened(lines[rows - 1], width, size) + GOES_ON]
        before = self.row
        self.row = pitch
        for at in range(rows):
            start = _wide(one.label) if at == 0 else 0.0
            if at == 0:
                self._put(one.label, FORM, 0, start)
            self._rule(start, self.width)
            if at < len(lines) and lines[at]:
                self._put(lines[at], Ink("kai", size), start + 2, self.width - start)
            self.top += pitch
        self.row = before

    def _room(self, one: Text, row: int) -> float:
        return self.width - 4 - (_wide(one.label) if row == 0 else 0.0)

    def _lines(self, one: Text, size: float) -> list[str]:
        """The first line is shorter by the form's own words."""
        text = "\n".join(part.strip() for part in clean(one.value).split("\n") if part.strip())
        if not text:
            return []
        first = _broken(text, self._room(one, 0), size)[0]
        rest = text[len(first) :].lstrip("\n ")
        return [first.rstrip(), *(_broken(rest, self._room(one, 1), size) if rest else [])]

    def _blank(self, one: Blank, left: float, width: float) -> None:
        self._rule(left, left + width)
        if not one.value:
            return
        value = one.value.replace("\n", " ")
        ink, lines = fit(Words(value, FILLED, lines=1), width - 4)
        if len(lines) > 1:
            self.overflows.append(Overflow(one.name or "续", one.value))
            value = _shortened(clean(value), width - 4 - ink.size, ink.size) + "…"
        self._put(value, Ink("kai", ink.size), left + 2, width)

    def _put(self, words: str, ink: Ink, left: float, width: float) -> None:
        base = (ink.size * ink.pitch - ink.size) / 2 + ASCENT * ink.size
        self.shapes.append(Label(Words(words, ink), left, self.top + self.row - _BASE - base, width + 2))

    def _rule(self, left: float, right: float) -> None:
        y = self.top + self.row - _RULE
        self.shapes.append(Stroke(((left, y), (right, y)), 0.5, (0.25, 0.25, 0.25)))


def _wide(words: str) -> float:
    return text_width(words, FORM.chain) * FORM.size / 1000


def _broken(text: str, width: float, size: float) -> list[str]:
    found = break_lines(text, width * 1000 / size, lambda part: text_width(part, "kai"))
    return ["".join(units) for units, _last in found]


def _shortened(line: str, width: float, size: float) -> str:
    """As much of a line as a width holds."""
    while line and text_width(line, "kai") * size / 1000 > width:
        line = line[:-1]
    return line


def _spread(least: Sequence[int], rows: int) -> list[int]:
    """Rows that are left go where, for what is needed, there are fewest."""
    given = list(least)
    while sum(given) < rows:
        at = min(range(len(given)), key=lambda place: (given[place] / least[place], -least[place]))
        given[at] += 1
    return given


def _shared(needs: Sequence[int], rows: int) -> list[int]:
    """Everybody gets a line, then who still needs one gets the next, in turn."""
    given = [1] * len(needs)
    while sum(given) < rows:
        wanting = [at for at, need in enumerate(needs) if given[at] < need]
        if not wanting:
            break
        for at in wanting[: rows - sum(given)]:
            given[at] += 1
    return given
