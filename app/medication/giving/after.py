"""What follows a dose: the effect of one given when needed, the end of an infusion, the countersignature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.access.proof import Proof
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.revising import next_revision
from app.core.roles import Right
from app.core.unit import Unit
from app.medication.giving.writing import ALONE, LONGEST, second_person
from app.medication.seen_dose import SeenDose
from app.residents.stating import Seen
from app.residents.stating.revising import as_seen
from db.models import Dose

EFFECTS = {"better": "好转", "same": "无变化", "worse": "加重", "unclear": "无法判断"}
"""What a PRN dose did, in words."""
RESULT = "结果回报"
_WHAT = "这条给药记录"


@dataclass(frozen=True)
class RecordEffect(Order[Seen]):
    """How a PRN dose worked; `effect` is one of EFFECTS."""

    seen: Seen
    effect: str
    words: str = ""


@dataclass(frozen=True)
class EndInfusion(Order[Seen]):
    """An infusion ended (`at`, None: now); `words`: how much was left, how the resident was."""

    seen: Seen
    at: datetime | None = None
    words: str = ""


@dataclass(frozen=True)
class Countersign(Order[Seen]):
    """A dose checked by one person alone is countersigned by another on the next shift."""

    seen: Seen
    second: Proof


@performs(RecordEffect)
def record_effect(unit: Unit, order: RecordEffect) -> Seen:
    unit.require(Right.GIVE_MEDICINES)
    row = standing(unit, order.seen)
    if row.kind != "prn":
        raise Refusal("只有必要时用药要记效果。")
    if order.effect not in EFFECTS:
        raise Refusal("请选用药后的效果。", field="effect")
    words = order.words.strip()
    if len(words) > LONGEST:
        raise Refusal(f"最多 {LONGEST} 个字。", field="words")
    if order.effect in ("worse", "same") and not words:
        raise Refusal("没有好转请写明情况和处理。", field="words")
    said = {
        "effect": order.effect,
        "effect_words": words,
        "effect_at": unit.now.isoformat(),
        "effect_by": str(unit.actor.rid),
    }
    return revise_dose(unit, row, RESULT, {"prn": row.prn | said})


@performs(EndInfusion)
def end_infusion(unit: Unit, order: EndInfusion) -> Seen:
    unit.require(Right.GIVE_MEDICINES)
    row = standing(unit, order.seen)
    at = order.at or unit.now
    if row.ended is not None:
        raise Refusal("这次输液已记录结束时间。要改请更正。")
    if not row.at <= at <= unit.now:
        raise Refusal("结束时间要在开始之后、现在之前。", field="at")
    note = "；".join(part for part in (row.note, order.words.strip()) if part)
    return revise_dose(unit, row, RESULT, {"ended": at, "note": note[:LONGEST]})


@performs(Countersign)
def countersign(unit: Unit, order: Countersign) -> Seen:
    """By another person than the one who gave it."""
    row = standing(unit, order.seen)
    if row.check_how != ALONE or row.counter_by is not None:
        raise Refusal("这条给药记录不用补签。")
    person = second_person(unit, order.second) if order.second.staff != unit.actor.rid else unit.actor
    if person.rid == row.author:
        raise Refusal("给药的人不能给自己补签，请另一位护士补签。", field="number")
    return revise_dose(unit, row, "补充", {"counter_by": person.rid, "counter_at": unit.now})


def standing(unit: Unit, seen: Seen) -> Dose:
    """The revision to be changed: of the station whose record was seen, else our own, else the one recorded last.

    Refuses one that is gone, was retracted, or was changed since it was seen, and another station's while we have one
    of the same slot: what is written here follows our own, so that one is corrected where it was recorded.
    """
    rows = unit.session.scalars(select(Dose).where(Dose.rid == seen.rid)).all()
    current = sorted((one for one in rows if one.current), key=lambda one: one.recorded_at, reverse=True)
    own = sorted((one for one in current if one.station == unit.station), key=lambda one: -one.revision)
    station = seen.station if isinstance(seen, SeenDose) else ""
    if station in ("", unit.station):
        return as_seen(unit, next(iter(own or current), None), seen, _WHAT, "撤销")
    theirs = next((one for one in current if one.station == station), None)
    if theirs is None:  # replaced since: whatever stands now is another record
        return as_seen(unit, next(iter(current), None), Seen(seen.rid, 0), _WHAT, "撤销")
    mine = [one for one in rows if one.station == unit.station]
    if any((one.current and one.state != "retracted") or one.revision == theirs.revision + 1 for one in mine):
        raise Refusal(f"这是 {station} 站的给药记录，本站对这次给药另有记录；请在 {station} 站更正。")
    return as_seen(unit, theirs, seen, _WHAT, "撤销")


def revise_dose(unit: Unit, row: Dose, reason: str, changes: dict[str, Any]) -> Seen:
    """The next revision of a dose, under this station's own name."""
    fresh = next_revision(unit, row, reason, {"state": "corrected", **changes})
    return Seen(fresh.rid, fresh.revision)
