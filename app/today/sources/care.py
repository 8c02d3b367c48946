"""Care of the shift that goes on: what is due now, and what is past its window without a word."""

from __future__ import annotations

from collections import Counter

from app.care.rules import SlotState
from app.core.roles import Right
from app.today.glance import Glance
from app.today.tiles import Tile, Way


def tile(glance: Glance) -> Tile | None:
    if not glance.actor.may(Right.RECORD_CARE):
        return None
    states = Counter(held.state for held in glance.care)
    late, slots = states[SlotState.OVERDUE], len(glance.care)
    note = f"{late} 项过时未记录" if late else f"本班共 {slots} 项" if slots else "本班没有照护计划"
    number = str(states[SlotState.DUE] + late)
    return Tile("care", "hand-heart", "待做照护", number, note, Way("care"), urgent=bool(late))
