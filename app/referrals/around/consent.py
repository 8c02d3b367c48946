"""Consent to a referral: agreed or refused, by the resident or who decides for them; rescue first, sign after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.strokes import check_drawn, strokes_of
from app.core.unit import Unit
from app.referrals.revising import Seen, follow, standing
from app.referrals.rules.states import OVER, Status
from app.referrals.times import times
from app.residents.stays.forms import words
from db.models import Referral


@dataclass(frozen=True)
class Consent:
    """What was said. `drawn`: a drawn signature as `app.core.strokes` keeps it; `on_paper`: it was signed on paper;
    `later`: rescued first, to be signed within the time of times.toml."""

    name: str = ""
    relation: str = ""
    agreed: bool = True
    words: str = ""
    drawn: dict[str, Any] | None = None
    on_paper: bool = False
    later: bool = False


@dataclass(frozen=True)
class StateReferralConsent(Order[Seen]):
    """Consent to the referral, a refusal, or that it follows. A refusal cancels nothing: `CancelReferral` does."""

    seen: Seen
    consent: Consent


@performs(StateReferralConsent)
def state_consent(unit: Unit, order: StateReferralConsent) -> Seen:
    unit.require(Right.REFER)
    row = standing(unit, Referral, order.seen)
    if Status(row.status) in OVER:
        raise Refusal(f"这份转诊{Status(row.status).words}，不能再改。")
    if order.consent.later:
        if not (row.urgency == "emergency" or row.green):
            raise Refusal("只有急诊或绿色通道可以先救治后补签。", field="later")
        return follow(
            unit, row, "先救治，同意书后补签", {"consent_by": row.consent_by or unit.now + times().consent}
        )
    said = "知情同意" if order.consent.agreed else "不同意转诊"
    return follow(unit, row, said, consent_content(unit, order.consent))


def consent_content(unit: Unit, said: Consent) -> dict[str, Any]:
    """The columns of a consent; refuses one without name, relation or signature, a refusal without words."""
    name = words(said.name, "name", "表态人", required=True)
    relation = words(said.relation, "relation", "与老人的关系", required=True)
    text = words(said.words, "words", "不同意的原因", required=not said.agreed)
    drawn = said.drawn or {}
    if drawn:
        check_drawn(strokes_of(drawn))
    if not (drawn or said.on_paper):
        raise Refusal("请在屏幕上签名，或注明已在纸上签名。", field="drawn")
    kept = {
        "name": name,
        "relation": relation,
        "agreed": said.agreed,
        "words": text,
        "drawn": drawn,
        "on_paper": said.on_paper,
        "told_by": unit.actor.name,
    }
    return {"consent": kept, "consent_at": unit.now}
