"""Lines of the programme are added, changed, ended, and put on the board at fixed times of the week."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.rehab.comfort import refuse_growth
from app.rehab.planning.drawing_up import refuse_over
from app.rehab.planning.forms import ItemForm, check_item, check_week
from app.rehab.planning.goals import plan_called
from app.rehab.planning.weeks import Week, accepted_week
from app.rehab.revising import follow, retract, revise, standing
from app.residents.stating import Seen
from db.models import RehabItem, RehabSession


@dataclass(frozen=True)
class AddItem(Order[UUID]):
    """One more line of the programme. `accept`: names of conflicts of its week that were seen and accepted."""

    plan: UUID
    form: ItemForm
    accept: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChangeItem(Order[Seen]):
    """Another content from now on: sessions before keep what they had. `reason`: one of `CORRECTION_REASONS`."""

    seen: Seen
    form: ItemForm
    reason: str
    accept: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceItem(Order[Seen]):
    """Its fixed times of the week from now on; `therapist` None leaves who does it."""

    seen: Seen
    week: tuple[str, ...]
    therapist: UUID | None = None
    accept: tuple[str, ...] = ()


@dataclass(frozen=True)
class EndItem(Order[Seen]):
    """`on` is the last day it is done; yesterday: from now on no more. `why` in words."""

    seen: Seen
    on: date
    why: str


@dataclass(frozen=True)
class RetractItem(Order[Seen]):
    """It was added in error; refused once a session of it was recorded."""

    seen: Seen
    why: str


@performs(AddItem)
def add_item(unit: Unit, order: AddItem) -> UUID:
    unit.require(Right.PLAN_REHAB)
    plan = plan_called(unit, order.plan)
    refuse_over(plan)
    content = check_item(order.form)
    last = select(func.max(RehabItem.ordinal)).where(RehabItem.plan == plan.rid, RehabItem.current)
    fresh = RehabItem(
        **unit.stamp(), revision=1, resident=plan.resident, plan=plan.rid,
        begins=order.form.begins or max(plan.begins, unit.today),
        ordinal=(unit.session.scalar(last) or 0) + 1, **content,
    )  # fmt: skip
    fresh.accepted = accepted_week(unit, [_week(fresh, {})], order.accept)
    unit.session.add(fresh)
    return fresh.rid


@performs(ChangeItem)
def change_item(unit: Unit, order: ChangeItem) -> Seen:
    unit.require(Right.PLAN_REHAB)
    row = standing(unit, RehabItem, order.seen)
    _refuse_ended(unit, row)
    content = check_item(order.form)
    refuse_growth(unit, plan_called(unit, row.plan), row, content, order.reason)
    if _week(row, content) != _week(row, {}):
        known = (*order.accept, *row.accepted)  # what was accepted stays so: it is the same conflict
        content["accepted"] = accepted_week(unit, [_week(row, content)], known)
    return revise(unit, row, order.reason, content)


@performs(PlaceItem)
def place_item(unit: Unit, order: PlaceItem) -> Seen:
    """Refuses times outside the board, and what would put somebody in two places."""
    unit.require(Right.SCHEDULE_REHAB)
    row = standing(unit, RehabItem, order.seen)
    _refuse_ended(unit, row)
    check_week(order.week, row.minutes)
    week, therapist = sorted(order.week), order.therapist or row.therapist
    if week == row.week and therapist == row.therapist:
        raise Refusal("时间没有变化，不用保存。", field="time")
    changes: dict[str, Any] = {"week": week, "therapist": therapist}
    changes["accepted"] = accepted_week(unit, [_week(row, changes)], order.accept)
    return follow(unit, row, "排训练", changes)


@performs(EndItem)
def end_item(unit: Unit, order: EndItem) -> Seen:
    unit.require(Right.PLAN_REHAB)
    row = standing(unit, RehabItem, order.seen)
    why = order.why.strip()
    if not why:
        raise Refusal("请写明为什么停止这个项目。", field="why")
    if order.on < unit.today - timedelta(days=1):
        raise Refusal("最早只能从现在起停。", field="on")
    if row.ends is not None and row.ends <= order.on:
        raise Refusal(f"这个项目已定到 {row.ends:%m-%d} 为止。", field="on")
    return follow(unit, row, f"停止：{why}", {"ends": order.on})


@performs(RetractItem)
def retract_item(unit: Unit, order: RetractItem) -> Seen:
    unit.require(Right.PLAN_REHAB)
    row = standing(unit, RehabItem, order.seen)
    held = select(RehabSession.rid).where(
        RehabSession.item == row.rid, RehabSession.current, RehabSession.state != "retracted"
    )
    if unit.session.scalar(held.limit(1)) is not None:
        raise Refusal("这个项目已有训练记录，不能作废。不再做请停止。")
    return retract(unit, row, order.why)


def _refuse_ended(unit: Unit, row: RehabItem) -> None:
    refuse_over(plan_called(unit, row.plan))
    if row.ends is not None and row.ends < unit.today:
        raise Refusal("这个项目已经停止。要再做，请重新添加。")


def _week(row: RehabItem, changes: dict[str, Any]) -> Week:
    """What the board would have to hold of it after these changes."""
    return Week(**{one.name: changes.get(one.name, getattr(row, one.name)) for one in fields(Week)})
