"""How answers become a level: bands, a matrix, decisions, scales with verdicts, and the rules that change a level."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

GRADES = ("guard", "high")
"""How much a risk asks for: 需防护, 高风险 (the words of the nine-risk check)."""


@dataclass(frozen=True)
class Every:
    """How long until the next: so many months, or so many days."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """That long after a day: the same day of a later month (or its last one), or so many days on."""
        if not self.months:
            return day + timedelta(days=self.days)
        years, month = divmod(day.month - 1 + self.months, 12)
        year = day.year + years
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class RiskSign:
    """A risk of `resources/codes/risks.toml` that a level or an answer stands for; `grade` is one of GRADES."""

    code: str
    grade: str


@dataclass(frozen=True)
class Level:
    """A level and the band of totals, both ends included, that leads to it; 0 is the best.

    `low` and `high` are None where the level comes from a matrix or a decision. `every` is the interval at this
    level; `tasks` are codes of care tasks and `precautions` sentences that it proposes. `bare`: its number is not
    said, since what is measured may be a grade itself.
    """

    number: int
    name: str
    short: str
    low: float | None
    high: float | None
    tone: str
    risk: RiskSign | None = None
    every: Every | None = None
    tasks: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    bare: bool = False

    @property
    def words(self) -> str:
        return self.short if self.bare else f"{self.number}级 {self.short}"

    @property
    def band(self) -> str:
        if self.low is None:
            return ""
        return f"{self.low:g}" if self.low == self.high else f"{self.low:g}～{self.high:g}"


@dataclass(frozen=True)
class Band:
    """A grade of one dimension by its sub-score, both ends included; 0 is the best."""

    number: int
    name: str
    low: int
    high: int
    tone: str


@dataclass(frozen=True)
class Banding:
    """Other bands for whom a fact holds (such as the schooling in MMSE): one pair for each level, by number."""

    field: str
    words_met: tuple[str, ...]
    bands: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Combination:
    """The level stands in a table: row by the band of one dimension, column by the worst band of others."""

    rows: str
    worst_of: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]
    source: str


@dataclass(frozen=True)
class Decision:
    """The level holds when every item of `all_of` and one of `any_of` score at least so much."""

    level: int
    all_of: tuple[str, ...]
    any_of: tuple[str, ...]
    score_at_least: int = 1


@dataclass(frozen=True)
class Verdict:
    """What a scale comes to: holds from `at_least` on, with every other scale at `others_at_most`."""

    words: str
    tone: str
    at_least: int | None = None
    others_at_most: int | None = None

    @property
    def last(self) -> bool:
        """Whether it holds without condition."""
        return self.at_least is None and self.others_at_most is None


@dataclass(frozen=True)
class Scale:
    """A sum over some items, those of `reversed` counted the other way; `verdicts` are tried in order."""

    code: str
    name: str
    items: tuple[str, ...]
    reversed: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    loinc: str = ""


@dataclass(frozen=True)
class Change:
    """A rule that changes the level. Fires when `field` says one of `words_met`, or when the counts of the
    fields in `counted` reach `at_least`, and the initial level is one of `only_at` where that is given.
    Then either `sets` the level or `raises` it by so many."""

    code: str
    words: str
    short: str
    field: str = ""
    words_met: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    at_least: int = 0
    sets: int | None = None
    raises: int = 0
    only_at: tuple[int, ...] = ()

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
class Block:
    """A condition under which the test must not be done: no result can be signed, `words` say what to do instead."""

    words: str
    field: str
    words_met: tuple[str, ...]


@dataclass(frozen=True)
class Due:
    """When the next one is due. `routine`: everybody it applies to in the house must have one.

    `admission_days` and `after_days` count from the admission and from an event of `after`.
    """

    words: str
    routine: bool
    admission_days: int | None = None
    every: Every | None = None
    after: tuple[str, ...] = ()
    after_days: int = 1
    min_age: int = 0


@dataclass(frozen=True)
class Signing:
    """How many sign, how many of them with a medical or nursing background, and which professions may at all."""

    assessors: int
    clinical: int
    who: str
    professions: tuple[str, ...] = ()
