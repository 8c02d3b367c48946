"""What waits now, floor by floor: for the worklist of the day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from app.care.derived import hours_of, in_shift
from app.care.floors import NO_BED, floor_of_each, floors_of
from app.care.rules import SlotState
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader


@dataclass(frozen=True)
class FloorDue:
    """Slots of the shift that goes on: those due now, those unrecorded, and all of them."""

    floor: UUID
    words: str
    due: int
    overdue: int
    slots: int


@dataclass(frozen=True)
class CareDue(Question[tuple[FloorDue, ...]]):
    """Every floor in the shift that goes on, in the order of the house; those with nothing planned are left out."""


@answers(CareDue)
def care_due(reader: Reader, _question: CareDue) -> tuple[FloorDue, ...]:
    reader.require(Right.READ_RESIDENTS)
    day, shift = hours_of(reader).at(reader.now)
    floor_of = floor_of_each(reader)
    counts: dict[SlotState | str, Counter[UUID]] = {
        SlotState.DUE: Counter(),
        SlotState.OVERDUE: Counter(),
        "all": Counter(),
    }
    for held in in_shift(reader, None, day, shift.key):
        floor = floor_of.get(held.task.resident, NO_BED)
        counts["all"][floor] += 1
        if held.state.open:
            counts[held.state][floor] += 1
    return tuple(
        FloorDue(
            one.rid,
            one.words,
            counts[SlotState.DUE][one.rid],
            counts[SlotState.OVERDUE][one.rid],
            counts["all"][one.rid],
        )
        for one in floors_of(reader)
        if counts["all"][one.rid]
    )
