"""What questions about due assessments are answered with: a line of the worklist, its causes, decision and draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from app.assessments.due.rules import CauseKey
from app.assessments.queries import LevelRow
from app.residents.stating import Seen


@dataclass(frozen=True)
class CauseRow:
    """One cause in words. `first_due`: when it was due before it was put off."""

    code: str
    day: date
    due_on: date
    words: str
    first_due: date | None = None

    @property
    def key(self) -> CauseKey:
        return self.code, self.day


@dataclass(frozen=True)
class DecisionRow:
    """What was decided, by whom, why; `seen` are the records of it, one a cause. `until` None: no longer applies."""

    seen: tuple[Seen, ...]
    until: date | None
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class DraftRow:
    """A draft in a list: who holds it, how much is answered, and whether its first signature is given."""

    holder: UUID
    holder_name: str
    saved_at: datetime
    answered: int
    awaits_second: bool


@dataclass(frozen=True)
class DueRow:
    """What is due of one resident by one instrument. `state`: open, deferred, waived; empty for a draft only.

    `causes`: why, the first first, those an assessment now would be made for; `occasion` is how the form calls the
    first. `latest`: what the last one came to; `refused`: since then somebody tried and could not, in words.
    `ability` is the tone of the resident's level by GB/T 42195-2022, empty before the first; `wanted` is how many
    items a whole form answers.
    """

    resident: UUID
    number: str
    name: str
    sex: str
    birth_date: date | None
    bed: str
    away: str
    instrument: str
    short: str
    title: str
    state: str
    due_on: date | None
    causes: tuple[CauseRow, ...] = ()
    occasion: str = ""
    decision: DecisionRow | None = None
    latest: LevelRow | None = None
    refused: str = ""
    draft: DraftRow | None = None
    ability: str = ""
    wanted: int = 0

    @property
    def key(self) -> tuple[UUID, str, str, date | None]:
        """Names the line in a list: a resident may have an open and a deferred one of the same instrument."""
        return self.resident, self.instrument, self.state, self.decision.until if self.decision else None

    @property
    def why(self) -> str:
        """跌倒后 11-10、11-20、定期."""
        said: dict[str, str] = {}
        for one in self.causes:
            _what, _, day = one.words.partition(" ")
            said[one.code] = f"{said[one.code]}、{day}" if one.code in said else one.words
        return "、".join(said.values())


@dataclass(frozen=True)
class DueCounts:
    """How many lines each view has, how many residents are in the house, and the lines of one view by instrument.

    `shelf`: code and short name of every instrument, in their order.
    """

    due: int = 0
    overdue: int = 0
    draft: int = 0
    decided: int = 0
    residents: int = 0
    by_instrument: Mapping[str, int] = field(default_factory=dict)
    shelf: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DuePage:
    """A stretch of the worklist, how many lines there are in all, and the counts beside the filters."""

    rows: tuple[DueRow, ...]
    count: int
    counts: DueCounts
