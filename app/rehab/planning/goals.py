"""Goals are added, changed, given up, and rated; a goal whose target is reached is attained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import func, select

from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.rehab.day import rehab_day
from app.rehab.planning.drawing_up import add_goal, refuse_over
from app.rehab.planning.forms import GoalForm, check_goal
from app.rehab.revising import follow, retract, revise, standing
from app.rehab.rules.attainment import HIGHEST, LOWEST, step_by, step_of
from app.residents.stating import Seen
from db.models import GoalRating, RehabGoal, RehabPlan


class Aimed(Protocol):
    """A goal as far as its steps need it: a row of its table, or what a screen is given."""

    @property
    def baseline(self) -> float | None: ...

    @property
    def target(self) -> float: ...

    @property
    def falling(self) -> bool: ...

    @property
    def steps(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class AddGoal(Order[UUID]):
    """One more goal of a plan."""

    plan: UUID
    form: GoalForm


@dataclass(frozen=True)
class ChangeGoal(Order[Seen]):
    """Another content; `reason`: one of `CORRECTION_REASONS`."""

    seen: Seen
    form: GoalForm
    reason: str


@dataclass(frozen=True)
class DropGoal(Order[Seen]):
    """It is given up; `why` in words. Refused of a plan that is over."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class RateGoal(Order[UUID]):
    """How far a goal has come: the number reached, and the GAS step it makes; another step needs a note.

    `session`, `assessment`: where the number was seen or read.
    """

    goal: UUID
    value: float | None
    gas: int | None = None
    note: str = ""
    at: datetime | None = None
    session: UUID | None = None
    assessment: UUID | None = None


@dataclass(frozen=True)
class RetractRating(Order[Seen]):
    """A rating was an error; `why` in words. A goal it had attained is open again."""

    seen: Seen
    why: str


@performs(AddGoal)
def add_one_goal(unit: Unit, order: AddGoal) -> UUID:
    unit.require(Right.PLAN_REHAB)
    plan = plan_called(unit, order.plan)
    refuse_over(plan)
    last = select(func.max(RehabGoal.ordinal)).where(RehabGoal.plan == plan.rid, RehabGoal.current)
    return add_goal(unit, plan, order.form, (unit.session.scalar(last) or 0) + 1)


@performs(ChangeGoal)
def change_goal(unit: Unit, order: ChangeGoal) -> Seen:
    unit.require(Right.PLAN_REHAB)
    row = standing(unit, RehabGoal, order.seen)
    refuse_over(plan_called(unit, row.plan))
    seen = revise(unit, row, order.reason, check_goal(order.form, row.begins))
    return settle(unit, row.rid, "按修改后的目标") or seen


@performs(DropGoal)
def drop_goal(unit: Unit, order: DropGoal) -> Seen:
    unit.require(Right.PLAN_REHAB)
    row = standing(unit, RehabGoal, order.seen)
    refuse_over(plan_called(unit, row.plan))
    if row.status != "open":
        raise Refusal("这个目标已经结束。")
    why = order.why.strip()
    if not why:
        raise Refusal("请写明为什么放弃这个目标。", field="why")
    return follow(unit, row, f"放弃：{why}", {"status": "dropped"})


@performs(RateGoal)
def rate_goal(unit: Unit, order: RateGoal) -> UUID:
    """Refuses neither number nor step, a step outside −2 … +2, one other than the number makes without a note; a plan
    that is over and a goal that was given up."""
    unit.require(Right.TRAIN)
    goal = goal_called(unit, order.goal)
    refuse_over(plan_called(unit, goal.plan))
    if goal.status == "dropped":
        raise Refusal("这个目标已经放弃，不能再评。")
    return write_rating(unit, order)


@performs(RetractRating)
def retract_rating(unit: Unit, order: RetractRating) -> Seen:
    unit.require(Right.TRAIN)
    row = standing(unit, GoalRating, order.seen)
    seen = retract(unit, row, order.why)
    settle(unit, row.goal, "评定撤销")
    return seen


