"""An aid is lent, comes back, is put right, was lent in error; one tag is never out twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.rehab.lists.surroundings import aids
from app.rehab.revising import follow, retract, revise, standing
from app.residents.rules import tidy
from app.residents.stating import Seen
from db.models import AidLoan, Resident

LONGEST = 100


@dataclass(frozen=True)
class LoanForm:
    """`code` of the list of aids, or `words` of one that is not in it; `tag`: the number on it, if it has one."""

    code: str = ""
    words: str = ""
    tag: str = ""
    due_on: date | None = None
    condition: str = ""
    taught: bool = False
    note: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class LendAid(Order[UUID]):
    """One aid to one resident, who was taught to use it or is still to be."""

    resident: UUID
    form: LoanForm


@dataclass(frozen=True)
class ReturnAid(Order[Seen]):
    """It came back; `condition` in words: what is broken is said here, and the aid is not lent again before repair."""

    seen: Seen
    condition: str
    at: datetime | None = None


@dataclass(frozen=True)
class CorrectLoan(Order[Seen]):
    """`reason`: one of `CORRECTION_REASONS`, 其他 with words after a colon."""

    seen: Seen
    form: LoanForm
    reason: str


@dataclass(frozen=True)
class RetractLoan(Order[Seen]):
    """It was entered in error; `why` in words."""

    seen: Seen
    why: str


@performs(LendAid)
def lend_aid(unit: Unit, order: LendAid) -> UUID:
    """Refuses no aid, a tag that is out already (saying who has it), a return date before today."""
    unit.require(Right.LEND_AIDS)
    if unit.session.get(Resident, order.resident) is None:
        raise Refusal("没有找到这位老人。")
    content = _checked(unit, order.form)
    at = order.form.at or unit.now
    if at > unit.now:
        raise Refusal("借出时间不能晚于现在。", field="at")
    fresh = AidLoan(**unit.stamp(at=at), revision=1, resident=order.resident, **content)
    unit.session.add(fresh)
    return fresh.rid


@performs(ReturnAid)
def return_aid(unit: Unit, order: ReturnAid) -> Seen:
    unit.require(Right.LEND_AIDS)
    row = standing(unit, AidLoan, order.seen)
    if row.returned_at is not None:
        raise Refusal(f"{row.words}已在 {local(unit.settings.zone, row.returned_at):%m-%d} 归还。")
    at = order.at or unit.now
    if at > unit.now:
        raise Refusal("归还时间不能晚于现在。", field="at")
    if at < row.at:
        raise Refusal("归还时间不能早于借出时间。", field="at")
    condition = tidy(order.condition)
    if not condition:
        raise Refusal("请写明归还时的状况（完好、损坏 …）。", field="condition")
    return follow(unit, row, "归还", {"returned_at": at, "returned_condition": condition})


@performs(CorrectLoan)
def correct_loan(unit: Unit, order: CorrectLoan) -> Seen:
    unit.require(Right.LEND_AIDS)
    row = standing(unit, AidLoan, order.seen)
    return revise(unit, row, order.reason, _checked(unit, order.form, row))


@performs(RetractLoan)
def retract_loan(unit: Unit, order: RetractLoan) -> Seen:
    unit.require(Right.LEND_AIDS)
    return retract(unit, standing(unit, AidLoan, order.seen), order.why)


def _checked(unit: Unit, form: LoanForm, row: AidLoan | None = None) -> dict[str, Any]:
    words, tag = tidy(form.words), tidy(form.tag)
    if form.code:
        if form.code not in aids():
            raise Refusal("没有这种辅具，请重新选择。", field="code")
        words = words or aids()[form.code].words
    if not words:
        raise Refusal("请选择辅具。", field="code")
    if max(len(one) for one in (words, tag, form.condition, form.note)) > LONGEST:
        raise Refusal(f"每一项最多 {LONGEST} 个字。", field="note")
    if form.due_on is not None and form.due_on < unit.today and (row is None or row.due_on != form.due_on):
        raise Refusal("应还日期不能早于今天。", field="due_on")
    if tag and (row is None or row.returned_at is None):
        _refuse_out(unit, tag, row)
    return {
        "code": form.code,
        "words": words,
        "tag": tag,
        "due_on": form.due_on,
        "condition": tidy(form.condition),
        "taught": form.taught,
        "note": tidy(form.note),
    }


def _refuse_out(unit: Unit, tag: str, row: AidLoan | None) -> None:
    other = unit.session.execute(
        select(AidLoan.rid, AidLoan.words, Resident.name)
        .join(Resident, Resident.rid == AidLoan.resident)
        .where(
            AidLoan.tag == tag, AidLoan.current, AidLoan.state != "retracted", AidLoan.returned_at.is_(None)
        )
    ).first()
    if other is not None and (row is None or other.rid != row.rid):
        raise Refusal(f"{other.words}（{tag}）借给{other.name}，还没有归还。", field="tag")
