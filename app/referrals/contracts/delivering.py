"""A service of a contract was delivered 履约; or was noted in error."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.strokes import check_drawn, strokes_of
from app.core.unit import Unit
from app.referrals.contracts.forms import services_of
from app.referrals.contracts.lists import Owed, lists
from app.referrals.moving.move import minute
from app.referrals.revising import Seen, retract, standing
from app.referrals.rules.contracts import Span, goes_on_until, service_year
from app.residents.stays.forms import words
from db.models import ContractService, FamilyContract

LONGEST_RESULT = 300


@dataclass(frozen=True)
class DeliverService(Order[UUID]):
    """`code`: of a service the contract owes, or of contracts.toml with `extra`: 额外, owed by nobody. `at` None: now.

    `provider` empty: whoever is at the desk. `visit`: the `RoundVisit` it was.
    """

    contract: UUID
    code: str
    at: datetime | None = None
    provider: str = ""
    result: str = ""
    drawn: dict[str, Any] = field(default_factory=dict)
    visit: UUID | None = None
    extra: bool = False


@dataclass(frozen=True)
class RetractService(Order[Seen]):
    """It was noted in error; `why` in words."""

    seen: Seen
    why: str


@performs(DeliverService)
def deliver_service(unit: Unit, order: DeliverService) -> UUID:
    """Refuses a time to come or outside the contract, what it does not owe or owes no more, unless as 额外."""
    unit.require(Right.KEEP_CONTRACTS)
    contract = _contract(unit, order.contract)
    at = minute(order.at or unit.now)
    year = _year(unit, contract, at)
    service = _service(unit, contract, order, year)
    if order.drawn:
        check_drawn(strokes_of(order.drawn))
    row = ContractService(
        **unit.stamp(at=at),
        revision=1,
        resident=contract.resident,
        contract=contract.rid,
        code=service.code,
        words=service.words,
        provider=words(order.provider, "provider", "服务人", longest=40) or unit.actor.name,
        result=words(order.result, "result", "结果", longest=LONGEST_RESULT),
        visit=order.visit,
        drawn=order.drawn,
    )
    unit.session.add(row)
    return row.rid


@performs(RetractService)
def retract_service(unit: Unit, order: RetractService) -> Seen:
    unit.require(Right.KEEP_CONTRACTS)
    return retract(unit, standing(unit, ContractService, order.seen), order.why)


def _contract(unit: Unit, rid: UUID) -> FamilyContract:
    row = unit.session.scalar(
        select(FamilyContract).where(
            FamilyContract.rid == rid, FamilyContract.current, FamilyContract.state != "retracted"
        )
    )
    if row is None:
        raise Refusal("没有找到这份签约，请重新选择。")
    return row


def _year(unit: Unit, contract: FamilyContract, at: datetime) -> Span:
    if at > unit.now:
        raise Refusal("时间在现在之后，请核对。", field="at")
    day = date_in(unit.settings.zone, at)
    ends = contract.ended_on or goes_on_until(
        Span(contract.begins, contract.ends), day, renews=contract.renews
    )
    if not contract.begins <= day <= ends:
        raise Refusal(
            f"不在签约期内（{contract.begins:%Y-%m-%d} 至 {ends:%Y-%m-%d}），请核对时间或先续签。", field="at"
        )
    return service_year(contract.begins, ends, day)


def _service(unit: Unit, contract: FamilyContract, order: DeliverService, year: Span) -> Owed:
    owed = next((one for one in services_of(contract) if one.code == order.code), None)
    if owed is None:
        known = lists().services.get(order.code)
        if known is None:
            raise Refusal("请选择服务项目。", field="code")
        if not order.extra:
            raise Refusal(f"签约里没有“{known}”；确实做了请选“额外服务”。", field="extra")
        return Owed(order.code, known)
    if owed.per_year and not order.extra and _done(unit, contract, owed.code, year) >= owed.per_year:
        raise Refusal(f"本年度 {owed.per_year} 次{owed.words}已全部完成；再做请选“额外服务”。", field="extra")
    return owed


def _done(unit: Unit, contract: FamilyContract, code: str, year: Span) -> int:
    rows = unit.session.scalars(
        select(ContractService.at).where(
            ContractService.contract == contract.rid,
            ContractService.code == code,
            ContractService.current,
            ContractService.state != "retracted",
        )
    )
    return sum(year.holds(date_in(unit.settings.zone, at)) for at in rows)
