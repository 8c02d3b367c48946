"""Questions about evaluations: what one begins with, those of a resident, one of them with what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.evaluations import said_in
from app.rehab.lists.phases import occasions
from app.rehab.measured import Measure, listed_measures, measures_of
from app.rehab.offered import suited_measures
from app.rehab.rules.evaluation import CAUSES, FIRST, STAGES, Change, Evaluated, changes_between
from app.residents.stating import Seen
from app.vitals.queries.latest import LatestOf, latest_of
from db.models import RehabEvaluation, RehabPlan

VITALS = ("blood_pressure", "pulse", "heart_rate", "spo2", "temperature", "pain")
"""Signs an evaluation takes from today's, in this order."""


@dataclass(frozen=True)
class PlanLine:
    """The plan of a resident that is not over, as far as an evaluation needs it."""

    seen: Seen
    number: str
    words: str
    status: str
    phase: str
    template: str
    begins: date
    ends: date
    review_on: date
    measures: tuple[str, ...]


@dataclass(frozen=True)
class EvaluationRow:
    """One evaluation; `by` made it, `reason` says why it was corrected or retracted."""

    seen: Seen
    resident: UUID
    number: str
    said: Evaluated
    at: datetime
    by: str
    plan: UUID | None
    reason: str
    state: str

    @property
    def words(self) -> str:
        """`中期评定（按期复评）`."""
        return f"{STAGES[self.said.stage]}（{cause_words(self.said.cause)}）"


@dataclass(frozen=True)
class TodaysSign:
    """A sign measured today: numbers as an evaluation keeps them, words as it shows them."""

    code: str
    words: str
    numbers: Mapping[str, float]
    at: datetime


@dataclass(frozen=True)
class EvaluationStart:
    """What an evaluation begins with. `last`: the one before, `vitals`: what was measured today, `listed`: every
    instrument that may be added."""

    plan: PlanLine | None
    last: EvaluationRow | None
    measures: tuple[Measure, ...]
    vitals: tuple[TodaysSign, ...]
    listed: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class StartEvaluation(Question[EvaluationStart]):
    """`measures`: instruments beside those of the plan and of the evaluation before; without any, those of the template
    that suits the diagnoses."""

    resident: UUID
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class MeasuresOf(Question[tuple[Measure, ...]]):
    """What these instruments have found of a resident, the last result and the one before it."""

    resident: UUID
    codes: tuple[str, ...]


@dataclass(frozen=True)
class EvaluationsOf(Question[tuple[EvaluationRow, ...]]):
    """The evaluations of a resident, the newest first; retracted ones are left out."""

    resident: UUID


