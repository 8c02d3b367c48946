"""What an instrument asks: items with their options, points or measured numbers, in dimensions."""

from __future__ import annotations

from dataclasses import dataclass

from app.assessments.instruments.levels import Band
from app.assessments.instruments.quantities import Quantity, plain

MOST_LINES = 8
"""Options of an item that stand in full, one under the other."""


@dataclass(frozen=True)
class Option:
    """One option of an item: the digit that chooses it, what it scores, its full text.

    `asks` names a text that choosing it asks for; a known value in [`at_least`, `below`) suggests it;
    `risk` is the grade of the item's risk that it stands for. `mark` is how the option is written where that is not
    its digit (1+, 3−, Ⅳ), `value` the number it stands for then.
    """

    digit: int
    score: int
    text: str
    asks: str = ""
    at_least: float | None = None
    below: float | None = None
    risk: str = ""
    mark: str = ""
    value: float = 0.0

    @property
    def sign(self) -> str:
        """How it is written: its mark, or else its digit."""
        return self.mark or str(self.digit)

    @property
    def key(self) -> str:
        """What is typed for it: its mark where a keyboard has it."""
        return self.mark if self.mark.isascii() and self.mark else str(self.digit)

    @property
    def counts(self) -> float:
        """The number it stands for, as answers keep it."""
        return plain(self.value) if self.mark else self.score

    def covers(self, value: float) -> bool:
        """Whether a known value suggests this option; one without range is never suggested."""
        if self.at_least is None and self.below is None:
            return False
        return (self.at_least is None or value >= self.at_least) and (
            self.below is None or value < self.below
        )


@dataclass(frozen=True)
class Item:
    """One item 指标. `remark` is ours (what the source leaves contradictory), `help` is the instrument's;
    `icon` is the drawing of `resources/icons` beside it on the screen. `points`: a number is typed, the options are
    the numbers. `quantity`: a number is measured, with a stopwatch beside it where `timed`. `known` names what the
    station may know of it, `risk` the risk its options grade."""

    code: str
    name: str
    options: tuple[Option, ...]
    help: str = ""
    remark: str = ""
    icon: str = ""
    points: bool = False
    known: str = ""
    risk: str = ""
    loinc: str = ""
    quantity: Quantity | None = None
    timed: bool = False

    @property
    def label(self) -> str:
        return labelled(self.code, self.name)

    @property
    def highest(self) -> int:
        return max(option.score for option in self.options)

    @property
    def lowest(self) -> int:
        return min(option.score for option in self.options)

    @property
    def in_row(self) -> bool:
        """Whether its options stand side by side: numbers, or more grades than lines are good for."""
        return self.points or len(self.options) > MOST_LINES

    def option(self, digit: int) -> Option | None:
        """The option of a digit; of what is measured one made for the value."""
        if self.quantity is not None:
            value = self.quantity.value(digit)
            if not self.quantity.holds(value):
                return None
            said = self.quantity.words(value)
            return Option(digit, digit, said, mark=self.quantity.figure(value), value=value)
        return next((option for option in self.options if option.digit == digit), None)

    def supplement(self, digit: int) -> str:
        """The key under which the text asked for by an option is kept among the facts."""
        return f"{self.code}/{digit}"


@dataclass(frozen=True)
class Either:
    """Items of which exactly one is answered; `words` say when which."""

    items: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Dimension:
    """A group of items with a sub-score (一级指标); `maximum` is stated by the source and checked."""

    code: str
    name: str
    maximum: int
    items: tuple[Item, ...]
    bands: tuple[Band, ...] = ()
    loinc: str = ""

    def band_of(self, points: float) -> Band | None:
        return next((band for band in self.bands if band.low <= points <= band.high), None)


def labelled(code: str, name: str) -> str:
    """Number and name of an item as people read it: `B.1.1 进食`. A code that is a word of ours is no number."""
    return name if code.islower() and not any(sign.isdigit() for sign in code) else f"{code} {name}"
