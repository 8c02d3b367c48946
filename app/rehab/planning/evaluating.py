"""A resident is evaluated: first, midway, finally; put right with a reason; taken back as an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.assessments.record import STANDING
from app.core.errors import Refusal
from app.core.ids import named
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.rehab.evaluations import columns_of, known_to
from app.rehab.lists.phases import phases
from app.rehab.planning.drawing_up import OPEN, refuse_over
from app.rehab.planning.running import ReviewPlan, review_plan
from app.rehab.revising import follow, retract, revise, standing
from app.rehab.rules.evaluation import FINAL, MIDDLE, Evaluated, wrong_in
from app.rehab.rules.stopping import Values
from app.rehab.training.values import FIELDS, SIGNS, measured_of
from app.residents.stating import Seen
from app.residents.stating.revising import retract as retract_vital
from app.vitals.service.recording import RecordSet, record_set
from db.models import Assessment, RehabEvaluation, RehabPlan, Resident, Vital

CONFIRMED = tuple(FIELDS.values())
"""Whoever evaluates has looked at a value that seems doubtful: it stands beside all the others in the form."""


@dataclass(frozen=True)
class Evaluate(Order[Seen]):
    """One evaluation. `plan`: the one it belongs to, which a middle and a final one need.

    `next_on`: of a middle one the next review; the plan is reviewed in the same act, and made longer if that needs it.
    `measured`: those of the vitals that were measured for it, by code: they are vitals like any others.
    `accept`: names of conflicts the longer period makes.
    """

    resident: UUID
    said: Evaluated
    plan: Seen | None = None
    next_on: date | None = None
    measured: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()


@dataclass(frozen=True)
class CorrectEvaluation(Order[Seen]):
    """Put an evaluation right; `reason`: one of `CORRECTION_REASONS`, 其他 with words after a colon."""

    seen: Seen
    said: Evaluated
    reason: str


@dataclass(frozen=True)
class RetractEvaluation(Order[Seen]):
    """It was entered in error; `why` in words. Refused while a plan that is not over stands on it, and of a final one
    that closed a plan; where a midway one was the plan's, it stands on the evaluation before again."""

    seen: Seen
    why: str


@performs(Evaluate)
def evaluate(unit: Unit, order: Evaluate) -> Seen:
    """Refuses, beside its field, what is missing; a middle or final one without a plan that is not over."""
    unit.require(Right.PLAN_REHAB)
    if unit.session.get(Resident, order.resident) is None:
        raise Refusal("没有找到这位老人。")
    said = order.said
    _check(unit, order.resident, said)
    plan = _plan_of(unit, order)
    fresh = RehabEvaluation(
        **unit.stamp(at=_moment(unit, said.evaluated_on)),
        revision=1,
        resident=order.resident,
        number=f"KP-{unit.next_number('rehab_evaluation')}",
        plan=plan.rid if plan is not None else None,
        **columns_of(said),
    )
    unit.session.add(fresh)
    _keep_vitals(unit, order, fresh.rid)
    if plan is not None and said.stage == MIDDLE:
        _review(unit, order, plan, fresh.rid)
    return Seen(fresh.rid, 1)


@performs(CorrectEvaluation)
def correct_evaluation(unit: Unit, order: CorrectEvaluation) -> Seen:
    """Stage and plan stay what they were."""
    unit.require(Right.PLAN_REHAB)
    row = standing(unit, RehabEvaluation, order.seen)
    if order.said.stage != row.stage:
        raise Refusal("评定阶段不能更正：请撤销后重新评定。", field="stage")
    _check(unit, row.resident, order.said)
    changes = columns_of(order.said)
    if order.said.evaluated_on != row.evaluated_on:
        changes["at"] = _moment(unit, order.said.evaluated_on)
    return revise(unit, row, order.reason, changes)


@performs(RetractEvaluation)
def retract_evaluation(unit: Unit, order: RetractEvaluation) -> Seen:
    unit.require(Right.PLAN_REHAB)
    row = standing(unit, RehabEvaluation, order.seen)
    closed = _closed_by(unit, row)
    if closed is not None:
        raise Refusal(f"康复计划 {closed} 已按这次末期评定结案，不能撤销；写错了请更正。")
    seen = retract(unit, row, order.why)
    _take_back_vitals(unit, row.rid, order.why)
    plan = unit.session.scalar(
        select(RehabPlan).where(
            RehabPlan.evaluation == row.rid,
            RehabPlan.current,
            RehabPlan.state != "retracted",
            RehabPlan.status.in_(OPEN),
        )
    )
    if plan is not None:
        before = _before(unit, plan) if row.stage == MIDDLE else None
        if before is None:
            raise Refusal(f"康复计划 {plan.number} 依据这次评定，不能撤销；写错了请更正。")
        follow(unit, plan, "复评的评定撤销", {"evaluation": before})
    return seen


def _closed_by(unit: Unit, row: RehabEvaluation) -> str | None:
    """The number of the plan that was closed on this final evaluation and has no other one."""
    if row.stage != FINAL or row.plan is None:
        return None
    number: str | None = unit.session.scalar(
        select(RehabPlan.number)
        .where(RehabPlan.rid == row.plan, RehabPlan.current, RehabPlan.status == "closed")
        .limit(1)
    )
    other = select(RehabEvaluation.rid).where(
        RehabEvaluation.plan == row.plan,
        RehabEvaluation.stage == FINAL,
        RehabEvaluation.rid != row.rid,
        RehabEvaluation.current,
        RehabEvaluation.state != "retracted",
    )
    return None if unit.session.scalar(other.limit(1)) is not None else number