@dataclass(frozen=True)
class OneEvaluation:
    """An evaluation with the one before it, and what is said otherwise since."""

    row: EvaluationRow
    before: EvaluationRow | None
    changes: tuple[Change, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class EvaluationCalled(Question[OneEvaluation]):
    """One evaluation by its rid, in its newest revision, retracted or not."""

    rid: UUID


@answers(StartEvaluation)
def start_evaluation(reader: Reader, question: StartEvaluation) -> EvaluationStart:
    reader.require(Right.PLAN_REHAB)
    plan = plan_line(reader, question.resident)
    made = evaluations_of(reader, question.resident)
    last = made[0] if made else None
    known = [*(plan.measures if plan else ()), *(last.said.measures if last else ()), *question.measures]
    codes = known or suited_measures(reader, question.resident)
    return EvaluationStart(
        plan,
        last,
        measures_of(reader, question.resident, tuple(dict.fromkeys(codes))),
        todays_signs(reader, question.resident),
        listed_measures(reader),
    )


@answers(MeasuresOf)
def measures_asked(reader: Reader, question: MeasuresOf) -> tuple[Measure, ...]:
    reader.require(Right.READ_RESIDENTS)
    return measures_of(reader, question.resident, question.codes)


@answers(EvaluationsOf)
def evaluations_asked(reader: Reader, question: EvaluationsOf) -> tuple[EvaluationRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    return evaluations_of(reader, question.resident)


@answers(EvaluationCalled)
def evaluation_called(reader: Reader, question: EvaluationCalled) -> OneEvaluation:
    reader.require(Right.READ_RESIDENTS)
    row = reader.session.scalar(
        select(RehabEvaluation)
        .where(RehabEvaluation.rid == question.rid, RehabEvaluation.current)
        .order_by(RehabEvaluation.recorded_at.desc())
        .limit(1)
    )
    if row is None:
        raise Refusal("没有这次康复评定。")
    mine = _row(row, author_names(reader))
    made = [
        one for one in evaluations_of(reader, row.resident) if one.at < mine.at and one.seen.rid != row.rid
    ]
    before = made[0] if made else None
    changes = changes_between(before.said, mine.said) if before else ()
    return OneEvaluation(mine, before, changes, measures_of(reader, row.resident, tuple(mine.said.measures)))


def evaluations_of(reader: Reader, resident: UUID) -> tuple[EvaluationRow, ...]:
    """The evaluations of a resident that stand, the newest first."""
    rows = reader.session.scalars(
        select(RehabEvaluation)
        .where(
            RehabEvaluation.resident == resident,
            RehabEvaluation.current,
            RehabEvaluation.state != "retracted",
        )
        .order_by(RehabEvaluation.evaluated_on.desc(), RehabEvaluation.recorded_at.desc())
    ).all()
    names = author_names(reader) if rows else {}
    return tuple(_row(row, names) for row in rows)


def plan_line(reader: Reader, resident: UUID) -> PlanLine | None:
    """The plan of a resident that is not over."""
    row = reader.session.scalar(
        select(RehabPlan)
        .where(
            RehabPlan.resident == resident,
            RehabPlan.current,
            RehabPlan.state != "retracted",
            RehabPlan.status.in_(("drawn_up", "running")),
        )
        .order_by(RehabPlan.recorded_at.desc())
        .limit(1)
    )
    if row is None:
        return None
    return PlanLine(
        Seen(row.rid, row.revision), row.number, row.words, row.status, row.phase, row.template, row.begins, row.ends,
        row.review_on, tuple(row.measures),
    )  # fmt: skip


def todays_signs(reader: Reader, resident: UUID) -> tuple[TodaysSign, ...]:
    """The latest value of each sign an evaluation asks for, if it was measured today."""
    found = {}
    for row in latest_of(reader, LatestOf(resident)):
        if row.code not in VITALS or row.value is None:
            continue
        if date_in(reader.settings.zone, row.at) != reader.today or reader.now - row.at > timedelta(hours=24):
            continue
        numbers = (
            {"sbp": row.value, "dbp": row.second}
            if row.code == "blood_pressure" and row.second is not None
            else {_KEPT[row.code]: row.value}
        )
        found[row.code] = TodaysSign(row.code, row.text, numbers, row.at)
    if "pulse" in found:
        found.pop("heart_rate", None)
    return tuple(found[code] for code in VITALS if code in found)


def cause_words(cause: str) -> str:
    """`按期复评`, `跌倒或坠床`."""
    occasion = occasions().get(cause)
    return CAUSES.get(cause) or (occasion.words if occasion is not None else cause)


def next_stage(start: EvaluationStart) -> str:
    """What an evaluation most likely is: the first one, or a middle one of the plan there is."""
    return FIRST if start.plan is None or start.last is None else "middle"


_KEPT = {
    "blood_pressure": "sbp",
    "pulse": "hr",
    "heart_rate": "hr",
    "spo2": "spo2",
    "temperature": "temp",
    "pain": "pain",
}


def _row(row: RehabEvaluation, names: Mapping[UUID, str]) -> EvaluationRow:
    return EvaluationRow(
        Seen(row.rid, row.revision),
        row.resident,
        row.number,
        said_in(row),
        row.at,
        names.get(row.author, "区平台"),
        row.plan,
        row.reason or "",
        row.state,
    )
