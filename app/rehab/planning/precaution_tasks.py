"""Care tasks that precautions of a running plan ask for: offered to the care plan, taken in by a nurse in one act."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.care.forms import check_task, form_of_kind
from app.care.lists import OWN, task_kind, task_kinds
from app.care.offers import CareOffer
from app.care.service.planning import add_task, running
from app.core.errors import Refusal
from app.core.orders import Order, Question, answers, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.rehab.revising import follow, standing
from app.residents.stating import Seen
from db.models import CareTask, RehabPlan

GOAL = "按康复注意事项执行，不发生意外"


@dataclass(frozen=True)
class PrecautionTasks(Question[CareOffer | None]):
    """What the plan that runs asks nursing for and is not in the care plan; None where there is nothing."""

    resident: UUID


@dataclass(frozen=True)
class TakeUpPrecautions(Order[tuple[UUID, ...]]):
    """All of them are planned from today on, for the plan; what is planned already is never doubled."""

    plan: Seen


@answers(PrecautionTasks)
def precaution_tasks(reader: Reader, question: PrecautionTasks) -> CareOffer | None:
    reader.require(Right.READ_RESIDENTS)
    plan = reader.session.scalar(
        select(RehabPlan).where(
            RehabPlan.resident == question.resident,
            RehabPlan.current,
            RehabPlan.state != "retracted",
            RehabPlan.status == "running",
        )
    )
    missing = _missing(reader, plan) if plan is not None else {}
    if plan is None or not missing:
        return None
    tasks = tuple(f"{task_kind(code).words}（{words}）" for code, words in missing.items())
    return CareOffer(f"康复计划 {plan.number}", tasks, TakeUpPrecautions(Seen(plan.rid, plan.revision)))


@performs(TakeUpPrecautions)
def take_up_precautions(unit: Unit, order: TakeUpPrecautions) -> tuple[UUID, ...]:
    """Refuses a plan that does not run, and where nothing is missing any more."""
    unit.require(Right.PLAN_CARE)
    plan = standing(unit, RehabPlan, order.plan)
    if plan.status != "running":
        raise Refusal(f"康复计划 {plan.number} 没有在执行。")
    missing = _missing(unit, plan)
    if not missing:
        raise Refusal("这些照护项目已经在计划里。")
    made = []
    for code, words in missing.items():
        form = form_of_kind(code, f"康复注意：{words}", GOAL, unit.today)
        made.append(add_task(unit, plan.resident, check_task(form, unit.today), _origin(plan)))
    return tuple(made)


def end_tasks(unit: Unit, plan: RehabPlan, why: str, handed_over: Collection[str] = ()) -> None:
    """What nursing does for a plan ends with it, but for what is handed over by the same words.

    Whoever ends the plan ends them: a right of the care plan is not asked for.
    """
    for task in running(unit, plan.resident):
        if task.origin == _origin(plan) and task.words not in handed_over:
            ends = {"ends": unit.today - timedelta(days=1), "state": "corrected"}
            follow(unit, task, f"停止：康复计划 {plan.number} {why}", ends)


def _missing(reader: Reader, plan: RehabPlan) -> dict[str, str]:
    """Task codes the plan asks for, with the precaution, that nobody planned; one that a nurse ended stays ended."""
    rows = reader.session.execute(
        select(CareTask.code, CareTask.ends, CareTask.origin).where(
            CareTask.resident == plan.resident, CareTask.current, CareTask.state != "retracted"
        )
    ).all()
    there = {
        row.code
        for row in rows
        if row.ends is None or row.ends >= reader.today or row.origin == _origin(plan)
    }
    asked = {one["task"]: one["words"] for one in plan.content.get("precautions", ()) if one.get("task")}
    return {code: asked[code] for code in asked if code in task_kinds() and code != OWN and code not in there}


def _origin(plan: RehabPlan) -> str:
    return f"rehab:{plan.rid}"
