"""What criteria are held against: measurements, scores, events, wounds and weights of a chart, without a database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

_BEYOND = {"LO": float("-inf"), "HI": float("inf")}


@dataclass(frozen=True)
class Measure:
    """One measurement that counts. `text` without `unit`; `letter` of consciousness, or LO and HI of a meter.

    `oxygen`: 吸氧 3 L/min, empty on room air; `new`: said to be new for this person.
    """

    code: str
    at: datetime
    day: date
    text: str
    unit: str = ""
    value: float | None = None
    second: float | None = None
    letter: str = ""
    words: str = ""  # of the letter
    oxygen: str = ""
    new: bool = False
    record: UUID | None = None

    @property
    def number(self) -> float | None:
        """The value; what a meter cannot show any more lies beyond every limit."""
        return _BEYOND.get(self.letter) if self.value is None else self.value

    @property
    def said(self) -> str:
        """`88 %`."""
        return f"{self.text} {self.unit}".strip()


@dataclass(frozen=True)
class Scored:
    """A complete NEWS2 of one visit. `singles`: the parameters with three points, in words."""

    total: int
    at: datetime
    singles: tuple[str, ...] = ()
    record: UUID | None = None


@dataclass(frozen=True)
class Event:
    """An incident. `answers`: what was said to the questions of its kind."""

    kind: str
    at: datetime
    words: str
    harm: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    record: UUID | None = None
    happened: str = ""
    number: str = ""


@dataclass(frozen=True)
class Wound:
    """The latest entry of one site that has not healed."""

    stage: str
    words: str
    at: datetime
    record: UUID | None = None
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """Everything criteria look at. `flags`: flag of a medicine → the medicine, those of `stopped` of one that is
    over and still works; `usual`: consciousness, A or C."""

    now: datetime
    measures: tuple[Measure, ...] = ()
    scores: tuple[Scored, ...] = ()
    events: tuple[Event, ...] = ()
    wounds: tuple[Wound, ...] = ()
    flags: Mapping[str, str] = field(default_factory=dict)
    stopped: frozenset[str] = frozenset()
    usual: str = "A"
    scale2: bool = False

    def of(self, code: str, since: datetime | None = None) -> Iterator[Measure]:
        """The measurements of a sign, the newest first."""
        found = (one for one in self.measures if one.code == code and (since is None or one.at >= since))
        return iter(sorted(found, key=lambda one: one.at, reverse=True))

    def latest(self, code: str, since: datetime | None = None) -> Measure | None:
        return next(self.of(code, since), None)

    def alert(self, one: Measure) -> bool:
        """As awake as usual: confusion that is this person's own counts as alert unless it is said to be new."""
        return one.letter == "A" or (one.letter == "C" and self.usual == "C" and not one.new)


def run_of(
    measures: Iterator[Measure], bad: Callable[[Measure], bool]
) -> tuple[Measure | None, Measure | None]:
    """Of measurements, the newest first: the first one of the newest run that is bad, and the good one before it."""
    begun: Measure | None = None
    for one in measures:
        if not bad(one):
            return begun, one
        begun = one
    return begun, None
