"""Acts on the care plan: a task is planned, changed, ended, or planned in error; a template is applied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.care.forms import Checked, TaskForm, check_task, form_of_kind
from app.care.lists import OWN, task_kind, templates
from app.care.revising import follow, retract, revise, standing
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.rules.stated import same_words
from app.residents.stating import Seen
from db.models import CareDoing, CareTask, Resident


@dataclass(frozen=True)
class PlanTask(Order[UUID]):
    """One more task in a resident's plan."""

    resident: UUID
    form: TaskForm


@dataclass(frozen=True)
class ChangeTask(Order[Seen]):
    """Other times, words or goal from now on; `reason`: one of `CORRECTION_REASONS`, 其他 with words after a colon."""

    seen: Seen
    form: TaskForm
    reason: str


@dataclass(frozen=True)
class EndTask(Order[Seen]):
    """`on` is the last day it is done; yesterday means from now on no more. `why` in words."""

    seen: Seen
    on: date
    why: str


@dataclass(frozen=True)
class RetractTask(Order[Seen]):
    """It was planned in error; `why` in words."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class ApplyTemplate(Order[tuple[UUID, ...]]):
    """The chosen tasks of a template from today on, by code; those already planned are left as they are."""

    resident: UUID
    template: str
    chosen: tuple[str, ...]


@performs(PlanTask)
def plan_task(unit: Unit, order: PlanTask) -> UUID:
    """Refuses what is in the plan already."""
    resident_of(unit, order.resident)
    checked = check_task(order.form, unit.today)
    _refuse_twice(running(unit, order.resident), checked)
    return add_task(unit, order.resident, checked, "")


@performs(ChangeTask)
def change_task(unit: Unit, order: ChangeTask) -> Seen:
    """What was due before the change keeps its times; the new ones count from now on."""
    unit.require(Right.PLAN_CARE)
    row = standing(unit, CareTask, order.seen)
    if row.ends is not None and row.ends < unit.today:
        raise Refusal("这一项已经停止。要再做，请重新添加。")
    checked = check_task(order.form, unit.today, new=False)
    others = [one for one in running(unit, row.resident) if one.rid != row.rid]
    _refuse_twice(others, checked)
    if row.begins != checked.form.begins and row.begins <= unit.today:
        raise Refusal("已经开始做了，不能改开始的日期。", field="begins")
    if row.begins != checked.form.begins and checked.form.begins and checked.form.begins < unit.today:
        raise Refusal("照护计划从今天起做，不能从以前的日期开始。", field="begins")
    if checked.form.ends is not None and checked.form.ends < unit.today:
        raise Refusal("最后一天不能早于今天。要停止请用“停止”。", field="ends")
    return revise(unit, row, order.reason, _content(checked))


@performs(EndTask)
def end_task(unit: Unit, order: EndTask) -> Seen:
    unit.require(Right.PLAN_CARE)
    row = standing(unit, CareTask, order.seen)
    why = order.why.strip()
    if not why:
        raise Refusal("请写明为什么停止。", field="why")
    if order.on < unit.today - timedelta(days=1):
        raise Refusal("最早只能从现在起停，以前该做的要有记录。", field="on")
    if row.ends is not None and row.ends <= order.on:
        raise Refusal(f"这一项已定到 {row.ends:%m-%d} 为止。", field="on")
    return follow(unit, row, f"停止：{why}", {"ends": order.on, "state": "corrected"})


@performs(RetractTask)
def retract_task(unit: Unit, order: RetractTask) -> Seen:
    """Refuses one that was carried out: its records would hang in the air."""
    unit.require(Right.PLAN_CARE)
    row = standing(unit, CareTask, order.seen)
    done = select(func.count()).where(
        CareDoing.task == row.rid, CareDoing.current, CareDoing.state != "retracted"
    )
    if unit.session.scalar(done):
        raise Refusal("这一项已有执行记录，不能作废。不再做请用“停止”。")
    return retract(unit, row, order.why)


@performs(ApplyTemplate)
def apply_template(unit: Unit, order: ApplyTemplate) -> tuple[UUID, ...]:
    """Refuses an empty choice, and one in which everything is planned already."""
    resident_of(unit, order.resident)
    template = templates().get(order.template)
    if template is None:
        raise Refusal("没有这个模板。", field="template")
    if not order.chosen:
        raise Refusal("请至少选一项。", field="chosen")
    here = {row.code for row in running(unit, order.resident)}
    made: list[UUID] = []
    for part in template.parts:
        for code in part.tasks:
            if code in order.chosen and code not in here:
                here.add(code)
                form = form_of_kind(code, part.problem, part.goal, unit.today)
                made.append(add_task(unit, order.resident, check_task(form, unit.today), template.key))
    if not made:
        raise Refusal("选中的项目都已经在计划里了。", field="chosen")
    return tuple(made)


def resident_of(unit: Unit, rid: UUID) -> None:
    """Refuses who may not plan, and a resident who is not here."""
    unit.require(Right.PLAN_CARE)
    if unit.session.get(Resident, rid) is None:
        raise Refusal("没有找到这位老人。")


def running(unit: Unit, resident: UUID) -> list[CareTask]:
    """The tasks of a resident that are not over."""
    rows = unit.session.scalars(
        select(CareTask).where(CareTask.resident == resident, CareTask.current, CareTask.state != "retracted")
    )
    return [row for row in rows if row.ends is None or row.ends >= unit.today]


def _refuse_twice(here: list[CareTask], checked: Checked) -> None:
    for row in here:
        same = row.code == checked.code and (row.code != OWN or same_words(row.words, checked.form.words))
        if same:
            raise Refusal(f"计划里已有“{row.words}”。要改时间，请修改那一项。", field="words")


def add_task(unit: Unit, resident: UUID, checked: Checked, origin: str) -> UUID:
    """One more task as it was checked; `origin`: a template's key, or `assessment:` and its rid."""
    fresh = CareTask(**unit.stamp(), revision=1, resident=resident, origin=origin, **_content(checked))
    unit.session.add(fresh)
    return fresh.rid


def _content(checked: Checked) -> dict[str, Any]:
    form = checked.form
    return {
        "code": checked.code,
        "words": form.words if checked.code == OWN else task_kind(checked.code).words,
        "times": list(checked.times),
        "weekdays": list(form.weekdays),
        "problem": form.problem,
        "goal": form.goal,
        "role": form.role,
        "begins": form.begins,
        "ends": form.ends,
        "note": form.note,
    }
