"""Goals of a plan with how far each has come: the latest rating, and what a newer assessment would make of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.assessments.shelf import instruments
from app.assessments.trends.readings import Reading, readings
from app.core.clock import date_in
from app.core.unit import Reader
from app.rehab.planning.goals import step_reached
from app.rehab.reading import leading
from app.rehab.rules.attainment import LOWEST, score_of, way_of
from app.residents.stating import Seen
from db.models import GoalRating, RehabGoal


@dataclass(frozen=True)
class RatingRow:
    """One rating: the number reached and the GAS step it was given."""

    seen: Seen
    goal: UUID
    on: date
    at: datetime
    value: float | None
    gas: int | None
    note: str
    by: str


@dataclass(frozen=True)
class Read:
    """A reading of the goal's instrument that nobody has rated yet, and the step it would make."""

    record: UUID
    on: date
    value: float
    gas: int


@dataclass(frozen=True)
class GoalRow:
    """One goal as it stands. `short` names its instrument, empty for a number of the goal's own.

    `ratings` the newest first; `fresh`: a newer reading that waits to be rated. `value` is the last number rated, else
    where it began.
    """

    seen: Seen
    plan: UUID
    term: str
    status: str
    action: str
    condition: str
    measure: str
    short: str
    unit: str
    baseline: float | None
    target: float
    falling: bool
    begins: date
    due_on: date
    attained_on: date | None
    serves: UUID | None
    weight: int
    steps: dict[str, Any]
    ratings: tuple[RatingRow, ...] = ()
    fresh: Read | None = None

    @property
    def words(self) -> str:
        """`一人轻扶坐到站，连续 5 次，无头晕`."""
        return "，".join(part for part in (self.action, self.condition) if part)

    @property
    def rating(self) -> RatingRow | None:
        return self.ratings[0] if self.ratings else None

    @property
    def gas(self) -> int | None:
        """The step of the last rating that gave one."""
        return next((one.gas for one in self.ratings if one.gas is not None), None)

    @property
    def value(self) -> float | None:
        return next((one.value for one in self.ratings if one.value is not None), self.baseline)

    @property
    def way(self) -> float:
        """How much of the way to the target is gone, 0 … 1."""
        return 1.0 if self.attained else way_of(self.value, self.baseline, self.target, falling=self.falling)

    @property
    def attained(self) -> bool:
        return self.status == "attained"

    @property
    def figure(self) -> str:
        """`45 / 60 分`."""
        value = "—" if self.value is None else f"{self.value:g}"
        return f"{value} / {self.target:g} {self.unit}".rstrip()

    @property
    def asks(self) -> str:
        """What its target asks: `≥60`, `≤14`."""
        return f"{'≤' if self.falling else '≥'}{self.target:g}"

    def step(self, value: float) -> int:
        """The GAS step a number makes of it."""
        step = step_reached(self, value)
        return LOWEST if step is None else step


@dataclass(frozen=True)
class Score:
    """GAS T of the goals rated: `now`, where they began, how many of how many were rated. 50 is: all as hoped."""

    now: float | None
    began: float | None
    rated: int
    goals: int


def goals_of(reader: Reader, resident: UUID, plans: Iterable[UUID]) -> tuple[GoalRow, ...]:
    """The goals of these plans in their order, long ones first; dropped ones last."""
    wanted = set(plans)
    rows = reader.session.scalars(
        select(RehabGoal)
        .where(RehabGoal.resident == resident, RehabGoal.current, RehabGoal.state != "retracted")
        .order_by(RehabGoal.ordinal, RehabGoal.recorded_at)
    ).all()
    rows = [row for row in leading(rows) if row.plan in wanted]
    rated = _ratings(reader, resident)
    read = _readings(reader, resident, {row.measure for row in rows})
    shelf = instruments(reader.session)
    found = []
    for row in rows:
        known = shelf.get(row.measure)
        found.append(_goal(row, known.short if known else "", rated.get(row.rid, ()), read.get(row.measure)))
    return tuple(sorted(found, key=lambda one: (one.status == "dropped", one.term != "long")))


def score_of_goals(goals: Sequence[GoalRow]) -> Score:
    """Of goals that were not dropped."""
    counted = [one for one in goals if one.status != "dropped"]
    rated = [one for one in counted if one.gas is not None]
    return Score(
        score_of((one.weight, one.gas) for one in rated if one.gas is not None),
        score_of((one.weight, LOWEST) for one in rated),
        len(rated),
        len(counted),
    )


def _goal(row: RehabGoal, short: str, ratings: tuple[RatingRow, ...], newest: Reading | None) -> GoalRow:
    goal = GoalRow(
        Seen(row.rid, row.revision), row.plan, row.term, row.status, row.action, row.condition, row.measure, short,
        row.unit, row.baseline, row.target, row.falling, row.begins, row.due_on, row.attained_on, row.serves,
        row.weight, row.steps, ratings,
    )  # fmt: skip
    return goal if newest is None or row.status != "open" else _with_fresh(goal, newest)


def _with_fresh(goal: GoalRow, newest: Reading) -> GoalRow:
    """The goal with the reading, where it is newer than what was rated and says something else."""
    since = max([goal.begins, *(one.on for one in goal.ratings)])
    known = any(one.value == newest.value for one in goal.ratings[:1]) or (
        not goal.ratings and newest.value == goal.baseline
    )
    if newest.assessed_on < since or known:
        return goal
    fresh = Read(newest.rid, newest.assessed_on, newest.value, goal.step(newest.value))
    return GoalRow(**{**vars(goal), "fresh": fresh})


def _ratings(reader: Reader, resident: UUID) -> Mapping[UUID, tuple[RatingRow, ...]]:
    rows = reader.session.scalars(
        select(GoalRating)
        .where(GoalRating.resident == resident, GoalRating.current, GoalRating.state != "retracted")
        .order_by(GoalRating.at.desc(), GoalRating.recorded_at.desc())
    ).all()
    names = author_names(reader)
    found: dict[UUID, list[RatingRow]] = {}
    for row in leading(rows):
        found.setdefault(row.goal, []).append(_rating(reader, row, names))
    return {goal: tuple(ratings) for goal, ratings in found.items()}


def _rating(reader: Reader, row: Any, names: Mapping[UUID, str]) -> RatingRow:
    on = date_in(reader.settings.zone, row.at)
    by = names.get(row.author, "")
    return RatingRow(Seen(row.rid, row.revision), row.goal, on, row.at, row.value, row.gas, row.note, by)


def _readings(reader: Reader, resident: UUID, codes: set[str]) -> Mapping[str, Reading]:
    """The newest reading of each instrument."""
    return {one.instrument: one for one in readings(reader, resident, codes)} if codes else {}
