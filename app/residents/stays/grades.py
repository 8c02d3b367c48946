"""Levels decided for a resident: care level, care stage, nursing grade; decided, set right, retracted, all kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.residents.codes import code_list
from app.residents.rules import Wrong
from app.residents.rules.grades import CARE_LEVEL, GRADES, NURSING_GRADE, check_grade
from app.residents.search_row import current_stay
from app.residents.stating.revising import Seen, retract, revise, standing
from app.residents.stays.forms import words
from db.models import Grade, Resident

DOCTOR = "医师"


@dataclass(frozen=True)
class GradeForm:
    """One level from a day on. `basis`: the assessment it was decided from, or words."""

    value: str
    since: date
    review_on: date | None = None
    note: str = ""
    basis: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DecideGrade(Order[UUID]):
    """A level for a resident; `what`: care_level, care_stage, nursing_grade."""

    resident: UUID
    what: str
    form: GradeForm


@dataclass(frozen=True)
class CorrectGrade(Order[None]):
    seen: Seen
    form: GradeForm
    reason: str


@dataclass(frozen=True)
class RetractGrade(Order[None]):
    seen: Seen
    why: str


@performs(DecideGrade)
def decide_grade(unit: Unit, order: DecideGrade) -> UUID:
    """Refuses whoever may not decide it, an unknown level, a day to come, and a second one for a day."""
    require_decider(unit, order.what)
    resident = unit.session.get(Resident, order.resident)
    if resident is None:
        raise Refusal("没有找到这位老人。")
    stay = current_stay(unit, order.resident)
    if stay is None or stay.ends is not None:
        raise Refusal(f"这位老人不在住，不用确定{GRADES[order.what]}。")
    said = _checked(unit, order.what, order.form)
    _refuse_twice(unit, order.resident, order.what, said["since"], None)
    row = Grade(**unit.stamp(), revision=1, resident=order.resident, what=order.what, **said)
    unit.session.add(row)
    _keep_level(unit, order.resident, order.what)
    return row.rid


@performs(CorrectGrade)
def correct_grade(unit: Unit, order: CorrectGrade) -> None:
    row = _standing(unit, order.seen)
    said = _checked(unit, row.what, order.form)
    _refuse_twice(unit, row.resident, row.what, said["since"], row.rid)
    revise(unit, row, order.reason, {**said, "basis": order.form.basis or row.basis})
    _keep_level(unit, row.resident, row.what)


@performs(RetractGrade)
def retract_grade(unit: Unit, order: RetractGrade) -> None:
    row = _standing(unit, order.seen)
    retract(unit, row, order.why)
    _keep_level(unit, row.resident, row.what)


def require_decider(unit: Reader, what: str) -> None:
    """Care level and stage by whoever has the right; the nursing grade by a doctor only."""
    if what not in GRADES:
        raise Refusal("没有这种等级。")
    if what != NURSING_GRADE:
        unit.require(Right.DECIDE_LEVELS)
        return
    unit.require(Right.DECIDE_NURSING_GRADE)
    if unit.actor.profession != DOCTOR:
        raise Refusal("护理级别由医师下达，您登记的职业不是医师。")


def latest_grade(reader: Reader, resident: UUID, what: str) -> Grade | None:
    """The level that holds now."""
    statement = select(Grade).where(
        Grade.resident == resident, Grade.what == what, Grade.current, Grade.state != "retracted"
    )
    return reader.session.scalars(statement.order_by(Grade.since.desc(), Grade.recorded_at.desc())).first()


def _standing(unit: Unit, seen: Seen) -> Grade:
    row = unit.session.scalar(select(Grade).where(Grade.rid == seen.rid, Grade.current))
    if row is None:
        raise Refusal("没有这条等级与阶段。")
    require_decider(unit, row.what)
    right = Right.DECIDE_NURSING_GRADE if row.what == NURSING_GRADE else Right.DECIDE_LEVELS
    return standing(unit, Grade, seen, right)


def _checked(unit: Unit, what: str, form: GradeForm) -> dict[str, Any]:
    if form.value not in {entry.code for entry in code_list(what).entries}:
        raise Refusal(f"请选择{GRADES[what]}。", field="value")
    try:
        check_grade(form.since, form.review_on, unit.today)
    except Wrong as wrong:
        field = "since" if form.since > unit.today else "review_on"
        raise Refusal(f"{wrong.text}。", field=field) from wrong
    note = words(form.note, "note", "理由", required=True)
    return {
        "value": form.value,
        "since": form.since,
        "review_on": form.review_on,
        "note": note,
        "basis": dict(form.basis),
    }


def _refuse_twice(unit: Unit, resident: UUID, what: str, since: date, own: UUID | None) -> None:
    same = unit.session.scalar(
        select(Grade.rid).where(
            Grade.resident == resident,
            Grade.what == what,
            Grade.since == since,
            Grade.current,
            Grade.state != "retracted",
        )
    )
    if same is not None and same != own:
        text = f"{since.isoformat()} 已经确定过{GRADES[what]}，要改请更正那一条。"
        raise Refusal(text, field="since")


def _keep_level(unit: Unit, resident: UUID, what: str) -> None:
    """Lists and boards show the level of the register row: it follows the latest decision."""
    if what != CARE_LEVEL:
        return
    unit.session.flush()
    latest = latest_grade(unit, resident, what)
    row = unit.session.get_one(Resident, resident)
    if latest is not None and row.care_level != latest.value:
        row.care_level = latest.value
