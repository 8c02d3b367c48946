"""The station's own papers 备案与许可: kept, put right, renewed, cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.partners.ending import end, resume
from app.referrals.partners.forms import LicenceForm, check_licence
from app.referrals.revising import Seen, retract, revise, standing
from db.models import Licence


@dataclass(frozen=True)
class AddLicence(Order[UUID]):
    """One more paper."""

    form: LicenceForm


@dataclass(frozen=True)
class ChangeLicence(Order[Seen]):
    """It was entered wrongly; `reason` is one of `CORRECTION_REASONS`. A new term is a renewal."""

    seen: Seen
    form: LicenceForm
    reason: str


@dataclass(frozen=True)
class RenewLicence(Order[UUID]):
    """延续、换证: the next one. The one before stays readable, and is reminded of no more."""

    seen: Seen
    form: LicenceForm


@dataclass(frozen=True)
class EndLicence(Order[Seen]):
    """注销: it holds no more."""

    seen: Seen
    on: date
    why: str


@dataclass(frozen=True)
class ResumeLicence(Order[Seen]):
    """It was cancelled by mistake."""

    seen: Seen


@dataclass(frozen=True)
class RetractLicence(Order[Seen]):
    """It was entered in error; `why` in words."""

    seen: Seen
    why: str


@performs(AddLicence)
def add_licence(unit: Unit, order: AddLicence) -> UUID:
    """Refuses the same number of one kind twice."""
    unit.require(Right.KEEP_PARTNERS)
    content = check_licence(unit, order.form)
    _refuse_twice(unit, content["what"], content["number"], content["issued"], None)
    row = Licence(**unit.stamp(), revision=1, **content)
    unit.session.add(row)
    return row.rid


@performs(ChangeLicence)
def change_licence(unit: Unit, order: ChangeLicence) -> Seen:
    row = _row(unit, order.seen)
    content = check_licence(unit, order.form)
    _refuse_twice(unit, content["what"], content["number"], content["issued"], row.rid)
    return revise(unit, row, order.reason, content)


@performs(RenewLicence)
def renew_licence(unit: Unit, order: RenewLicence) -> UUID:
    """Refuses another kind, and one that does not last longer."""
    row = _row(unit, order.seen)
    content = check_licence(unit, order.form)
    if content["what"] != row.what:
        raise Refusal("延续的要是同一种证照；别的证照请新增。", field="what")
    if row.expires is None and row.ended_on is None:
        raise Refusal("原证照长期有效，不用延续。", field="expires")
    if row.expires is not None and content["expires"] is not None and content["expires"] <= row.expires:
        raise Refusal(f"原来有效到 {row.expires:%Y-%m-%d}，延续后应更晚。", field="expires")
    fresh = Licence(**unit.stamp(), revision=1, **content)
    unit.session.add(fresh)
    return fresh.rid


@performs(EndLicence)
def end_licence(unit: Unit, order: EndLicence) -> Seen:
    row = _row(unit, order.seen)
    if order.on < row.issued:
        raise Refusal("注销日期早于发证日期；录错的请撤销。", field="on")
    return end(unit, row, order.on, order.why)


@performs(ResumeLicence)
def resume_licence(unit: Unit, order: ResumeLicence) -> Seen:
    return resume(unit, Licence, order.seen)


@performs(RetractLicence)
def retract_licence(unit: Unit, order: RetractLicence) -> Seen:
    return retract(unit, _row(unit, order.seen), order.why)


def _refuse_twice(unit: Unit, what: str, number: str, issued: date, but: UUID | None) -> None:
    statement = select(Licence.rid).where(
        Licence.what == what,
        Licence.number == number,
        Licence.issued == issued,
        Licence.current,
        Licence.state != "retracted",
    )
    if any(rid != but for rid in unit.session.scalars(statement)):
        raise Refusal("这张证照已经登记。", field="number")


def _row(unit: Unit, seen: Seen) -> Licence:
    unit.require(Right.KEEP_PARTNERS)
    return standing(unit, Licence, seen)
