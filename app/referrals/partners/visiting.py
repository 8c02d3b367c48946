"""Doctors who come from outside: added, changed, no longer coming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.partners.forms import VisitingForm, check_visiting
from app.referrals.partners.partner import running_partner
from app.referrals.revising import Seen, follow, retract, standing
from db.models import DoctorRound, VisitingDoctor


@dataclass(frozen=True)
class AddVisitingDoctor(Order[UUID]):
    """A doctor who comes from a partner, or from nowhere we have an agreement with."""

    form: VisitingForm
    partner: UUID | None = None


@dataclass(frozen=True)
class ChangeVisitingDoctor(Order[Seen]):
    """Other facts of the doctor."""

    seen: Seen
    form: VisitingForm


@dataclass(frozen=True)
class EndVisitingDoctor(Order[Seen]):
    """They come no more after this day."""

    seen: Seen
    on: date
    why: str = ""


@dataclass(frozen=True)
class RetractVisitingDoctor(Order[Seen]):
    """Entered in error. Refused once they held a round: then their coming is ended."""

    seen: Seen
    why: str


@performs(AddVisitingDoctor)
def add_visiting_doctor(unit: Unit, order: AddVisitingDoctor) -> UUID:
    """Refuses the same person from the same partner twice at a time."""
    unit.require(Right.KEEP_PARTNERS)
    if order.partner is not None:
        running_partner(unit, order.partner)
    content = check_visiting(unit, order.form)
    _refuse_twice(unit, order.partner, content["name"], None)
    row = VisitingDoctor(**unit.stamp(), revision=1, partner=order.partner, **content)
    unit.session.add(row)
    return row.rid


@performs(ChangeVisitingDoctor)
def change_visiting_doctor(unit: Unit, order: ChangeVisitingDoctor) -> Seen:
    row = _row(unit, order.seen)
    content = check_visiting(unit, order.form)
    _refuse_twice(unit, row.partner, content["name"], row.rid)
    if all(getattr(row, name) == value for name, value in content.items()):
        return Seen(row.rid, row.revision)
    return follow(unit, row, "修改", content)


@performs(EndVisitingDoctor)
def end_visiting_doctor(unit: Unit, order: EndVisitingDoctor) -> Seen:
    row = _row(unit, order.seen)
    if order.on < row.begins:
        raise Refusal("结束日期早于起始日期，请核对。", field="on")
    if order.on > unit.today:
        raise Refusal("结束日期不能在今天之后；以后才结束的请在“修改”里填到期日期。", field="on")
    if row.ends is not None and row.ends <= order.on:
        raise Refusal(f"{row.name}已在 {row.ends:%Y-%m-%d} 结束。", field="on")
    why = order.why.strip()
    return follow(unit, row, f"不再来{f'：{why}' if why else ''}", {"ends": order.on})


@performs(RetractVisitingDoctor)
def retract_visiting_doctor(unit: Unit, order: RetractVisitingDoctor) -> Seen:
    row = _row(unit, order.seen)
    held = unit.session.scalar(
        select(DoctorRound.rid).where(DoctorRound.visitor == row.rid, DoctorRound.current).limit(1)
    )
    if held is not None:
        raise Refusal(f"{row.name}已有巡诊记录，不能撤销；不再来请用“结束”。")
    return retract(unit, row, order.why)


def _refuse_twice(unit: Unit, partner: UUID | None, name: str, but: UUID | None) -> None:
    statement = select(VisitingDoctor).where(
        VisitingDoctor.name == name,
        VisitingDoctor.partner.is_(None) if partner is None else VisitingDoctor.partner == partner,
        VisitingDoctor.current,
        VisitingDoctor.state != "retracted",
    )
    for other in unit.session.scalars(statement):
        if other.rid != but and (other.ends is None or other.ends >= unit.today):
            raise Refusal(f"{name}已经登记。", field="name")


def _row(unit: Unit, seen: Seen) -> VisitingDoctor:
    unit.require(Right.KEEP_PARTNERS)
    return standing(unit, VisitingDoctor, seen)
