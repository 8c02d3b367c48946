"""The doses of one shift of a floor of which nobody has said anything: what closing the shift asks about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.access.names import author_names
from app.care.floors import lodgers
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.giving.closing import blanks
from app.medication.queries.slot_rows import SlotRow, slot_row


@dataclass(frozen=True)
class BlankDose:
    """A blank dose of somebody."""

    slot: SlotRow
    name: str
    bed: str


@dataclass(frozen=True)
class BlankDoses(Question[tuple[BlankDose, ...]]):
    """By room and bed, then by time."""

    floor: UUID
    day: date
    shift: str


@answers(BlankDoses)
def blank_doses(reader: Reader, question: BlankDoses) -> tuple[BlankDose, ...]:
    reader.require(Right.READ_RESIDENTS)
    people = {one.rid: one for one in lodgers(reader, question.floor, question.day)}
    names = author_names(reader)
    found = [
        BlankDose(slot_row(reader, held, names, None), person.name, person.bed)
        for held in blanks(reader, list(people), question.day, question.shift)
        if (person := people.get(held.order.resident)) is not None
    ]
    order = list(people)
    return tuple(sorted(found, key=lambda one: order.index(one.slot.resident)))
