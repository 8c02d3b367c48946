"""What the plan of a resident is answered with: frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.rehab.progress.goals import GoalRow, Score
from app.rehab.rules.sessions import SessionKey, SessionState
from app.residents.stating import Seen


@dataclass(frozen=True)
class PlanRow:
    """A plan as it stands. `missing`: what it still needs before it runs, in words; `refused`: who did not consent.

    `paused`: the first day of a pause that lasts; `week`: the week of the plan it is in, from 1.
    """

    seen: Seen
    number: str
    words: str
    status: str
    phase: str
    begins: date
    ends: date
    review_on: date
    week: int
    missing: tuple[str, ...]
    refused: str
    paused: date | None
    lead: str
    doctor: str
    therapist: str
    ended_on: date | None
    precautions: tuple[str, ...]
    conditions: tuple[str, ...]
    evaluation: UUID | None

    @property
    def over(self) -> bool:
        return self.status in ("closed", "cancelled")

    @property
    def running(self) -> bool:
        return self.status == "running"


@dataclass(frozen=True)
class ItemRow:
    """A line of the programme. `badge` and `tone` of its discipline; `placed` of `per_week` times are on the board."""

    seen: Seen
    words: str
    discipline: str
    badge: str
    tone: str
    minutes: int
    per_week: int
    placed: int
    week: tuple[str, ...]
    dose: str
    place: str
    therapist: str
    goal: UUID | None
    together: str
    note: str
    ends: date | None


@dataclass(frozen=True)
class SessionRow:
    """A session of today. `running`: for how many minutes it goes on; `why` it was not held; `rpe`: the highest."""

    key: SessionKey
    rid: UUID | None
    at: datetime
    time: str
    words: str
    discipline: str
    badge: str
    tone: str
    therapist: str
    minutes: int
    state: SessionState
    dose: str
    running: int | None
    rpe: float | None
    why: str
    moved: bool
    tentative: bool


@dataclass(frozen=True)
class BeforeRow:
    """Values at rest: of the session that goes on, or the latest measured today. `effect`: warn, refuse or nothing;
    `fired`: the rules that say so."""

    at: datetime
    values: tuple[str, ...]
    effect: str
    fired: tuple[str, ...]


@dataclass(frozen=True)
class StopRow:
    """One stop rule as it holds for this resident. `special`: it holds for their condition, and says what to do."""

    words: str
    special: bool
    advice: str


@dataclass(frozen=True)
class LastRow:
    """The last session that was held or tried, before today's."""

    on: date
    badge: str
    words: str
    state: SessionState
    told: str


@dataclass(frozen=True)
class DayRow:
    """What is trained today, and what has to be known before."""

    day: date
    sessions: tuple[SessionRow, ...]
    before: BeforeRow | None
    stops: tuple[StopRow, ...]
    last: LastRow | None

    @property
    def done(self) -> int:
        return sum(one.state.held for one in self.sessions)

    @property
    def next(self) -> SessionRow | None:
        """The one that goes on, else the first that waits."""
        waiting = [one for one in self.sessions if one.state.open or one.state is SessionState.PLANNED]
        return next(
            (one for one in waiting if one.state is SessionState.RUNNING), waiting[0] if waiting else None
        )


@dataclass(frozen=True)
class PlanSheetRow:
    """The plan that counts of a resident (one that is not over, else the last), or none. `plans`: how many there are.

    `order`: all of them, the one that counts first, then back in time. `evaluated_on`: when they were last evaluated.
    """

    resident: UUID
    plan: PlanRow | None
    goals: tuple[GoalRow, ...]
    score: Score
    items: tuple[ItemRow, ...]
    today: DayRow | None
    plans: int
    evaluated_on: date | None
    order: tuple[UUID, ...] = ()

    def beside(self, way: int) -> UUID | None:
        """The plan before the one shown (`way` 1), or the one after it (-1)."""
        if self.plan is None or self.plan.seen.rid not in self.order:
            return None
        place = self.order.index(self.plan.seen.rid) + way
        return self.order[place] if 0 <= place < len(self.order) else None
