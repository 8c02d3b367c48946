"""What stands on the report of any instrument: every word and figure of one assessment.

Nothing here knows an instrument. What the version before a correction said stands in `old` and is lined out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.sheet import Tick, Zone
from app.printing.sheets.signing import Signing


@dataclass(frozen=True, slots=True)
class Person:
    """Who was assessed, as far as known; `age` in full years on the day."""

    name: str
    sex: str
    born: date | None
    age: str
    bed: str
    number: str
    id_number: str  # masked: this is an internal sheet


@dataclass(frozen=True, slots=True)
class AnsweredItem:
    """One item with the text that was chosen. `score` None: it could not be answered, `text` says in what way.

    A text is a score as it is written: 1+, 12.4.
    `note`: what choosing it asked for in words; `mark`: the footnote that says whence the answer came.
    """

    number: str
    name: str
    text: str
    score: float | str | None
    note: str = ""
    mark: str = ""
    old: str = ""


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """A dimension with its items; `score` None while it has none, `band` what the score means.

    `said`: of what is measured the result with its unit, or a dash; empty where points are counted."""

    name: str
    maximum: int
    score: float | None
    band: str
    items: tuple[AnsweredItem, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """A scale with its sum and verdict. `limits`: sums from which another verdict begins; `advice` as filled in."""

    name: str
    score: float
    maximum: int
    limits: tuple[int, ...]
    verdict: str
    holds: bool
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """The total on its scale; `zones` empty where it has none or the file has changed since.

    Of what is measured: its name and the value as it is written."""

    points: float | None
    maximum: int
    zones: tuple[Zone, ...]
    name: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """What it came to. `total` None: the instrument has no total; `initial` and `final` empty: no levels to show."""

    finding: str
    total: Total | None
    initial: tuple[Tick, ...]
    changes: tuple[Tick, ...]
    final: tuple[Tick, ...]
    why: tuple[str, ...]
    risks: tuple[str, ...]
    next_due: date | None
    due_rule: str  # when the next one is, in words, where there is no day
    reached: bool  # whether a level was reached


@dataclass(frozen=True, slots=True)
class Told:
    """One field of the information that was filled in."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """One line beside the items that a correction changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class InstrumentReport:
    """Everything printed on one report. Times are the institution's local time."""

    institution: str
    title: str
    instrument: str  # title and version
    standard: str
    source: str
    notice: str
    number: str
    code: str  # payload of the QR; not printed on a draft
    day: date
    occasion: str
    place: str
    person: Person
    undone: str  # why it was not done at all; then there are neither items nor result
    groups: tuple[ItemGroup, ...]
    scales: tuple[ScaleLine, ...]
    advice: str  # what the column of advice beside the scales is called; empty: there is none
    came: Came
    told: tuple[Told, ...]
    care: tuple[Told, ...]
    conclusion: str
    corrections: tuple[Corrected, ...]
    footnotes: tuple[str, ...]
    signing: Signing
    printed_at: datetime
    printed_by: str
    draft: bool = False
    revision: int = 1
    correction: str = ""  # why it was corrected, from revision 2 on
