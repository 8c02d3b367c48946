"""A contract is signed, put right, renewed, ended, rated."""

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
from app.referrals.contracts.forms import ContractForm, check_contract
from app.referrals.revising import Seen, follow, retract, revise, standing
from app.referrals.rules.contracts import Span, goes_on_until
from app.residents.stays.forms import words
from db.models import ContractService, FamilyContract, Resident


@dataclass(frozen=True)
class Signed:
    """A contract that was signed."""

    contract: Seen
    number: str


@dataclass(frozen=True)
class SignContract(Order[Signed]):
    """A resident who has none that runs."""

    resident: UUID
    form: ContractForm


@dataclass(frozen=True)
class ChangeContract(Order[Seen]):
    """It was entered wrongly; `reason` is one of `CORRECTION_REASONS`."""

    seen: Seen
    form: ContractForm
    reason: str


@dataclass(frozen=True)
class RenewContract(Order[Signed]):
    """The next one, with a number of its own; the one before runs to its end and renews by itself no more."""

    seen: Seen
    form: ContractForm


@dataclass(frozen=True)
class EndContract(Order[Seen]):
    """解约."""

    seen: Seen
    on: date
    why: str


@dataclass(frozen=True)
class ResumeContract(Order[Seen]):
    """It was ended by mistake."""

    seen: Seen


@dataclass(frozen=True)
class RetractContract(Order[Seen]):
    """Entered in error. Refused once a service was delivered: then it is ended."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class RateSatisfaction(Order[Seen]):
    """How content they are, 1–5."""

    seen: Seen
    score: int


@performs(SignContract)
def sign_contract(unit: Unit, order: SignContract) -> Signed:
    """Refuses a resident who is not known, and a second contract over the same days."""
    unit.require(Right.KEEP_CONTRACTS)
    if unit.session.get(Resident, order.resident) is None:
        raise Refusal("没有找到这位老人。")
    content = check_contract(unit, order.form)
    _refuse_beside(unit, order.resident, content["begins"], content["ends"], None)
    return _written(unit, order.resident, content, None)


@performs(ChangeContract)
def change_contract(unit: Unit, order: ChangeContract) -> Seen:
    row = _row(unit, order.seen)
    content = check_contract(unit, order.form)
    _refuse_beside(unit, row.resident, content["begins"], content["ends"], row.rid)
    return revise(unit, row, order.reason, content)


@performs(RenewContract)
def renew_contract(unit: Unit, order: RenewContract) -> Signed:
    """Refuses days of the one before, and a second renewal."""
    row = _row(unit, order.seen)
    content = check_contract(unit, order.form)
    until = row.ended_on or goes_on_until(Span(row.begins, row.ends), unit.today, renews=False)
    if content["begins"] <= until:
        raise Refusal(f"原签约到 {until:%Y-%m-%d} 为止，续签从第二天起。", field="begins")
    _refuse_beside(unit, row.resident, content["begins"], content["ends"], row.rid)
    if row.renews:
        follow(unit, row, "已续签，不再自动续", {"renews": False})
    return _written(unit, row.resident, content, row.rid)


@performs(EndContract)
def end_contract(unit: Unit, order: EndContract) -> Seen:
    row = _row(unit, order.seen)
    if row.status == "ended":
        raise Refusal("已经解约。")
    if order.on > unit.today:
        raise Refusal("解约日期不能在今天之后。", field="on")
    if order.on < row.begins:
        raise Refusal("解约日期早于签约日期；录错的请撤销。", field="on")
    why = words(order.why, "why", "解约原因", required=True, longest=60)
    return follow(unit, row, f"解约：{why}", {"status": "ended", "ended_on": order.on, "ended_why": why})


@performs(ResumeContract)
def resume_contract(unit: Unit, order: ResumeContract) -> Seen:
    row = _row(unit, order.seen)
    if row.status != "ended":
        raise Refusal("没有解约，不用恢复。")
    _refuse_beside(unit, row.resident, row.begins, row.ends, row.rid)
    return follow(unit, row, "恢复", {"status": "running", "ended_on": None, "ended_why": ""})


@performs(RetractContract)
def retract_contract(unit: Unit, order: RetractContract) -> Seen:
    row = _row(unit, order.seen)
    delivered = unit.session.scalar(
        select(ContractService.rid)
        .where(
            ContractService.contract == row.rid, ContractService.current, ContractService.state != "retracted"
        )
        .limit(1)
    )
    if delivered is not None:
        raise Refusal("已有履约记录，不能撤销；不再签约请用“解约”。")
    return retract(unit, row, order.why)


@performs(RateSatisfaction)
def rate_satisfaction(unit: Unit, order: RateSatisfaction) -> Seen:
    row = _row(unit, order.seen)
    if not 1 <= order.score <= 5:
        raise Refusal("满意度为 1 到 5 分。", field="score")
    if row.satisfaction == order.score:
        return Seen(row.rid, row.revision)
    return follow(unit, row, f"满意度 {order.score} 分", {"satisfaction": order.score})


def contracts_of(unit: Unit, resident: UUID) -> list[FamilyContract]:
    """The contracts of a resident that stand, the newest first."""
    statement = select(FamilyContract).where(
        FamilyContract.resident == resident, FamilyContract.current, FamilyContract.state != "retracted"
    )
    return list(unit.session.scalars(statement.order_by(FamilyContract.begins.desc())))


def _refuse_beside(unit: Unit, resident: UUID, begins: date, ends: date, but: UUID | None) -> None:
    for other in contracts_of(unit, resident):
        if other.rid == but or other.status == "ended":
            continue
        until = goes_on_until(Span(other.begins, other.ends), begins, renews=other.renews)
        if other.begins <= ends and begins <= until:
            raise Refusal(
                f"这位老人已有签约 {other.number}（{other.begins:%Y-%m-%d} 至 {until:%Y-%m-%d}），"
                "请续签或先解约。",
                field="begins",
            )


def _written(unit: Unit, resident: UUID, content: dict[str, Any], before: UUID | None) -> Signed:
    number = f"QY-{unit.next_number('family_contract')}"
    row = FamilyContract(
        **unit.stamp(),
        revision=1,
        resident=resident,
        number=number,
        status="running",
        renewed_from=before,
        **content,
    )
    unit.session.add(row)
    return Signed(Seen(row.rid, 1), number)


def _row(unit: Unit, seen: Seen) -> FamilyContract:
    unit.require(Right.KEEP_CONTRACTS)
    return standing(unit, FamilyContract, seen)