def _before(unit: Unit, plan: RehabPlan) -> UUID | None:
    """The evaluation a plan stood on last that was not retracted."""
    stood = unit.session.scalars(
        select(RehabPlan.evaluation)
        .where(RehabPlan.rid == plan.rid, RehabPlan.evaluation.is_not(None))
        .order_by(RehabPlan.revision.desc())
    ).all()
    kept = set(
        unit.session.scalars(
            select(RehabEvaluation.rid).where(
                RehabEvaluation.rid.in_(stood), RehabEvaluation.current, RehabEvaluation.state != "retracted"
            )
        )
    )
    return next((one for one in stood if one in kept), None)


def _check(unit: Unit, resident: UUID, said: Evaluated) -> None:
    for field, words in wrong_in(said, known_to(unit.today)):
        raise Refusal(words, field=field)
    if not said.measures:
        return
    found = unit.session.execute(
        select(Assessment.rid, Assessment.instrument).where(
            Assessment.rid.in_(said.measures.values()),
            Assessment.resident == resident,
            Assessment.current,
            Assessment.state.in_(STANDING),
        )
    )
    here = {(instrument, rid) for rid, instrument in found}
    if set(said.measures.items()) - here:
        raise Refusal("有一项量表结果已撤销或不是这位老人的，请重新选用。", field="measures")


def _plan_of(unit: Unit, order: Evaluate) -> RehabPlan | None:
    if order.plan is None:
        if order.said.stage in (MIDDLE, FINAL):
            raise Refusal("中期、末期评定要有康复计划；没有计划的请做初期评定。", field="stage")
        return None
    plan = standing(unit, RehabPlan, order.plan)
    refuse_over(plan)
    if plan.resident != order.resident:
        raise Refusal("这份康复计划不是这位老人的。")
    if plan.begins > (order.said.evaluated_on or unit.today) and order.said.stage != "first":
        raise Refusal(f"评定日期早于计划开始（{plan.begins:%m-%d}）。", field="evaluated_on")
    return plan


def _keep_vitals(unit: Unit, order: Evaluate, evaluation: UUID) -> None:
    """What was measured for it today is a visit like any other: the ward sees it."""
    fresh = {code: order.said.vitals[code] for code in order.measured if code in order.said.vitals}
    if not fresh or order.said.evaluated_on != unit.today:
        return
    if ("sbp" in fresh) != ("dbp" in fresh):
        raise Refusal("血压请填收缩压和舒张压两个数。", field="dbp" if "sbp" in fresh else "sbp")
    numbers: dict[str, Any] = dict(fresh)
    measured = measured_of(Values(**numbers), CONFIRMED)
    set_id = _set_of(unit, evaluation)
    try:
        record_set(unit, RecordSet(order.resident, unit.now, measured, note="康复评定", set_id=set_id))
    except Refusal as refused:
        field = next((one for one, sign in SIGNS.items() if sign == refused.field), refused.field)
        raise Refusal(refused.text, field=field) from refused


def _set_of(unit: Unit, evaluation: UUID) -> UUID:
    return named(unit.settings.institution_id, "rehab_evaluation", str(evaluation))


def _take_back_vitals(unit: Unit, evaluation: UUID, why: str) -> None:
    """What was measured for an evaluation that was none (another resident's, for one) stands on the ward no more."""
    taken = select(Vital).where(
        Vital.set_id == _set_of(unit, evaluation), Vital.current, Vital.state != "retracted"
    )
    for vital in unit.session.scalars(taken).all():
        retract_vital(unit, vital, f"康复评定撤销：{why}")


def _review(unit: Unit, order: Evaluate, plan: RehabPlan, evaluation: UUID) -> None:
    """The plan is reviewed by what was found; a phase that has changed changes it too."""
    most = phases()[order.said.phase].most_days
    if order.next_on is None:
        raise Refusal("请填写下次复评日期。", field="next_on")
    if order.next_on > unit.today + timedelta(days=most):
        words = phases()[order.said.phase].words
        raise Refusal(f"{words}最长 {most} 天复评一次。", field="next_on")
    found = order.said.texts.get("summary", "").strip() or "中期评定"
    ends = max(plan.ends, order.next_on)
    seen = Seen(plan.rid, plan.revision)
    review_plan(unit, ReviewPlan(seen, order.next_on, found[:80], evaluation, ends, order.accept))
    if plan.phase != order.said.phase:
        row = standing(unit, RehabPlan, Seen(plan.rid, plan.revision + 1))
        follow(unit, row, f"病程阶段：{phases()[order.said.phase].words}", {"phase": order.said.phase})


def _moment(unit: Unit, day: date | None) -> datetime:
    """Now, or of a day that is over its noon."""
    if day is None or day == unit.today:
        return unit.now
    noon: datetime = datetime.combine(day, time(12), ZoneInfo(unit.settings.zone))
    return noon
