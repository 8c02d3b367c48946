"""Curves of a plan: readings of its measures since it began, goals, milestones, and what may be said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.assessments.trends.measure import STEPS, Measure
from app.assessments.trends.readings import Reading, measures, readings
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.planning.goals import plan_called
from app.rehab.progress.goals import GoalRow, goals_of
from app.rehab.rules import verdict as judging
from app.rehab.rules.verdict import Verdict, verdict_of
from db.models import RehabEvaluation, RehabPlan

LOWER = "lower_is_better"
_SINCE = {"first": "初评", "middle": "上次复评", "final": "末评"}


@dataclass(frozen=True)
class GoalLine:
    """What a goal asks of a measure: `长期目标 ≥60`."""

    goal: UUID
    value: float
    words: str
    long: bool


@dataclass(frozen=True)
class Milestone:
    """What was reached, in the first words of its goal, and when."""

    on: date
    words: str


@dataclass(frozen=True)
class MeasureCurve:
    """One measure. `readings` from the one the plan began with, oldest first; `before`: that of the evaluation before
    the last reading, called `since`. `whole` and `step` judge from the first and from `before` to the last."""

    measure: Measure
    readings: tuple[Reading, ...]
    goals: tuple[GoalLine, ...]
    before: Reading | None
    since: str
    whole: Verdict
    step: Verdict

    @property
    def falling(self) -> bool:
        return is_falling(self.measure)


@dataclass(frozen=True)
class CurvesRow:
    """The measures of a plan in its order, the leading one first; one nobody assessed has no readings."""

    plan: UUID
    begins: date
    until: date
    curves: tuple[MeasureCurve, ...]
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True)
class Curves(Question[CurvesRow]):
    """The curves of a plan of a resident."""

    resident: UUID
    plan: UUID


@answers(Curves)
def curves(reader: Reader, question: Curves) -> CurvesRow:
    reader.require(Right.READ_RESIDENTS)
    plan = plan_called(reader, question.plan)
    if plan.resident != question.resident:
        raise Refusal("这份康复计划不是这位老人的。")
    return curves_of(reader, plan, goals_of(reader, plan.resident, (plan.rid,)))


def curves_of(reader: Reader, plan: RehabPlan, goals: Sequence[GoalRow]) -> CurvesRow:
    """As the question, of a plan and goals that are at hand."""
    codes = measures_of(plan, goals)
    known = measures(reader, plan.resident, codes)
    read = readings(reader, plan.resident, codes)
    evaluations = _evaluations(reader, plan)
    until = plan.ended_on or reader.today
    found = [
        _curve(
            known[code],
            _since_start(
                plan,
                evaluations,
                [one for one in read if one.instrument == code and one.assessed_on <= until],
            ),
            evaluations,
            goals,
        )
        for code in codes
        if code in known
    ]
    return CurvesRow(plan.rid, plan.begins, until, tuple(found), _milestones(goals))


def measures_of(plan: RehabPlan, goals: Sequence[GoalRow]) -> tuple[str, ...]:
    """The instruments of a plan, then those of its goals."""
    return tuple(dict.fromkeys((*plan.measures, *(one.measure for one in goals if one.short))))


def is_falling(measure: Measure) -> bool:
    """Whether less is better; of levels by number, 0 is the best."""
    return measure.kind == STEPS or measure.direction == LOWER


def _curve(
    measure: Measure, read: Sequence[Reading], evaluations: Sequence[Any], goals: Sequence[GoalRow]
) -> MeasureCurve:
    before, since = _before(measure.code, read, evaluations)
    lines = tuple(
        GoalLine(
            one.seen.rid,
            one.target,
            f"{'长期' if one.term == 'long' else '短期'}目标 {one.asks}",
            one.term == "long",
        )
        for one in goals
        if one.measure == measure.code and (one.status == "open" or (one.attained and one.term == "long"))
    )
    pair = () if before is None else (before, read[-1])
    return MeasureCurve(
        measure, tuple(read), lines, before, since, judge(measure, read), judge(measure, pair)
    )


def judge(measure: Measure, read: Sequence[Reading]) -> Verdict:
    """From the first to the last; an instrument without a direction says that something changed, no more."""
    least = measure.least if measure.direction != "none" or measure.kind == STEPS else None
    values = [judging.Reading(one.assessed_on, one.value) for one in read]
    return verdict_of(measure.code, values, falling=is_falling(measure), least=least)


def _since_start(plan: RehabPlan, evaluations: Sequence[Any], read: list[Reading]) -> list[Reading]:
    """From the reading the plan began with: the one its first evaluation names, else the last before it, else all."""
    named = {str(rid) for one in evaluations[:1] for rid in one.measures.values()}
    places = [place for place, one in enumerate(read) if str(one.rid) in named]
    if not places:
        places = [place for place, one in enumerate(read) if one.assessed_on <= plan.begins][-1:]
    return read[places[0] :] if places else read


def _before(code: str, read: Sequence[Reading], evaluations: Sequence[Any]) -> tuple[Reading | None, str]:
    """The reading the last one is compared with, and what it is called."""
    if len(read) < 2:
        return None, ""
    earlier = {str(one.rid): one for one in read[:-1]}
    for evaluation in reversed(evaluations):
        found = earlier.get(str(evaluation.measures.get(code)))
        if found is not None:
            return found, _SINCE.get(evaluation.stage, "上次复评")
    return read[0], "计划开始时"


def _evaluations(reader: Reader, plan: RehabPlan) -> Sequence[Any]:
    """The one it was drawn up on (the last before it began), then those made in it; the oldest first."""
    columns = (RehabEvaluation.rid, RehabEvaluation.stage, RehabEvaluation.plan, RehabEvaluation.measures)
    rows = reader.session.execute(
        select(*columns, RehabEvaluation.evaluated_on)
        .where(
            RehabEvaluation.resident == plan.resident,
            RehabEvaluation.current,
            RehabEvaluation.state != "retracted",
        )
        .order_by(RehabEvaluation.evaluated_on, RehabEvaluation.at)
    ).all()
    opening = next((row.rid for row in reversed(rows) if row.evaluated_on <= plan.begins), None)
    mine = {opening, plan.evaluation}
    return [row for row in rows if row.plan == plan.rid or row.rid in mine]


def _milestones(goals: Sequence[GoalRow]) -> tuple[Milestone, ...]:
    reached = [(one.attained_on, one.action) for one in goals if one.attained_on is not None]
    return tuple(Milestone(on, action.split("，")[0]) for on, action in sorted(reached))
