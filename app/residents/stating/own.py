"""Whose record it is: others' are corrected by whoever may, a slip is taken back within minutes by who made it."""

from __future__ import annotations

from datetime import timedelta

from app.core.errors import Refusal
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.rules.stated import UNDO_MINUTES
from db.base import Clinical

CORRECT, RETRACT = "要改请更正并写明原因", "要作废请写明原因"


def refuse_others(unit: Unit, row: Clinical) -> None:
    """Refuses somebody else's record to whoever may not correct those."""
    if row.author != unit.actor.rid:
        unit.require(Right.CORRECT_RECORDS)


def refuse_take_back(unit: Unit, row: Clinical, done: str = "记录", instead: str = CORRECT) -> None:
    """Refuses another person's record, and one that is no slip any more; `done`, `instead`: how the words say it."""
    if row.author != unit.actor.rid:
        raise Refusal(f"只有{done}的人可以撤销。{instead}。")
    if unit.now - row.recorded_at > timedelta(minutes=UNDO_MINUTES):
        raise Refusal(f"{done}已超过 {UNDO_MINUTES} 分钟，不能撤销。{instead}。")
