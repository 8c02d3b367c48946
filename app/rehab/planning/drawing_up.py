"""A plan is drawn up with its goals and programme in one act, changed, or cancelled before it ran."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.rehab.planning.forms import GoalForm, ItemForm, PlanForm, check_goal, check_item, check_plan
from app.rehab.planning.precaution_tasks import end_tasks
from app.rehab.planning.runs import run_of
from app.rehab.planning.weeks import Week, accepted_week
from app.rehab.revising import follow, revise, standing
from app.residents.stating import Seen
from db.models import RehabGoal, RehabItem, RehabPlan, RehabSession, Resident

OPEN = ("drawn_up", "running")


@dataclass(frozen=True)
class DrawnUp:
    """A plan that was drawn up, its goals and its items in the order they were given."""

    plan: Seen
    number: str
    goals: tuple[UUID, ...]
    items: tuple[UUID, ...]


@dataclass(frozen=True)
class DrawUpPlan(Order[DrawnUp]):
    """One more plan of a resident who has none. `accept`: names of conflicts that were seen and accepted."""

    resident: UUID
    form: PlanForm
    goals: tuple[GoalForm, ...] = ()
    items: tuple[ItemForm, ...] = ()
    accept: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChangePlan(Order[Seen]):
    """Other content of a plan; goals and items have acts of their own. `reason`: one of `CORRECTION_REASONS`.

    What somebody signed or consented to is another plan once it is changed: all have to sign it anew, unless only
    `content`, the review or the measures are other.
    """

    seen: Seen
    form: PlanForm
    reason: str


@dataclass(frozen=True)
class CancelPlan(Order[Seen]):
    """It is not to be carried out; `why` in words. Refused once a session was held: close it then."""

    seen: Seen
    why: str


@performs(DrawUpPlan)
def draw_up_plan(unit: Unit, order: DrawUpPlan) -> DrawnUp:
    """Refuses a second plan beside one that is not over, a plan without a goal or without an item."""
    unit.require(Right.PLAN_REHAB)
    if unit.session.get(Resident, order.resident) is None:
        raise Refusal("没有找到这位老人。")
    before = open_plan(unit, order.resident)
    if before is not None:
        raise Refusal(f"这位老人的康复计划 {before.number} 还没有结案，请先结案或修改那一份。")
    content = check_plan(order.form)
    if not order.goals:
        raise Refusal("请至少写一个目标。", field="goals")
    if not order.items:
        raise Refusal("请至少选一个治疗项目。", field="items")
    number = f"KF-{unit.next_number('rehab_plan')}"
    plan = RehabPlan(
        **unit.stamp(), revision=1, resident=order.resident, number=number, status="drawn_up", **content
    )
    unit.session.add(plan)
    goals: list[UUID] = []
    for at, one in enumerate(order.goals):
        under = goals[one.under] if one.under is not None and one.under < at else one.serves
        goals.append(add_goal(unit, plan, replace(one, serves=under), at))
    items = _add_items(unit, plan, order, goals)
    return DrawnUp(Seen(plan.rid, 1), number, tuple(goals), tuple(items))


@performs(ChangePlan)
def change_plan(unit: Unit, order: ChangePlan) -> Seen:
    unit.require(Right.PLAN_REHAB)
    row = standing(unit, RehabPlan, order.seen)
    refuse_over(row)
    content = check_plan(order.form)
    grave = any(
        getattr(row, name) != content[name] for name in ("words", "begins", "ends", "limits", "conditions")
    )
    grave = grave or row.contraindications != content["contraindications"]
    if grave and {row.doctor_at, row.therapist_at, row.consent_at} != {None}:
        content |= {"doctor": None, "doctor_at": None, "therapist": None, "therapist_at": None}
        content |= {"consent": {}, "consent_at": None, "status": "drawn_up"}
        content["pauses"] = run_of(row, "drawn_up", unit.now)
    return revise(unit, row, order.reason, content)


@performs(CancelPlan)
def cancel_plan(unit: Unit, order: CancelPlan) -> Seen:
    unit.require(Right.PLAN_REHAB)
    row = standing(unit, RehabPlan, order.seen)
    refuse_over(row)
    why = order.why.strip()
    if not why:
        raise Refusal("请写明为什么取消。", field="why")
    held = select(RehabSession.rid).where(
        RehabSession.plan == row.rid, RehabSession.current, RehabSession.state != "retracted"
    )
    if unit.session.scalar(held.limit(1)) is not None:
        raise Refusal("已经训练过，不能取消。不再做请结案。")
    end_tasks(unit, row, "已取消")
    return follow(unit, row, f"取消：{why}", {"status": "cancelled", "ended_on": unit.today})


def open_plan(unit: Unit, resident: UUID) -> RehabPlan | None:
    """The plan of a resident that is not over."""
    return unit.session.scalar(
        select(RehabPlan).where(
            RehabPlan.resident == resident,
            RehabPlan.current,
            RehabPlan.state != "retracted",
            RehabPlan.status.in_(OPEN),
        )
    )


def refuse_over(row: RehabPlan) -> None:
    """Refuses a plan that is over."""
    if row.status not in OPEN:
        raise Refusal(f"康复计划 {row.number} 已{'结案' if row.status == 'closed' else '取消'}，不能再改。")


def add_goal(unit: Unit, plan: RehabPlan, form: GoalForm, ordinal: int) -> UUID:
    """One more goal of a plan."""
    begins = max(plan.begins, unit.today)
    content = check_goal(form, begins)
    fresh = RehabGoal(
        **unit.stamp(), revision=1, resident=plan.resident, plan=plan.rid, status="open", begins=begins,
        ordinal=ordinal, **content,
    )  # fmt: skip
    unit.session.add(fresh)
    return fresh.rid


def _add_items(unit: Unit, plan: RehabPlan, order: DrawUpPlan, goals: list[UUID]) -> list[UUID]:
    rows: list[dict[str, Any]] = []
    for at, form in enumerate(order.items):
        content = check_item(form)
        if form.serves is not None:
            content["goal"] = goals[form.serves]
        begins = form.begins or max(plan.begins, unit.today)
        rows.append({**unit.stamp(), "resident": plan.resident, "begins": begins, "ordinal": at, **content})
    names = [one.name for one in fields(Week)]
    accepted = accepted_week(
        unit, [Week(**{name: row[name] for name in names}) for row in rows], order.accept
    )
    for row in rows:
        unit.session.add(RehabItem(**row, revision=1, plan=plan.rid, accepted=accepted))
    return [row["rid"] for row in rows]
