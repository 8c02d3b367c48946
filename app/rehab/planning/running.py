"""A running plan is paused, goes on, is reviewed, is closed with its outcome and what is handed over to nursing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.care.forms import TaskForm, check_task
from app.care.service.planning import add_task, running
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.rehab.planning.drawing_up import refuse_over
from app.rehab.planning.precaution_tasks import end_tasks
from app.rehab.planning.weeks import accept_return
from app.rehab.revising import follow, standing
from app.residents.stating import Seen
from db.models import RehabEvaluation, RehabPlan

OUTCOMES = {
    "reached": "目标达成",
    "plateau": "平台期，转维持",
    "declined": "功能下降，转护理",
    "refused": "本人或家属不再继续",
    "left": "转出、退住",
    "died": "去世",
}
NEEDS_FINAL = frozenset({"reached", "plateau", "declined"})
"""Outcomes that are said of somebody who can still be evaluated: a final evaluation belongs to them."""


@dataclass(frozen=True)
class PausePlan(Order[Seen]):
    """No sessions from `since` on (today or later) until it goes on; `why` in words."""

    seen: Seen
    since: date
    why: str


@dataclass(frozen=True)
class ResumePlan(Order[Seen]):
    """It goes on from today; a pause that had not begun is taken back. `accept`: names of conflicts this makes."""

    seen: Seen
    accept: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReviewPlan(Order[Seen]):
    """It was reviewed: `next_on` is the next date, `ends` where the period is made longer; `words` what was found.

    `accept`: names of conflicts the longer period makes.
    """

    seen: Seen
    next_on: date
    words: str
    evaluation: UUID | None = None
    ends: date | None = None
    accept: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ending:
    """How a plan ended: an outcome of OUTCOMES, a summary, what goes on without therapists, what nursing takes over."""

    outcome: str
    summary: str
    maintenance: tuple[str, ...] = ()
    tasks: tuple[TaskForm, ...] = ()


@dataclass(frozen=True)
class ClosePlan(Order[Seen]):
    """结案. Tasks are put into the resident's care plan in the same act, by the therapist who hands over; those that
    precautions of the plan asked for end with it."""

    seen: Seen
    ending: Ending


@performs(PausePlan)
def pause_plan(unit: Unit, order: PausePlan) -> Seen:
    unit.require(Right.PLAN_REHAB)
    row = standing(unit, RehabPlan, order.seen)
    refuse_over(row)
    why = order.why.strip()
    if not why:
        raise Refusal("请写明为什么暂停。", field="why")
    if order.since < unit.today:
        raise Refusal("最早从今天起暂停。", field="since")
    spans = [list(span) for span in row.pauses.get("spans", ())]
    if spans and spans[-1][1] is None:
        raise Refusal(f"已从 {spans[-1][0]} 起暂停。")
    begun = unit.now.isoformat() if order.since == unit.today else None
    said = {"spans": [*spans, [order.since.isoformat(), None]], "at": [*_instants(row), [begun, None]]}
    return follow(unit, row, f"暂停：{why}", {"pauses": {**row.pauses, **said}})


@performs(ResumePlan)
def resume_plan(unit: Unit, order: ResumePlan) -> Seen:
    """Refuses what would put somebody in two places and was not accepted, naming whom."""
    before = standing(unit, RehabPlan, order.seen)
    seen = _go_on(unit, order)
    first = max(unit.today, date.fromisoformat(before.pauses["spans"][-1][0]))
    accept_return(unit, before.rid, first, order.accept)
    return seen


def _go_on(unit: Unit, order: ResumePlan) -> Seen:
    unit.require(Right.PLAN_REHAB)
    row = standing(unit, RehabPlan, order.seen)
    refuse_over(row)
    spans, instants = [list(span) for span in row.pauses.get("spans", ())], _instants(row)
    if not spans or spans[-1][1] is not None:
        raise Refusal("这份计划没有暂停。")
    if spans[-1][0] > unit.today.isoformat():
        spans.pop()
        instants.pop()
    else:
        spans[-1][1], instants[-1][1] = unit.today.isoformat(), unit.now.isoformat()
    return follow(unit, row, "继续", {"pauses": {**row.pauses, "spans": spans, "at": instants}})


@performs(ReviewPlan)
def review_plan(unit: Unit, order: ReviewPlan) -> Seen:
    unit.require(Right.PLAN_REHAB)
    row = standing(unit, RehabPlan, order.seen)
    refuse_over(row)
    if not order.words.strip():
        raise Refusal("请写明复评结果。", field="words")
    ends = order.ends or row.ends
    if not unit.today < order.next_on <= ends:
        raise Refusal("下次复评要晚于今天，并在计划周期之内。", field="next_on")
    changes = {"review_on": order.next_on, "ends": ends, "evaluation": order.evaluation or row.evaluation}
    first = max(unit.today, row.ends + timedelta(days=1))
    seen = follow(unit, row, f"复评：{order.words.strip()}", changes)
    if first <= ends:
        accept_return(unit, row.rid, first, order.accept)
    return seen


@performs(ClosePlan)
def close_plan(unit: Unit, order: ClosePlan) -> Seen:
    """Refuses no outcome, no summary, and an outcome in function without a final evaluation."""
    unit.require(Right.PLAN_REHAB)
    row = standing(unit, RehabPlan, order.seen)
    refuse_over(row)
    said = order.ending
    if said.outcome not in OUTCOMES:
        raise Refusal("请选择结局。", field="outcome")
    if not said.summary.strip():
        raise Refusal("请写结案小结。", field="summary")
    if said.outcome in NEEDS_FINAL and not _evaluated_finally(unit, row):
        raise Refusal("请先做末期评定，再结案。", field="outcome")
    end_tasks(unit, row, "已结案", {one.words for one in said.tasks})
    tasks = _hand_over(unit, row, said.tasks)
    ending = {
        "outcome": said.outcome,
        "summary": said.summary.strip(),
        "maintenance": list(said.maintenance),
        "tasks": tasks,
        "ended_at": unit.now.isoformat(),
    }
    return follow(
        unit,
        row,
        f"结案：{OUTCOMES[said.outcome]}",
        {"status": "closed", "ended_on": unit.today, "ending": ending},
    )


def _instants(row: RehabPlan) -> list[list[str | None]]:
    """From when until when each pause was, to the instant; none of those that were kept by day only."""
    kept = [list(one) for one in row.pauses.get("at", ())]
    return [*kept, *([None, None] for _ in row.pauses.get("spans", ())[len(kept) :])]


def _hand_over(unit: Unit, plan: RehabPlan, tasks: tuple[TaskForm, ...]) -> list[str]:
    """Tasks for nursing; what is in the care plan already is not planned twice."""
    here = {row.words for row in running(unit, plan.resident)}
    checked = [check_task(task, unit.today) for task in tasks]
    return [
        str(add_task(unit, plan.resident, one, f"rehab:{plan.rid}"))
        for one in checked
        if one.form.words not in here
    ]


def _evaluated_finally(unit: Unit, plan: RehabPlan) -> bool:
    made = select(RehabEvaluation.rid).where(
        RehabEvaluation.plan == plan.rid,
        RehabEvaluation.stage == "final",
        RehabEvaluation.current,
        RehabEvaluation.state != "retracted",
    )
    return unit.session.scalar(made.limit(1)) is not None
