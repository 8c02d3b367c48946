"""Where a resident may be referred to: partners with departments, distance, agreement, and whether they fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.core.clock import date_in
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.partners.department import DepartmentRow, departments_of
from app.referrals.partners.lists import lacks, lists
from app.referrals.rules.validity import Term, validity
from db.models import Agreement, Partner, Referral

__all__ = ["DepartmentRow", "PartnerToRefer", "PartnersToRefer"]
_FAR = 10**6


@dataclass(frozen=True)
class PartnerToRefer:
    """One partner on a day. `agreement`: the best that holds, in words, until `until` (None: without limit or none).

    `pay_later`: treated first, paid later; `beds` kept for us; `green`: a green channel holds. `fits`: it can take the
    cause, or nobody said what it can; `why_not`: `无呼吸重症床位 · 不合适`. `last_on`: this resident was sent there.
    """

    rid: UUID
    name: str
    kind: str
    level: str
    address: str
    phone: str
    departments: tuple[DepartmentRow, ...]
    km: float | None
    minutes: int | None
    agreement: str
    until: date | None
    pay_later: bool
    beds: int
    green: bool
    fits: bool
    why_not: str
    last_on: date | None = None

    @property
    def way_words(self) -> str:
        """`6.2 km · 约 14 分钟`."""
        km = f"{self.km:g} km" if self.km is not None else ""
        minutes = f"约 {self.minutes} 分钟" if self.minutes is not None else ""
        return " · ".join(part for part in (km, minutes) if part)

    @property
    def agreement_words(self) -> str:
        """`绿色通道协议到 2027-06-30`."""
        if not self.agreement:
            return "没有有效协议"
        return self.agreement + (f"到 {self.until:%Y-%m-%d}" if self.until else "长期有效")


@dataclass(frozen=True)
class PartnersToRefer(Question[tuple[PartnerToRefer, ...]]):
    """Those that fit the cause first, then a green channel, then the nearest. `cause`: a code of criteria.toml."""

    resident: UUID | None = None
    cause: str = ""


@answers(PartnersToRefer)
def partners_to_refer(reader: Reader, question: PartnersToRefer) -> tuple[PartnerToRefer, ...]:
    """Partners the station still works with; emergency services take nobody in and are left out."""
    reader.require(Right.READ_RESIDENTS)
    statement = select(Partner).where(
        Partner.current, Partner.state != "retracted", Partner.kind != "emergency"
    )
    partners = [
        one
        for one in reader.session.scalars(statement)
        if one.ended_on is None or one.ended_on > reader.today
    ]
    agreements = holding(reader, reader.today)
    before = _last_sent(reader, question.resident)
    rows = [
        _row(partner, agreements.get(partner.rid, ()), question.cause, before.get(partner.rid))
        for partner in partners
    ]
    return tuple(sorted(rows, key=_order))


def holding(reader: Reader, day: date) -> dict[UUID, tuple[Agreement, ...]]:
    """The agreements that hold on a day, by partner; those with a green channel first, then the longest."""
    found: dict[UUID, list[Agreement]] = {}
    for one in reader.session.scalars(
        select(Agreement).where(Agreement.current, Agreement.state != "retracted")
    ):
        if validity(Term(one.begins, one.ends, one.ended_on, one.remind_days), day).holds:
            found.setdefault(one.partner, []).append(one)
    green = lists().green
    return {
        partner: tuple(
            sorted(rows, key=lambda one: (one.what not in green, -(one.ends or date.max).toordinal()))
        )
        for partner, rows in found.items()
    }


def _row(partner: Partner, agreements: Iterable[Agreement], cause: str, last: date | None) -> PartnerToRefer:
    held = tuple(agreements)
    best = held[0] if held else None
    lacking = lacks(partner.capabilities, cause)
    return PartnerToRefer(
        rid=partner.rid,
        name=partner.name,
        kind=partner.kind,
        level=partner.level,
        address=partner.address,
        phone=partner.phone,
        departments=departments_of(partner),
        km=partner.distance_km,
        minutes=partner.minutes,
        agreement=best.words if best else "",
        until=best.ends if best else None,
        pay_later=any(one.terms.get("pay_later") for one in held),
        beds=max((int(one.terms.get("beds") or 0) for one in held), default=0),
        green=any(one.what in lists().green for one in held),
        fits=not lacking,
        why_not=f"{lacking} · 不合适" if lacking else "",
        last_on=last,
    )


def _order(row: PartnerToRefer) -> tuple[bool, bool, int, str]:
    return (not row.fits, not row.green, row.minutes if row.minutes is not None else _FAR, row.name)


def _last_sent(reader: Reader, resident: UUID | None) -> dict[UUID, date]:
    if resident is None:
        return {}
    statement = (
        select(Referral.partner, func.max(Referral.at))
        .where(
            Referral.resident == resident,
            Referral.current,
            Referral.state != "retracted",
            Referral.status.in_(("departed", "arrived", "treating", "returned", "assessed", "archived")),
            Referral.partner.is_not(None),
        )
        .group_by(Referral.partner)
    )
    return {
        partner: date_in(reader.settings.zone, at)
        for partner, at in reader.session.execute(statement)
        if partner is not None
    }
