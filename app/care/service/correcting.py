"""Acts on what was recorded: correct it, retract it, take it back within ten minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.care.derived import derive
from app.care.revising import retract, revise, standing
from app.care.service.recording import Otherwise, check_said
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.stating import Seen
from app.residents.stating.own import refuse_others, refuse_take_back
from db.models import CareDoing


@dataclass(frozen=True)
class CorrectDoing(Order[Seen]):
    """What really became of a slot; `reason`: one of `CORRECTION_REASONS`, 其他 with words after a colon."""

    seen: Seen
    outcome: str
    reason: str
    why: str = ""
    note: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class RetractDoing(Order[Seen]):
    """A record was an error: the slot is blank again; `why` in words."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class TakeBackDoings(Order[int]):
    """What one key has just recorded was a slip: all of it is retracted, without further words."""

    seen: tuple[Seen, ...]


@performs(CorrectDoing)
def correct_doing(unit: Unit, order: CorrectDoing) -> Seen:
    """By whoever recorded it, or who may correct others' records."""
    unit.require(Right.RECORD_CARE)
    row = standing(unit, CareDoing, order.seen)
    refuse_others(unit, row)
    key = (row.task, row.service_date, row.slot)
    held = next(
        (one for one in derive(unit, [row.resident], [row.service_date]) if one.slot.key == key), None
    )
    if held is None:
        raise Refusal("这一项已不在照护计划里，不能更正；记错了请撤销。")
    check_said(held, Otherwise(*key, order.outcome, order.why, order.note))
    if order.at is not None and order.at > unit.now:
        raise Refusal("执行时间不能晚于现在。", field="at")
    changes: dict[str, Any] = {"outcome": order.outcome, "why": order.why, "note": order.note.strip()}
    return revise(unit, row, order.reason, changes | ({"at": order.at} if order.at else {}))


@performs(RetractDoing)
def retract_doing(unit: Unit, order: RetractDoing) -> Seen:
    """By whoever recorded it, or who may correct others' records."""
    unit.require(Right.RECORD_CARE)
    row = standing(unit, CareDoing, order.seen)
    refuse_others(unit, row)
    return retract(unit, row, order.why)


@performs(TakeBackDoings)
def take_back_doings(unit: Unit, order: TakeBackDoings) -> int:
    """Refuses others' records, those older than ten minutes, and what was corrected since; then none is taken back."""
    unit.require(Right.RECORD_CARE)
    for seen in order.seen:
        row = standing(unit, CareDoing, seen)
        refuse_take_back(unit, row)
        retract(unit, row, "记录后撤销")
    return len(order.seen)
