"""An agreement with a partner: made, put right, renewed, ended before its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.partners.ending import end, resume
from app.referrals.partners.forms import AgreementForm, check_agreement
from app.referrals.partners.partner import running_partner
from app.referrals.revising import Seen, retract, revise, standing
from db.models import Agreement


@dataclass(frozen=True)
class AddAgreement(Order[UUID]):
    """Something new is agreed with a partner."""

    partner: UUID
    form: AgreementForm


@dataclass(frozen=True)
class ChangeAgreement(Order[Seen]):
    """It was entered wrongly; `reason` is one of `CORRECTION_REASONS`. What is agreed anew is a renewal."""

    seen: Seen
    form: AgreementForm
    reason: str


@dataclass(frozen=True)
class RenewAgreement(Order[UUID]):
    """The next one of the same kind. The one before stays as it is, and is reminded of no more."""

    seen: Seen
    form: AgreementForm


@dataclass(frozen=True)
class EndAgreement(Order[Seen]):
    """It ends before its time."""

    seen: Seen
    on: date
    why: str


@dataclass(frozen=True)
class ResumeAgreement(Order[Seen]):
    """It was ended by mistake."""

    seen: Seen


@dataclass(frozen=True)
class RetractAgreement(Order[Seen]):
    """It was entered in error; `why` in words."""

    seen: Seen
    why: str


@performs(AddAgreement)
def add_agreement(unit: Unit, order: AddAgreement) -> UUID:
    """Refuses a second one of the same kind with the same partner over the same days."""
    unit.require(Right.KEEP_PARTNERS)
    partner = running_partner(unit, order.partner)
    content = check_agreement(unit, order.form)
    _refuse_beside(unit, partner.rid, content, None)
    return _written(unit, partner.rid, content)


@performs(ChangeAgreement)
def change_agreement(unit: Unit, order: ChangeAgreement) -> Seen:
    row = _row(unit, order.seen)
    content = check_agreement(unit, order.form)
    _refuse_beside(unit, row.partner, content, row.rid)
    return revise(unit, row, order.reason, content)


@performs(RenewAgreement)
def renew_agreement(unit: Unit, order: RenewAgreement) -> UUID:
    """Refuses another kind, and a beginning within the days of the one before."""
    row = _row(unit, order.seen)
    partner = running_partner(unit, row.partner)
    content = check_agreement(unit, order.form)
    if content["what"] != row.what:
        raise Refusal(f"续签的是{row.words}；签别的协议请新增。", field="what")
    last = row.ended_on or row.ends
    if last is None:
        raise Refusal("原协议没有到期日期，不用续签。", field="begins")
    if content["begins"] <= last and row.ended_on is None:
        raise Refusal(f"原协议到 {last:%Y-%m-%d} 为止，续签从第二天起。", field="begins")
    _refuse_beside(unit, partner.rid, content, row.rid)
    return _written(unit, partner.rid, content)


@performs(EndAgreement)
def end_agreement(unit: Unit, order: EndAgreement) -> Seen:
    row = _row(unit, order.seen)
    if order.on < row.begins:
        raise Refusal("终止日期早于起始日期；录错的协议请撤销。", field="on")
    return end(unit, row, order.on, order.why)


@performs(ResumeAgreement)
def resume_agreement(unit: Unit, order: ResumeAgreement) -> Seen:
    return resume(unit, Agreement, order.seen)


@performs(RetractAgreement)
def retract_agreement(unit: Unit, order: RetractAgreement) -> Seen:
    return retract(unit, _row(unit, order.seen), order.why)


def _refuse_beside(unit: Unit, partner: UUID, content: dict[str, Any], but: UUID | None) -> None:
    begins, ends = content["begins"], content["ends"]
    last = ends or date.max
    statement = select(Agreement).where(
        Agreement.partner == partner,
        Agreement.what == content["what"],
        Agreement.current,
        Agreement.state != "retracted",
        Agreement.ended_on.is_(None),
    )
    for other in unit.session.scalars(statement):
        if other.rid != but and other.begins <= last and begins <= (other.ends or date.max):
            until = f"到 {other.ends:%Y-%m-%d}" if other.ends else "长期"
            raise Refusal(f"这段时间已有{other.words}（{until}），请改日期或续签。", field="begins")


def _written(unit: Unit, partner: UUID, content: dict[str, Any]) -> UUID:
    row = Agreement(**unit.stamp(), revision=1, partner=partner, **content)
    unit.session.add(row)
    return row.rid


def _row(unit: Unit, seen: Seen) -> Agreement:
    unit.require(Right.KEEP_PARTNERS)
    return standing(unit, Agreement, seen)