def write_rating(unit: Unit, order: RateGoal) -> UUID:
    """The rating, and the goal attained by it; for acts that have asked for the right themselves.

    What a session saw is kept though the goal was given up or the plan closed since: it is a correction then.
    """
    goal = goal_called(unit, order.goal)
    worked_out = step_reached(goal, order.value)
    gas = order.gas if order.gas is not None else worked_out
    if order.value is None and gas is None:
        raise Refusal("请填写数值或选择 GAS 等级。", field="value")
    if gas is not None and not LOWEST <= gas <= HIGHEST:
        raise Refusal("GAS 为 −2 至 +2。", field="gas")
    if worked_out is not None and gas != worked_out and not order.note.strip():
        raise Refusal(f"按数值应为 {worked_out:+d}，选了 {gas:+d}，请说明原因。", field="note")
    at = order.at or unit.now
    if at > unit.now:
        raise Refusal("评定时间不能晚于现在。", field="at")
    fresh = GoalRating(
        **unit.stamp(at=at), revision=1, resident=goal.resident, goal=goal.rid, value=order.value, gas=gas,
        note=order.note.strip(), session=order.session, assessment=order.assessment,
    )  # fmt: skip
    unit.session.add(fresh)
    unit.session.flush()
    settle(unit, goal.rid, "达成")
    return fresh.rid


def settle(unit: Unit, rid: UUID, why: str) -> Seen | None:
    """Write whether a goal is attained, and since when, by its standing ratings; None where nothing is other.

    One that was given up stays so.
    """
    goal = goal_called(unit, rid)
    if goal.status == "dropped":
        return None
    rated = unit.session.scalars(
        select(GoalRating)
        .where(GoalRating.goal == rid, GoalRating.current, GoalRating.state != "retracted")
        .order_by(GoalRating.at)
    )
    first = next((one for one in rated if _step_of(unit, goal, one) >= 0), None)
    day = None if first is None else date_in(unit.settings.zone, first.at)
    now = {"status": "open" if first is None else "attained", "attained_on": day}
    if (goal.status, goal.attained_on) == (now["status"], day):
        return None
    return follow(unit, goal, why if first is not None else f"{why}，未达成", now)


def _step_of(unit: Unit, goal: RehabGoal, rating: GoalRating) -> int:
    """The step of a rating by the goal as it is now; one the therapist chose other than the number made stays."""
    worked_out = step_reached(goal, rating.value)
    if worked_out is None or rating.gas is None or rating.gas == worked_out:
        return LOWEST if rating.gas is None else rating.gas
    then = unit.session.scalar(
        select(RehabGoal)
        .where(RehabGoal.rid == goal.rid, RehabGoal.recorded_at <= rating.recorded_at)
        .order_by(RehabGoal.revision.desc())
        .limit(1)
    )
    chosen = then is None or step_reached(then, rating.value) != rating.gas
    return rating.gas if chosen else worked_out


def step_reached(goal: Aimed, value: float | None) -> int | None:
    """The GAS step a number makes of a goal; None where there is no number."""
    if value is None:
        return None
    own = goal.steps.get("all")
    if own:
        return step_by(value, own, falling=goal.falling)
    if goal.baseline is None:
        reached = value <= goal.target if goal.falling else value >= goal.target
        return 0 if reached else -1
    return step_of(value, goal.baseline, goal.target, rehab_day().parts)


def goal_called(unit: Unit, rid: UUID) -> RehabGoal:
    """The goal as it stands; refuses one that is gone."""
    row = unit.session.scalar(
        select(RehabGoal)
        .where(RehabGoal.rid == rid, RehabGoal.current, RehabGoal.state != "retracted")
        .order_by(RehabGoal.recorded_at.desc())
        .limit(1)
    )
    if row is None:
        raise Refusal("没有这个目标。")
    return row


def plan_called(reader: Reader, rid: UUID) -> RehabPlan:
    """The plan as it stands; refuses one that is gone."""
    row = reader.session.scalar(
        select(RehabPlan)
        .where(RehabPlan.rid == rid, RehabPlan.current, RehabPlan.state != "retracted")
        .order_by(RehabPlan.recorded_at.desc())
        .limit(1)
    )
    if row is None:
        raise Refusal("没有这份康复计划。")
    return row
