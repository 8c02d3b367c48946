"""The family was told of a referral: who, when, how, what they answered; every time is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.moving.move import minute
from app.referrals.revising import Seen, follow, standing
from app.residents.stays.forms import words
from db.models import Referral

ANSWERS = {"agreed": "同意", "refused": "不同意", "coming": "在赶来", "no_answer": "未接通", "other": "其他"}


@dataclass(frozen=True)
class Told:
    """`answer`: one of ANSWERS. Nobody reached is told, too: it shows that it was tried, and when."""

    name: str
    answer: str
    relation: str = ""
    phone: str = ""
    words: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class TellFamily(Order[Seen]):
    """One more line of whom was told."""

    seen: Seen
    told: Told


@performs(TellFamily)
def tell_family(unit: Unit, order: TellFamily) -> Seen:
    unit.require(Right.REFER)
    row = standing(unit, Referral, order.seen)
    said = order.told
    if said.answer not in ANSWERS:
        raise Refusal("请选择家属的答复。", field="answer")
    at = minute(said.at or unit.now)
    if at > unit.now:
        raise Refusal("时间在现在之后，请核对。", field="at")
    line = {
        "name": words(said.name, "name", "家属姓名", required=True),
        "relation": words(said.relation, "relation", "关系"),
        "phone": words(said.phone, "phone", "电话"),
        "answer": said.answer,
        "words": words(said.words, "words", "说明"),
        "at": at.isoformat(),
        "by": str(unit.actor.rid),
        "by_name": unit.actor.name,
    }
    told = f"告知家属 {line['name']}：{ANSWERS[said.answer]}"
    return follow(unit, row, told, {"family": {"all": [*row.family.get("all", ()), line]}})
