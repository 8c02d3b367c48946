"""A referral is begun for a resident, and its content changed while the resident is still here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, true

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.referrals.revising import Seen, follow, revise, standing
from app.referrals.rules.states import OVER, Status
from app.referrals.writing.forms import FACTS, ReferralForm, check_referral
from db.models import Referral, Resident

CHANGEABLE = frozenset(Status) - OVER - {Status.RETURNED, Status.ASSESSED, Status.DIED}


@dataclass(frozen=True)
class Begun:
    """A referral that was begun."""

    referral: Seen
    number: str


@dataclass(frozen=True)
class BeginReferral(Order[Begun]):
    """One more referral of a resident who has none that is open."""

    resident: UUID
    form: ReferralForm


@dataclass(frozen=True)
class ChangeReferral(Order[Seen]):
    """Other content. A draft's needs no `reason`; of one that was sent it is one of `CORRECTION_REASONS`."""

    seen: Seen
    form: ReferralForm
    reason: str = ""


@performs(BeginReferral)
def begin_referral(unit: Unit, order: BeginReferral) -> Begun:
    """Refuses a resident who is not known, and a second referral beside one that is not over."""
    unit.require(Right.REFER)
    if unit.session.get(Resident, order.resident) is None:
        raise Refusal("没有找到这位老人。")
    before = open_referral(unit, order.resident)
    if before is not None:
        raise Refusal(f"这位老人的转诊 {before.number} 还没有结束（{Status(before.status).words}）。")
    number = f"ZZ-{unit.next_number('referral')}"
    row = Referral(
        **unit.stamp(),
        revision=1,
        resident=order.resident,
        number=number,
        status=Status.DRAFT.value,
        **check_referral(unit, order.form),
    )
    unit.session.add(row)
    return Begun(Seen(row.rid, 1), number)


@performs(ChangeReferral)
def change_referral(unit: Unit, order: ChangeReferral) -> Seen:
    """Refuses a referral that is over, and one that was sent without a reason."""
    unit.require(Right.REFER)
    row = standing(unit, Referral, order.seen)
    status = Status(row.status)
    if status not in CHANGEABLE:
        raise Refusal(f"这份转诊{status.words}，不能再改。")
    content = check_referral(unit, order.form)
    if FACTS in row.attachments:  # what it was sent with stays what it was sent with
        content["attachments"][FACTS] = row.attachments[FACTS]
    if status in (Status.DRAFT, Status.REJECTED, Status.PENDING):
        if all(getattr(row, name) == value for name, value in content.items()):
            return Seen(row.rid, row.revision)
        return follow(unit, row, "修改", content)
    return revise(unit, row, order.reason, content)


def open_referral(unit: Reader, resident: UUID, but: UUID | None = None) -> Referral | None:
    """The referral of a resident that is not over: one a person can go on with. `but`: this one does not count."""
    closed = [one.value for one in (*OVER, Status.ASSESSED, Status.DIED, Status.NO_SHOW, Status.RETURNED)]
    return unit.session.scalar(
        select(Referral).where(
            Referral.resident == resident,
            Referral.current,
            Referral.state != "retracted",
            Referral.status.not_in(closed),
            Referral.rid != but if but is not None else true(),
        )
    )
