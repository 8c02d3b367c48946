"""An instrument 量表 as frozen values: its items, options, levels, level changes, form fields and worked cases.

Read from `resources/instruments/*.toml` by `instrument_file`; nothing here knows a particular instrument.
Answers are kept by *digit* (the key that chooses an option), so that two options may carry the same score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

Fact = str | tuple[str, ...] | tuple[tuple[str, ...], ...]
"""What one field of the information says: a text, the words of choices, or rows of texts."""


@dataclass(frozen=True)
class Option:
    """One option of an item: the digit that chooses it, what it scores, its full text."""

    digit: int
    score: int
    text: str


@dataclass(frozen=True)
class Item:
    """One item 指标. `remark` is ours (what the standard leaves contradictory), `help` is the instrument's;
    `icon` is the drawing of `resources/icons` beside it on the screen."""

    code: str
    name: str
    options: tuple[Option, ...]
    help: str = ""
    remark: str = ""
    icon: str = ""

    @property
    def highest(self) -> int:
        return max(option.score for option in self.options)

    def option(self, digit: int) -> Option | None:
        return next((option for option in self.options if option.digit == digit), None)


@dataclass(frozen=True)
class Dimension:
    """A group of items with a sub-score (一级指标); `maximum` is stated by the source and checked."""

    code: str
    name: str
    maximum: int
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Level:
    """A level and the band of totals, both ends included, that leads to it; 0 is the best."""

    number: int
    name: str
    short: str
    low: int
    high: int
    tone: str

    @property
    def words(self) -> str:
        return f"{self.number}级 {self.short}"

    @property
    def band(self) -> str:
        return f"{self.low}" if self.low == self.high else f"{self.low}～{self.high}"


@dataclass(frozen=True)
class Change:
    """A rule that changes the level. Fires when `field` says one of `words_met`, or when the counts of the
    fields in `counted` reach `at_least`. Then either `sets` the level or `raises` it by so many."""

    code: str
    words: str
    short: str
    field: str = ""
    words_met: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    at_least: int = 0
    sets: int | None = None
    raises: int = 0

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields the rule needs answered."""
        return self.counted or (self.field,)


@dataclass(frozen=True)
class Contradiction:
    """What cannot both be true: a field saying one of `words_met` and an item scored one of `scores`."""

    words: str
    field: str
    words_met: tuple[str, ...]
    item: str
    scores: tuple[int, ...]


@dataclass(frozen=True)
class Choice:
    """One choice of a field, kept by its words. `asks` names a text it asks for, `alone` excludes the others,
    `counts` is the events it stands for (None where nothing is counted). Three things suggest it: `icd`, a range
    of ICD-10 codes; `said`, words of a diagnosis without code; `codes`, entries of the code list of the field."""

    words: str
    help: str = ""
    asks: str = ""
    alone: bool = False
    icd: str = ""
    said: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    counts: int | None = None


@dataclass(frozen=True)
class Field:
    """One field of the information (appendix A). `kind` is text, date, number, choice, choices or rows;
    `known_from` is where the station knows it, `offered` the resident's coded value that suggests a choice;
    what `carries` is offered again in the next assessment."""

    code: str
    name: str
    kind: str
    choices: tuple[Choice, ...] = ()
    columns: tuple[str, ...] = ()
    group: str = ""
    help: str = ""
    unit: str = ""
    low: int | None = None
    high: int | None = None
    known_from: str = ""
    required: bool = False
    carries: bool = False
    offered: str = ""

    def choice(self, words: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.words == words), None)

    def supplement(self, words: str) -> str:
        """The key under which the text asked for by a choice is kept."""
        return f"{self.code}/{words}"

    @property
    def label(self) -> str:
        return f"{self.group}：{self.name}" if self.group else self.name


@dataclass(frozen=True)
class Section:
    """A table of the information, such as 表A.2."""

    code: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Expected:
    """What a worked case must come to; None where there must be nothing."""

    answered: int
    fired: tuple[str, ...]
    total: int | None = None
    initial: int | None = None
    level: int | None = None


@dataclass(frozen=True)
class Case:
    """A worked case: answers and facts, and what they come to."""

    name: str
    answers: Mapping[str, int]
    facts: Mapping[str, Fact]
    stack_raises: bool
    expected: Expected


@dataclass(frozen=True)
class Signing:
    """How many sign, and how many of them with a medical or nursing background."""

    assessors: int
    clinical: int
    who: str


@dataclass(frozen=True)
class Instrument:
    """One instrument in one version. `source` names standard and clause, `licence` why its words may be shipped."""

    code: str
    version: str
    title: str
    standard: str
    source: str
    licence: str
    report: str
    higher_is_better: bool
    interval_months: int
    interval: str
    signing: Signing
    dimensions: tuple[Dimension, ...]
    levels: tuple[Level, ...]
    lead_in: str
    changes: tuple[Change, ...]
    stack_raises: bool
    stack_source: str
    contradictions: tuple[Contradiction, ...]
    sections: tuple[Section, ...]
    cases: tuple[Case, ...]

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by its code, in the order of the form."""
        return {item.code: item for dimension in self.dimensions for item in dimension.items}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field of the information by its code, in the order of the form."""
        return {field.code: field for section in self.sections for field in section.fields}

    @property
    def maximum(self) -> int:
        return sum(dimension.maximum for dimension in self.dimensions)

    def level(self, number: int) -> Level:
        return next(level for level in self.levels if level.number == number)

    def level_of(self, total: int) -> Level:
        """The level of a complete total; partial totals are never banded."""
        return next(level for level in self.levels if level.low <= total <= level.high)
