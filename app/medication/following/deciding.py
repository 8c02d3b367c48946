"""A matter is closed by a person: what was found, what was done. The records it is about stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.medication.following.matters import open_matters
from app.residents.stating import Seen
from db.models import MedMatter

LONGEST = 200


@dataclass(frozen=True)
class DecideMatter(Order[Seen]):
    """`what` and `about` name the matter as it was seen, `since` until when; `words` say what was decided."""

    resident: UUID
    what: str
    about: UUID
    since: datetime
    words: str


@performs(DecideMatter)
def decide_matter(unit: Unit, order: DecideMatter) -> Seen:
    """By whoever gives medicines or orders them. Refuses a matter that changed since it was seen."""
    if not unit.actor.may(Right.ORDER_MEDICINES):  # a doctor decides about any of them
        unit.require(Right.GIVE_MEDICINES)
    words = order.words.strip()
    if not words:
        raise Refusal("请写明核实的情况和处理。", field="words")
    if len(words) > LONGEST:
        raise Refusal(f"最多 {LONGEST} 个字。", field="words")
    here = [
        one
        for one in open_matters(unit, order.resident)
        if (one.what, one.about) == (order.what, order.about)
    ]
    if not here:
        raise Refusal("这件事已有人处理。")
    if here[0].since > order.since:
        raise Refusal("刚又有新的记录，请核对后再处理。您填的内容还在。")
    row = MedMatter(
        **unit.stamp(), revision=1, resident=order.resident, what=order.what, about=order.about, since=order.since,
        words=words,
    )  # fmt: skip
    unit.session.add(row)
    return Seen(row.rid, 1)
