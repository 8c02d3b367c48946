"""The return assessment 返院评估: what the chart does not prove is said in words, and the whole is finished."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.coming_back.around import around
from app.referrals.coming_back.lists import lists
from app.referrals.coming_back.reconciled import NONE
from app.referrals.coming_back.rows import ItemRow, items_of
from app.referrals.coming_back.standing import return_to_add_to
from app.referrals.moving.move import Said, move
from app.referrals.revising import Seen, follow, standing
from app.referrals.rules.states import Status
from app.residents.stating.revising import newest
from app.residents.stays.forms import words
from db.models import Referral, ReferralReturn


@dataclass(frozen=True)
class NoteAssessed(Order[Seen]):
    """A part of the assessment in `words`, with the record it is in, if there is one; empty words take it back."""

    record: UUID
    code: str
    words: str
    kind: str = ""
    proof: UUID | None = None


@dataclass(frozen=True)
class FinishAssessment(Order[Seen]):
    """返院评估完成: what proved each part is kept with it, and the referral goes on."""

    seen: Seen


@performs(NoteAssessed)
def note_assessed(unit: Unit, order: NoteAssessed) -> Seen:
    """Refuses a part there is none of, a reconciliation a doctor has to sign, and an assessment that is finished."""
    row = return_to_add_to(unit, order.record)
    item = lists().items.get(order.code)
    if item is None:
        raise Refusal("清单里没有这一项，请刷新。", field="item")
    if item.reconciliation and around(unit, [row]).reconciliation(row)[0] != NONE:
        raise Refusal("用药重整要在“返院用药重整”里完成并由医师签名。", field="item")
    if row.assessed_at is not None:
        raise Refusal("返院评估已经完成，不能再改。")
    said = words(order.words, "words", "情况")
    assessed = dict(row.assessed)
    if not said and assessed.pop(order.code, None) is None:
        raise Refusal(f"请写明{item.label}的情况。", field="words")
    if said:
        proof = {"kind": order.kind, "record": str(order.proof)} if order.proof is not None else {}
        assessed[order.code] = {"words": said, **_by(unit), **proof}
    return follow(unit, row, f"{item.label}：{said or '撤回'}", {"assessed": assessed})


@performs(FinishAssessment)
def finish_assessment(unit: Unit, order: FinishAssessment) -> Seen:
    """Refuses while a part is open or the medicines are not reconciled, and says which."""
    unit.require(Right.REFER)
    row = standing(unit, ReferralReturn, order.seen)
    if row.assessed_at is not None:
        raise Refusal("返院评估已经完成。")
    items = items_of(unit, row)
    if waiting := [one.label for one in items if not one.done]:
        raise Refusal(f"还没有完成：{'、'.join(waiting)}。")
    kept = {one.code: row.assessed.get(one.code) or _proof(unit, one) for one in items}
    after = follow(unit, row, "返院评估完成", {"assessed": kept, "assessed_at": unit.now})
    referral = newest(unit, Referral, row.referral) if row.referral is not None else None
    if referral is not None and referral.status == Status.RETURNED:
        move(unit, referral, Status.ASSESSED, None, Said())
    return after


def _proof(unit: Unit, one: ItemRow) -> dict[str, Any]:
    """What proved a part, as it was when the assessment was finished."""
    record = {"kind": one.kind, "record": str(one.record)} if one.record is not None else {}
    at = (one.at or unit.now).isoformat()
    return {"words": one.words, "at": at, "by": "", "by_name": one.by, **record}


def _by(unit: Unit) -> dict[str, Any]:
    return {"at": unit.now.isoformat(), "by": str(unit.actor.rid), "by_name": unit.actor.name}
