"""A partner is added, changed, no longer worked with; its departments one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.partners.department import DepartmentRow, departments_of, kept
from app.referrals.partners.ending import end, resume
from app.referrals.partners.forms import PartnerForm, check_department, check_partner, refuse_namesake
from app.referrals.revising import Seen, follow, retract, standing
from db.models import Agreement, Partner, Referral

MOST_DEPARTMENTS = 40


@dataclass(frozen=True)
class AddPartner(Order[UUID]):
    """One more. Its departments are added one by one."""

    form: PartnerForm


@dataclass(frozen=True)
class ChangePartner(Order[Seen]):
    """Other facts of a partner; nobody has to say why a telephone number is another one."""

    seen: Seen
    form: PartnerForm


@dataclass(frozen=True)
class KeepDepartment(Order[Seen]):
    """A department as it should read: at `place` of the list, or one more."""

    seen: Seen
    department: DepartmentRow
    place: int | None = None


@dataclass(frozen=True)
class DropDepartment(Order[Seen]):
    """The department at a place of the list is there no more."""

    seen: Seen
    place: int


@dataclass(frozen=True)
class EndPartner(Order[Seen]):
    """停止合作: agreements that run end with it. Referrals that were sent there stay as they are."""

    seen: Seen
    on: date
    why: str


@dataclass(frozen=True)
class ResumePartner(Order[Seen]):
    """It was ended by mistake. Agreements that ended with it are resumed one by one."""

    seen: Seen


@dataclass(frozen=True)
class RetractPartner(Order[Seen]):
    """It was entered in error. Refused once something refers to it: then it is ended."""

    seen: Seen
    why: str


@performs(AddPartner)
def add_partner(unit: Unit, order: AddPartner) -> UUID:
    unit.require(Right.KEEP_PARTNERS)
    content = check_partner(order.form)
    refuse_namesake(unit, content["name"])
    row = Partner(**unit.stamp(), revision=1, departments=kept(()), **content)
    unit.session.add(row)
    return row.rid


@performs(ChangePartner)
def change_partner(unit: Unit, order: ChangePartner) -> Seen:
    row = _row(unit, order.seen)
    content = check_partner(order.form)
    refuse_namesake(unit, content["name"], row.rid)
    if all(getattr(row, name) == value for name, value in content.items()):
        return Seen(row.rid, row.revision)
    return follow(unit, row, "修改", content)


@performs(KeepDepartment)
def keep_department(unit: Unit, order: KeepDepartment) -> Seen:
    """Refuses a second department of one name."""
    row = _row(unit, order.seen)
    department = check_department(order.department)
    listed = list(departments_of(row))
    if order.place is not None and not 0 <= order.place < len(listed):
        raise Refusal("没有这个科室，请刷新后再改。")
    others = [one for place, one in enumerate(listed) if place != order.place]
    if any(one.words == department.words for one in others):
        raise Refusal(f"已经有{department.words}。", field="words")
    if order.place is None:
        if len(listed) >= MOST_DEPARTMENTS:
            raise Refusal(f"科室最多 {MOST_DEPARTMENTS} 个。")
        listed.append(department)
    elif listed[order.place] == department:
        return Seen(row.rid, row.revision)
    else:
        listed[order.place] = department
    return follow(unit, row, f"科室：{department.words}", {"departments": kept(tuple(listed))})


@performs(DropDepartment)
def drop_department(unit: Unit, order: DropDepartment) -> Seen:
    row = _row(unit, order.seen)
    listed = list(departments_of(row))
    if not 0 <= order.place < len(listed):
        raise Refusal("没有这个科室，请刷新后再改。")
    gone = listed.pop(order.place)
    return follow(unit, row, f"去掉科室：{gone.words}", {"departments": kept(tuple(listed))})


@performs(EndPartner)
def end_partner(unit: Unit, order: EndPartner) -> Seen:
    row = _row(unit, order.seen)
    after = end(unit, row, order.on, order.why)
    for agreement in _agreements(unit, row.rid):
        if agreement.ended_on is None and (agreement.ends is None or agreement.ends >= order.on):
            end(unit, agreement, order.on, order.why)
    return after


@performs(ResumePartner)
def resume_partner(unit: Unit, order: ResumePartner) -> Seen:
    return resume(unit, Partner, order.seen)


@performs(RetractPartner)
def retract_partner(unit: Unit, order: RetractPartner) -> Seen:
    row = _row(unit, order.seen)
    sent = unit.session.scalar(
        select(Referral.rid).where(Referral.partner == row.rid, Referral.current).limit(1)
    )
    if sent is not None or _agreements(unit, row.rid):
        raise Refusal("已有协议或转诊记录，不能撤销；不再合作请用“停止合作”。")
    return retract(unit, row, order.why)


def running_partner(unit: Unit, rid: UUID) -> Partner:
    """The partner something new is agreed with; refuses one that is gone or ended."""
    row = unit.session.scalar(
        select(Partner).where(Partner.rid == rid, Partner.current, Partner.state != "retracted")
    )
    if row is None:
        raise Refusal("没有找到这家机构，请重新选择。", field="partner")
    if row.ended_on is not None and row.ended_on <= unit.today:
        raise Refusal(f"{row.name}已停止合作，请先恢复。", field="partner")
    return row


def _agreements(unit: Unit, partner: UUID) -> list[Agreement]:
    statement = select(Agreement).where(
        Agreement.partner == partner, Agreement.current, Agreement.state != "retracted"
    )
    return list(unit.session.scalars(statement))


def _row(unit: Unit, seen: Seen) -> Partner:
    unit.require(Right.KEEP_PARTNERS)
    return standing(unit, Partner, seen)
