"""Moves while the resident is still here: approval, submission, the partner's answer, withdrawn, refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.referrals.around.consent import Consent, consent_content
from app.referrals.filling.filling import FillReferral, fill_referral
from app.referrals.filling.frozen import freeze, with_offered
from app.referrals.moving.move import (
    Said,
    consented,
    is_urgent,
    left_behind,
    move,
    row_to_move,
    standing_moves,
    standing_of,
)
from app.referrals.revising import Seen, follow
from app.referrals.rules.states import Status, needs_words
from app.referrals.times import times
from app.referrals.writing.forms import FACTS, partner_to_send_to, refuse_unfinished
from app.residents.stays.forms import words
from db.models import Referral

AGREED = "同意转诊"
"""What an approval says where nothing else is said."""


@dataclass(frozen=True)
class AskApproval(Order[Seen]):
    """草稿 → 待审核."""

    seen: Seen


@dataclass(frozen=True)
class Approve(Order[Seen]):
    """待审核 → 已提交; of an emergency that was sent without it, the approval that follows."""

    seen: Seen
    words: str = ""


@dataclass(frozen=True)
class Reject(Order[Seen]):
    """待审核 → 已驳回; `why` in words."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class SubmitReferral(Order[Seen]):
    """→ 已提交 of an emergency, or once more after the partner declined, to `partner` if that is another one.

    `why`: of an emergency although a refusal was signed."""

    seen: Seen
    partner: UUID | None = None
    department: str = ""
    at: datetime | None = None
    why: str = ""


@dataclass(frozen=True)
class AcceptReferral(Order[Seen]):
    """The partner took it: 接诊医生 and 预约号 or bed where they were said."""

    seen: Seen
    receiver: str = ""
    booking: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class DeclineReferral(Order[Seen]):
    """The partner does not take it; `why` in words."""

    seen: Seen
    why: str
    at: datetime | None = None


@dataclass(frozen=True)
class Withdraw(Order[Seen]):
    """撤回 by us, before the partner accepted."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class CancelReferral(Order[Seen]):
    """取消: the resident, or who decides for them, refuses; the refusal is signed."""

    seen: Seen
    consent: Consent


@performs(AskApproval)
def ask_approval(unit: Unit, order: AskApproval) -> Seen:
    row = row_to_move(unit, order.seen)
    refuse_unfinished(row)
    return move(unit, row, Status.PENDING)


@performs(Approve)
def approve(unit: Unit, order: Approve) -> Seen:
    """Refuses whoever asked for it, and a second approval."""
    row = row_to_move(unit, order.seen, Right.APPROVE_REFERRALS)
    said = words(order.words, "words", "审批意见") or AGREED
    approval = {
        "by": str(unit.actor.rid),
        "by_name": unit.actor.name,
        "at": unit.now.isoformat(),
        "words": said,
    }
    if row.status == Status.PENDING:
        _refuse_own(unit, row)
        if row.partner is not None:
            partner_to_send_to(unit, row.partner)
        asked = standing_of(row)
        if said == AGREED and (lacking := needs_words(asked, Status.SUBMITTED)) is not None:
            raise Refusal(lacking, field="words")
        why = Said(said if asked.refused else "")
        return move(unit, row, Status.SUBMITTED, {"approval": approval, **_sent(unit, row)}, why)
    if row.approval_by is None or row.approval:
        raise Refusal("这份转诊不在等审批。")
    _refuse_own(unit, row)
    return follow(unit, row, f"补审批：{said}", {"approval": approval})


@performs(Reject)
def reject(unit: Unit, order: Reject) -> Seen:
    row = row_to_move(unit, order.seen, Right.APPROVE_REFERRALS)
    return move(unit, row, Status.REJECTED, None, Said(order.why))


@performs(SubmitReferral)
def submit(unit: Unit, order: SubmitReferral) -> Seen:
    row = row_to_move(unit, order.seen)
    refuse_unfinished(row)
    changes: dict[str, Any] = _sent(unit, row)
    said = Said(order.why, order.at)
    chosen = order.partner or row.partner
    partner = partner_to_send_to(unit, chosen) if chosen is not None else None
    if order.partner is not None and partner is not None:
        if partner.rid != row.partner:
            gone, left = left_behind(row)
            changes, said = changes | gone, replace(said, left=left)
        changes |= {"partner": partner.rid, "partner_words": partner.name, "receiver": "", "booking": ""}
        changes["department"] = words(order.department, "department", "科室")
    return move(unit, row, Status.SUBMITTED, {**changes, **owed(unit, row)}, said)


@performs(AcceptReferral)
def accept(unit: Unit, order: AcceptReferral) -> Seen:
    row = row_to_move(unit, order.seen)
    changes: dict[str, Any] = {"due": None, "booking": words(order.booking, "booking", "预约号或床位")}
    if receiver := words(order.receiver, "receiver", "接诊医生"):
        changes["receiver"] = receiver
    return move(unit, row, Status.ACCEPTED, changes, Said(at=order.at))


@performs(DeclineReferral)
def decline(unit: Unit, order: DeclineReferral) -> Seen:
    row = row_to_move(unit, order.seen)
    return move(unit, row, Status.DECLINED, {"due": None}, Said(order.why, order.at))


@performs(Withdraw)
def withdraw(unit: Unit, order: Withdraw) -> Seen:
    row = row_to_move(unit, order.seen)
    return move(unit, row, Status.WITHDRAWN, {"due": None}, Said(order.why))


@performs(CancelReferral)
def cancel(unit: Unit, order: CancelReferral) -> Seen:
    """Refuses a consent that agrees, and one nobody signed."""
    row = row_to_move(unit, order.seen)
    if order.consent.agreed:
        raise Refusal("取消转诊要由老人或家属表示不同意。", field="agreed")
    content = consent_content(unit, order.consent)
    return move(unit, row, Status.CANCELLED, {**content, "due": None}, Said(order.consent.words))


def owed(unit: Unit, row: Referral) -> dict[str, Any]:
    """What an emergency was sent without, and until when it has to follow."""
    if not is_urgent(row):
        return {}
    found: dict[str, Any] = {}
    if not row.approval and row.approval_by is None:
        found["approval_by"] = unit.now + times().approval
    if not consented(row) and row.consent_by is None:
        found["consent_by"] = unit.now + times().consent
    return found


def _sent(unit: Unit, row: Referral) -> dict[str, Any]:
    """The answer that is expected, and the facts of the chart as they are now."""
    return {"due": unit.now + times().answer[row.urgency], "attachments": with_facts(unit, row)}


def with_facts(unit: Unit, row: Referral) -> dict[str, Any]:
    """What is attached, with the facts of the chart as they are now: papers say those of the departure for good."""
    facts = fill_referral(unit, FillReferral(row.resident))
    return {**row.attachments, FACTS: freeze(with_offered(facts, row.attachments))}


def asked_by(reader: Reader, row: Referral) -> set[UUID]:
    """Who wants this referral, and therefore does not approve it: who began it, asked for approval, or sent it."""
    first = reader.session.scalars(
        select(Referral.author).where(Referral.rid == row.rid, Referral.revision == 1)
    )
    wanted = (Status.PENDING, Status.SUBMITTED)
    return {*first, *(UUID(one["by"]) for one in standing_moves(row) if one["to"] in wanted)}


def _refuse_own(unit: Unit, row: Referral) -> None:
    if unit.actor.rid in asked_by(unit, row):
        raise Refusal("自己提出的转诊要由另一位审批。")
