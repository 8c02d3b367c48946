"""An instrument 量表 as a frozen value: its items, levels, rules, form fields and worked cases.

Read from `resources/instruments/*.toml` by `read`; nothing here knows a particular instrument.
Answers are kept by *digit* (the key that chooses an option), so that two options may carry the same score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.assessments.instruments.facts import Fact, Field, Section
from app.assessments.instruments.items import Dimension, Either, Item
from app.assessments.instruments.levels import (
    Banding,
    Block,
    Change,
    Combination,
    Contradiction,
    Decision,
    Due,
    Level,
    Scale,
    Signing,
)
from app.assessments.instruments.quantities import LeastChange, Measured, with_unit

UNABLE = -1
"""The digit of an item that could not be answered, in the first of the instrument's ways; the second is -2."""

DIRECTIONS = ("higher_is_better", "lower_is_better", "none")


@dataclass(frozen=True)
class Expected:
    """What a worked case must come to; None where there must be nothing."""

    answered: int
    fired: tuple[str, ...]
    total: int | None = None
    initial: int | None = None
    level: int | None = None
    verdicts: Mapping[str, str] = field(default_factory=dict)
    measured: float | None = None


@dataclass(frozen=True)
class Case:
    """A worked case: answers, items that could not be answered, facts, and what they come to."""

    name: str
    answers: Mapping[str, int]
    facts: Mapping[str, Fact]
    stack_raises: bool
    expected: Expected


@dataclass(frozen=True)
class Codes:
    """LOINC codes of what the instrument finds; empty where there is none or none is certain."""

    total: str = ""
    level: str = ""
    panel: str = ""


@dataclass(frozen=True)
class Instrument:
    """One instrument in one version. `source` names standard and clause, `licence` why its words may be shipped,
    `uncertain` every value that is configuration until the institution has compared it with the source."""

    code: str
    version: str
    title: str
    short: str
    group: str
    order: int
    icon: str
    standard: str
    source: str
    licence: str
    report: str
    direction: str
    due: Due
    signing: Signing
    dimensions: tuple[Dimension, ...]
    levels: tuple[Level, ...]
    cases: tuple[Case, ...]
    notice: str = ""
    uncertain: tuple[str, ...] = ()
    min_age: int = 0
    age_words: str = ""
    unable: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()
    loinc: Codes = Codes()
    either: tuple[Either, ...] = ()
    scales: tuple[Scale, ...] = ()
    unclear: str = ""
    combination: Combination | None = None
    decisions: tuple[Decision, ...] = ()
    bandings: tuple[Banding, ...] = ()
    blocks: tuple[Block, ...] = ()
    lead_in: str = ""
    changes: tuple[Change, ...] = ()
    stack_raises: bool = False
    stack_source: str = ""
    contradictions: tuple[Contradiction, ...] = ()
    sections: tuple[Section, ...] = ()
    own: bool = False
    measured: Measured | None = None
    least: LeastChange | None = None

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by its code, in the order of the form."""
        return {item.code: item for dimension in self.dimensions for item in dimension.items}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field of the information by its code, in the order of the form."""
        return {field.code: field for section in self.sections for field in section.fields}

    @cached_property
    def rivals(self) -> Mapping[str, tuple[str, ...]]:
        """By item, the others of which only one may be answered; items without rivals are left out."""
        return {
            code: tuple(other for other in group.items if other != code)
            for group in self.either
            for code in group.items
        }

    @property
    def sums(self) -> bool:
        """Whether the instrument has a total: neither a matrix, nor decisions, nor scales, nor a measured value."""
        return self.combination is None and not self.decisions and not self.scales and self.measured is None

    @cached_property
    def wanted(self) -> int:
        """How many items a complete form answers: of rivals one, of readings as many as there must be."""
        if self.measured is not None:
            return self.measured.fewest
        return len(self.items) - sum(len(group.items) - 1 for group in self.either)

    @property
    def minimum(self) -> int:
        """The least total there can be."""
        return sum(low for dimension in self.dimensions for low, _high in ends(self, dimension))

    @property
    def maximum(self) -> int:
        return sum(dimension.maximum for dimension in self.dimensions)

    @property
    def higher_is_better(self) -> bool:
        return self.direction == DIRECTIONS[0]

    def unable_words(self, digit: int) -> str:
        """What a digit below zero says, such as 拒答; empty where the instrument has no such way."""
        place = UNABLE - digit
        return self.unable[place] if 0 <= place < len(self.unable) else ""

    def level(self, number: int) -> Level:
        return next(level for level in self.levels if level.number == number)

    def level_named(self, number: int | None) -> Level | None:
        """The level of a number, or None: records of an older version may have more of them."""
        return next((level for level in self.levels if level.number == number), None)

    @cached_property
    def marks(self) -> Mapping[float, str]:
        """By value, how the options of graded items are written: 1.5 is 1+."""
        return {
            option.value: option.mark
            for item in self.items.values()
            for option in item.options
            if option.mark
        }

    @property
    def unit(self) -> str:
        """What its results are counted in."""
        return self.measured.quantity.unit if self.measured is not None else "分"

    def figure(self, value: float) -> str:
        """A total or measured value without its unit: `62`, `12.4`, `1+`."""
        if self.measured is None:
            return f"{value:g}"
        return self.marks.get(value) or self.measured.quantity.figure(value)

    def value_words(self, value: float) -> str:
        """A total or measured value as people read it: `62 分`, `12.4 秒`, `1+级`."""
        return with_unit(self.figure(value), self.unit)

    def band_words(self, low: float, high: float) -> str:
        """The ends of a band with their unit: `10.0～19.9 秒`, `1～1+级`."""
        first, last = self.figure(low), self.figure(high)
        return with_unit(first if low == high else f"{first}～{last}", self.unit)

    def level_of(self, total: float) -> Level:
        """The level of a complete total or measured value; partial totals are never banded."""
        return next(
            level
            for level in self.levels
            if level.low is not None and level.high is not None and level.low <= total <= level.high
        )


def ends(instrument: Instrument, dimension: Dimension) -> Iterator[tuple[int, int]]:
    """Lowest and highest score of each item of a dimension, rivals counted once as the span of all of them."""
    for item in dimension.items:
        group = [instrument.items[code] for code in (item.code, *instrument.rivals.get(item.code, ()))]
        first = min(group, key=lambda one: list(instrument.items).index(one.code))
        if first.code == item.code:
            yield min(one.lowest for one in group), max(one.highest for one in group)
