"""A shift's board: the residents of a floor with the slots of one shift, and earlier shifts that are not settled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from app.access.names import author_names
from app.care.derived import hours_of, in_shift, in_shifts
from app.care.floors import FloorName, floors_of, lodgers
from app.care.queries.slot_rows import SlotRow, slot_row
from app.care.rules import Hours, Shift
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader

EARLIER = 6
"""Shifts before the one that goes on that are looked through for blanks: two days."""


@dataclass(frozen=True)
class CareRow:
    """A resident with the slots of the shift, in the order of time."""

    resident: UUID
    name: str
    bed: str
    slots: tuple[SlotRow, ...]


class InShift(Protocol):
    """A slot that lies in a shift."""

    @property
    def shift_day(self) -> date: ...

    @property
    def shift(self) -> str: ...


@dataclass(frozen=True)
class Unsettled:
    """An earlier shift of this floor in which slots are still blank."""

    day: date
    shift: Shift
    blanks: int


@dataclass(frozen=True)
class Board:
    """What a floor was to get in one shift. `floor` is None in a house where nobody lies in a bed or has a plan.

    `now_on`: whether it is the shift that goes on; `ahead`: it has not begun; `unsettled` None: nobody asked.
    """

    floor: UUID | None
    floors: tuple[FloorName, ...]
    day: date
    shift: Shift
    shifts: tuple[Shift, ...]
    begins: datetime
    ends: datetime
    now_on: bool
    ahead: bool
    rows: tuple[CareRow, ...]
    unsettled: tuple[Unsettled, ...] | None

    @property
    def slots(self) -> tuple[SlotRow, ...]:
        return tuple(slot for row in self.rows for slot in row.slots)


@dataclass(frozen=True)
class ShiftBoard(Question[Board]):
    """A floor in a shift; None: the first floor, the shift that goes on. `earlier`: with what is not settled."""

    floor: UUID | None = None
    service_date: date | None = None
    shift: str | None = None
    earlier: bool = False


@answers(ShiftBoard)
def shift_board(reader: Reader, question: ShiftBoard) -> Board:
    reader.require(Right.RECORD_CARE)
    hours = hours_of(reader)
    running = hours.at(reader.now)
    day, shift = running
    if question.service_date is not None and question.shift is not None:
        day, shift = question.service_date, hours.shift(question.shift) or running[1]
    floors = floors_of(reader)
    known = {one.rid for one in floors}
    floor = question.floor if question.floor in known else floors[0].rid if floors else None
    people = lodgers(reader, floor, day) if floor is not None else ()
    rids = [one.rid for one in people]
    names = author_names(reader)
    shown: dict[UUID, list[SlotRow]] = defaultdict(list)
    for held in in_shift(reader, rids, day, shift.key):
        shown[held.task.resident].append(slot_row(reader, held, names))
    begins, ends = hours.span(day, shift)
    return Board(
        floor=floor,
        floors=floors,
        day=day,
        shift=shift,
        shifts=hours.shifts,
        begins=begins,
        ends=ends,
        now_on=(day, shift) == running,
        ahead=begins > reader.now,
        rows=tuple(CareRow(one.rid, one.name, one.bed, tuple(shown[one.rid])) for one in people),
        unsettled=_unsettled(reader, rids) if question.earlier else None,
    )


def _unsettled(reader: Reader, residents: list[UUID]) -> tuple[Unsettled, ...]:
    earlier = earlier_than(hours_of(reader), reader.now)
    held = in_shifts(reader, residents, [(day, shift.key) for day, shift in earlier])
    return unsettled_in(earlier, [one.slot for one in held if one.state.blank])


def earlier_than(hours: Hours, now: datetime) -> list[tuple[date, Shift]]:
    """The shifts before the one that goes on, the latest first."""
    running = hours.at(now)
    return [hours.before(*running, steps) for steps in range(1, EARLIER + 1)]


def unsettled_in(earlier: Sequence[tuple[date, Shift]], blank: Iterable[InShift]) -> tuple[Unsettled, ...]:
    """The earlier shifts with blanks, the latest first."""
    blanks = Counter((slot.shift_day, slot.shift) for slot in blank)
    return tuple(
        Unsettled(day, shift, blanks[day, shift.key]) for day, shift in earlier if blanks[day, shift.key]
    )
