"""What the checks go by: the table of rules, what is a duplication, which allergy means which class, limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.medication.rules.checks.finding import Severity
from app.medication.rules.checks.rule import Rule


@dataclass(frozen=True)
class Duplicates:
    """How grave the same substance and the same class are: usually, for some classes, and where one is not regular.

    `ignored` substances are no treatment given twice (caffeine in a cold remedy), `lesser` ones hardly.
    """

    ingredient: Severity
    of_class: Severity
    not_regular: Severity
    lesser_severity: Severity
    graver: Mapping[str, Severity]
    ignored: frozenset[str]
    lesser: frozenset[str]
    source: tuple[str, ...]


@dataclass(frozen=True)
class ClassFact:
    """What the checks need of a class: its words, whether two are one treatment, which allergies it answers to."""

    key: str
    words: str
    duplicate: bool
    allergens: frozenset[str]
    cross: frozenset[str]


@dataclass(frozen=True)
class Allergies:
    """How grave an allergy to the medicine is, and one that only warns (for some classes another severity)."""

    forbids: Severity
    warns: Severity
    graver: Mapping[str, Severity]
    unknown: Severity
    source: tuple[str, ...]


@dataclass(frozen=True)
class DayLimit:
    """The most of one substance in a day, over every medicine that holds it."""

    ingredient: str
    amount: Decimal
    unit: str
    severity: Severity
    words: str
    source: tuple[str, ...]


@dataclass(frozen=True)
class Doses:
    """How grave a dose outside the usual is, and from how many times the usual it is surely a slip of the pen."""

    above: Severity
    below: Severity
    day: Severity
    gross: Severity
    gross_times: Decimal
    weekly: Severity
    source: tuple[str, ...]


@dataclass(frozen=True)
class Control:
    """For how many days a controlled medicine is ordered at most, by its form."""

    control: str
    days: int
    forms: tuple[str, ...]
    injectable: bool
    severity: Severity
    source: tuple[str, ...]


@dataclass(frozen=True)
class Swallowing:
    """Medicines that are swallowed whole: down a tube, by who is fed by one, by who eats no ordinary food."""

    tube: Severity
    fed: Severity
    texture: Severity
    textures: frozenset[str]
    risks: frozenset[str]
    source: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """`names`: what a substance is called in Chinese."""

    rules: tuple[Rule, ...]
    duplicates: Duplicates
    allergies: Allergies
    doses: Doses
    swallowing: Swallowing
    controls: tuple[Control, ...]
    limits: Mapping[str, DayLimit]
    classes: Mapping[str, ClassFact]
    substances: Mapping[str, frozenset[str]]
    skin_test: tuple[Severity, tuple[str, ...]]
    kidney_unknown: tuple[str, ...]
    names: Mapping[str, str]

    def name_of(self, ingredient: str) -> str:
        return self.names.get(ingredient, ingredient)
