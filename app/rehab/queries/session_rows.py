"""What the sheet of one session is answered with: frozen rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.rehab.lists.contraindications import Contraindication
from app.rehab.lists.dose import DoseField
from app.rehab.queries.session_day import DayLine
from app.rehab.rules.stopping import Fired, Values
from app.rehab.training.guarding import Guard
from app.rehab.training.values import Rest
from app.residents.stating import Seen


@dataclass(frozen=True)
class GoalLine:
    """A goal whose number therapists write down themselves, with the last value reached."""

    rid: UUID
    words: str
    unit: str
    baseline: float | None
    target: float
    last: float | None


@dataclass(frozen=True)
class LastSession:
    """A session of the item before this one. `told`: the objective note, else what else was written."""

    on: date
    attendance: str
    dose: str
    rpe: float | None
    told: str
    soap: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Recorded:
    """What was recorded of a session so far; `wanting`: it was stopped and has no form yet."""

    seen: Seen
    at: datetime
    ended_at: datetime | None
    minutes: int
    attendance: str
    why: str
    why_words: str
    before: Values
    taken_at: datetime | None
    during: Values
    after: Values
    dose: Mapping[str, Any]
    fired: tuple[Fired, ...]
    overruled: str
    reactions: tuple[str, ...]
    soap: Mapping[str, str]
    skin: Mapping[str, Any]
    goals: Mapping[UUID, float]
    note: str
    by: str
    author: UUID
    recorded_at: datetime
    corrected: bool
    wanting: bool

    @property
    def running(self) -> bool:
        return self.ended_at is None and not self.attendance


@dataclass(frozen=True)
class SessionSheetRow:
    """One session with all that has to be known to hold it; `rid` is that of its record, made or not.

    `cannot`: why it cannot begin now, empty where it may; `asked`: contraindications to be asked today; `held`: those
    of the plan; `group`: members of its group, itself too. `rest`: at rest now; `rest_then`: at its planned time, which
    one that is written down afterwards is judged by.
    """

    rid: UUID
    line: DayLine
    day: date
    plan: UUID
    number: str
    plan_words: str
    precautions: tuple[str, ...]
    cannot: str
    guard: Guard
    rest: Rest
    rest_then: Rest
    held: tuple[Fired, ...]
    asked: tuple[Contraindication, ...]
    fields: tuple[DoseField, ...]
    prescribed: Mapping[str, Any]
    goals: tuple[GoalLine, ...]
    last: tuple[LastSession, ...]
    recorded: Recorded | None
    others: tuple[str, ...]
    group: tuple[DayLine, ...]
