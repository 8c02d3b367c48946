"""Everything that proves progress in a plan: verdicts in sentences, attendance, goals, what changed item by item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.assessments.trends.compare import Compare, compare_two
from app.assessments.trends.comparing import Comparison
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.facts import PlanFact
from app.rehab.planning.goals import plan_called
from app.rehab.progress.attendance import Attendance, attendance_of
from app.rehab.progress.curves import CurvesRow, MeasureCurve, curves_of
from app.rehab.progress.goals import GoalRow, Score, goals_of, score_of_goals
from app.rehab.progress.plain import named_of
from app.rehab.rules.telling import TURNS, plainly, told, whole_told
from app.rehab.rules.verdict import Turn, whole_of


@dataclass(frozen=True)
class VerdictRow:
    """What one measure says: for professionals `told`, for families `plain`."""

    code: str
    short: str
    turn: Turn
    told: str
    plain: str

    @property
    def words(self) -> str:
        return TURNS[self.turn]


@dataclass(frozen=True)
class ProgressRow:
    """`whole`: the head line over `verdicts`; `comparisons`: first and last record of each measure, by code."""

    curves: CurvesRow
    turn: Turn
    whole: str
    verdicts: tuple[VerdictRow, ...]
    goals: tuple[GoalRow, ...]
    score: Score
    attendance: Attendance
    comparisons: dict[str, Comparison]


@dataclass(frozen=True)
class Progress(Question[ProgressRow]):
    """The proof of progress of one plan."""

    resident: UUID
    plan: UUID


@answers(Progress)
def progress(reader: Reader, question: Progress) -> ProgressRow:
    reader.require(Right.READ_RESIDENTS)
    plan = plan_called(reader, question.plan)
    goals = goals_of(reader, question.resident, (plan.rid,))
    curves = curves_of(reader, plan, goals)
    verdicts = [one.whole for one in curves.curves]
    turn = whole_of(verdicts)
    return ProgressRow(
        curves=curves,
        turn=turn,
        whole=whole_told(turn, verdicts),
        verdicts=tuple(_verdict(one) for one in curves.curves),
        goals=goals,
        score=score_of_goals(goals),
        attendance=attendance_of(reader, PlanFact.of(plan)),
        comparisons=_comparisons(reader, curves.curves),
    )


def _verdict(curve: MeasureCurve) -> VerdictRow:
    measure, named = curve.measure, named_of(curve.measure)
    return VerdictRow(
        measure.code, measure.short, curve.whole.turn, told(curve.whole, named), plainly(curve.whole, named)
    )


def _comparisons(reader: Reader, curves: Sequence[MeasureCurve]) -> dict[str, Comparison]:
    return {
        one.measure.code: compare_two(reader, Compare(one.readings[0].rid, one.readings[-1].rid))
        for one in curves
        if len(one.readings) > 1
    }
