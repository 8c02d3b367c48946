"""Care of the shift that goes on: what is due now, and what is past its window without a word."""

from __future__ import annotations

from app.care.queries.due import CareDue, care_due
from app.core.roles import Right
from app.core.unit import Reader
from app.today.tiles import Tile, Way


def tile(reader: Reader) -> Tile | None:
    if not reader.actor.may(Right.RECORD_CARE):
        return None
    floors = care_due(reader, CareDue())
    due = sum(floor.due for floor in floors)
    late = sum(floor.overdue for floor in floors)
    slots = sum(floor.slots for floor in floors)
    note = f"{late} 项过时未记录" if late else f"本班共 {slots} 项" if slots else "本班没有照护计划"
    return Tile("care", "hand-heart", "待做照护", str(due + late), note, Way("care"), urgent=bool(late))
