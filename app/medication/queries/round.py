"""The round of a floor: residents by the rounds of a service date, each slot with its state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.access.names import author_names
from app.care.derived import hours_of
from app.care.floors import FloorName, floors_of, lodgers
from app.care.rules import Shift
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.derived import Held, derive
from app.medication.giving.prompting import bedside
from app.medication.lists import Round, round_of, rounds
from app.medication.queries.slot_rows import Recorded, SlotRow, slot_row

__all__ = ["Recorded", "RoundBoard", "RoundRow", "RoundSheet", "SlotRow"]


@dataclass(frozen=True)
class RoundRow:
    """A resident with the slots of the day, in the order of time."""

    resident: UUID
    name: str
    bed: str
    slots: tuple[SlotRow, ...]

    def of(self, key: str) -> tuple[SlotRow, ...]:
        """The slots of one round."""
        return tuple(slot for slot in self.slots if slot.round == key)


@dataclass(frozen=True)
class RoundSheet:
    """What a floor is to get on a service date. `rounds`: those in which something is given; `current`: the one now.

    `floor` is None in a house where nobody lies in a bed.
    """

    floor: UUID | None
    floors: tuple[FloorName, ...]
    day: date
    today: date
    rounds: tuple[Round, ...]
    current: str
    shift_day: date
    shift: Shift
    shifts: tuple[Shift, ...]
    rows: tuple[RoundRow, ...]

    @property
    def slots(self) -> Iterator[SlotRow]:
        return (slot for row in self.rows for slot in row.slots)


@dataclass(frozen=True)
class RoundBoard(Question[RoundSheet]):
    """A floor on a service date; None: the first floor, today."""

    floor: UUID | None = None
    day: date | None = None


@answers(RoundBoard)
def round_board(reader: Reader, question: RoundBoard) -> RoundSheet:
    reader.require(Right.READ_RESIDENTS)
    hours = hours_of(reader)
    shift_day, shift = hours.at(reader.now)
    day = question.day or reader.today
    floors = floors_of(reader)
    known = {one.rid for one in floors}
    floor = question.floor if question.floor in known else floors[0].rid if floors else None
    people = lodgers(reader, floor, day) if floor is not None else ()
    rids = [one.rid for one in people]
    shown = rows_by_resident(reader, rids, derive(reader, rids, [day]))
    held = {slot.round for slots in shown.values() for slot in slots}
    wall = hours.wall(reader.now)
    return RoundSheet(
        floor=floor,
        floors=floors,
        day=day,
        today=reader.today,
        rounds=tuple(one for one in rounds() if one.key in held),
        current=round_of(f"{wall:%H:%M}").key if day == reader.today else "",
        shift_day=shift_day,
        shift=shift,
        shifts=hours.shifts,
        rows=tuple(RoundRow(one.rid, one.name, one.bed, tuple(shown[one.rid])) for one in people),
    )


def rows_by_resident(reader: Reader, residents: list[UUID], whole: list[Held]) -> dict[UUID, list[SlotRow]]:
    """Slots as screens show them, with what is in the way of those that wait."""
    names = author_names(reader)
    known = bedside(reader, residents)
    shown: dict[UUID, list[SlotRow]] = defaultdict(list)
    for held in whole:
        shown[held.order.resident].append(slot_row(reader, held, names, known))
    return shown
