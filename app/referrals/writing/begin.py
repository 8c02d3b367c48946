"""A referral is begun for a resident, and its content changed while the resident is still here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
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

NOT_SENT = frozenset({Status.DRAFT, Status.REJECTED, Status.PENDING})
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
    """Refuses a referral that is over, one that was sent without a reason, and another hospital for it.

    The 120 script, what was handed over and who goes along stay where the form does not say them: they are written
    beside it. A green channel that was started stays one.
    """
    unit.require(Right.REFER)
    row = standing(unit, Referral, order.seen)
    status = Status(row.status)
    if status not in CHANGEABLE:
        raise Refusal(f"这份转诊{status.words}，不能再改。")
    content = check_referral(unit, order.form, was=row)
    _refuse_other_partner(row, content)
    content["call"] = {**row.call, **content["call"]}
    content["escort"] = _without_empty({**row.escort, **order.form.escort})
    content["green"] = content["green"] or bool(row.times.get("started"))
    if FACTS in row.attachments:  # what it was sent with stays what it was sent with
        content["attachments"][FACTS] = row.attachments[FACTS]
    if status in NOT_SENT:
        if all(getattr(row, name) == value for name, value in content.items()):
            return Seen(row.rid, row.revision)
        return follow(unit, row, "修改", content)
    return revise(unit, row, order.reason, content)


def _refuse_other_partner(row: Referral, content: dict[str, Any]) -> None:
    """Once it was sent the hospital is another one only by a move: answer, booking and times belong to the old one."""
    if Status(row.status) in NOT_SENT:
        return
    if row.partner is not None and content["partner"] == row.partner:
        content["partner_words"] = row.partner_words  # as it was called when it was sent
    elif content["partner_words"] != row.partner_words:
        raise Refusal(
            "已经提交，不能在这里换机构：未出发请登记“对方未接收”后重新提交或撤销提交，已出发请用“转往他院”。",
            field="partner",
        )


def _without_empty(said: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in said.items() if one}


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
