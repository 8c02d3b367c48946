"""One vital sign as the catalogue describes it: words, unit, limits by age, what may be asked beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Range:
    """What is still good, both ends included."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Limits:
    """The four ranges of a value; None asks nothing."""

    hard: Range | None = None
    soft: Range | None = None
    yellow: Range | None = None
    red: Range | None = None


@dataclass(frozen=True)
class Letter:
    """One answer of a sign that is no number, such as A of ACVPU."""

    code: str
    words: str
    tone: str


@dataclass(frozen=True)
class Ask:
    """Something that may be said of how it was measured: site, posture, meal …; `choices`: (key, words)."""

    key: str
    words: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sign:
    """`first` and `second_words` name the two values of a blood pressure; `ages`: (until years, limits), ascending.

    `beyond`: what a meter shows outside its range, (low, high). `change`: kilograms from the last time that are
    asked again. `between`: yellow range of the difference of the two values (脉压).
    """

    code: str
    words: str
    short: str
    unit: str
    ucum: str
    loinc: str
    decimals: int
    limits: Limits
    ages: tuple[tuple[int, Limits], ...] = ()
    elder: tuple[int, Limits] | None = None
    first: str = ""
    second_words: str = ""
    second: Limits | None = None
    second_ages: tuple[tuple[int, Limits], ...] = ()
    second_loinc: str = ""
    between_words: str = ""
    between: Range | None = None
    letters: tuple[Letter, ...] = ()
    beyond: tuple[str, str] | None = None
    change: float | None = None
    asks: tuple[Ask, ...] = ()

    def at(self, age_years: int | None) -> Limits:
        """The limits at an age; those of adults where the age is not known."""
        if age_years is None:
            return self.limits
        if self.elder is not None and age_years >= self.elder[0]:
            return self.elder[1]
        return next((limits for until, limits in self.ages if age_years < until), self.limits)

    def second_at(self, age_years: int | None) -> Limits:
        """The limits of the second value at an age; none for a sign that has only one."""
        usual = self.second or Limits()
        if age_years is None:
            return usual
        return next((limits for until, limits in self.second_ages if age_years < until), usual)

    def letter(self, code: str) -> Letter | None:
        return next((one for one in self.letters if one.code == code), None)
