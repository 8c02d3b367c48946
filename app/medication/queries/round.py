"""The round of a floor: residents by the rounds of a service date, each slot with its state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.access.names import author_names
from app.care.derived import hours_of
from app.care.floors import FloorName, floors_of, lodgers
from app.care.queries.board import Unsettled, earlier_than, unsettled_in
from app.care.rules import Shift
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.derived import Held, derive
from app.medication.giving.prompting import bedside
from app.medication.lists import Round, round_of, rounds
from app.medication.queries.round_marks import NameMarks, marks_of
from app.medication.queries.slot_rows import Recorded, SlotRow, slot_row
from app.medication.unrecorded import blank_slots

__all__ = ["Recorded", "RoundBoard", "RoundRow", "RoundSheet", "SlotRow"]

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class RoundRow:
    """A resident with the slots of the day, in the order of time."""

    resident: UUID
    name: str
    bed: str
    slots: tuple[SlotRow, ...]
    marks: NameMarks

    def of(self, key: str) -> tuple[SlotRow, ...]:
        """The slots of one round."""
        return tuple(slot for slot in self.slots if slot.round == key)


@dataclass(frozen=True)
class RoundSheet:
    """What a floor is to get on a service date. `rounds`: those in which something is given; `current`: the one now.

    `floor` is None in a house where nobody lies in a bed. `unsettled`: earlier shifts of the floor with blanks, None
    where nobody asked; `beside`: doses of the shift that goes on that wait on another service date than the one shown.
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
    unsettled: tuple[Unsettled, ...] | None = None
    beside: tuple[tuple[date, int], ...] = ()

    @property
    def slots(self) -> Iterator[SlotRow]:
        return (slot for row in self.rows for slot in row.slots)


@dataclass(frozen=True)
class RoundBoard(Question[RoundSheet]):
    """A floor on a service date; None: the first floor, today. `earlier`: with what is not settled."""

    floor: UUID | None = None
    day: date | None = None
    earlier: bool = False


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
    unsettled, beside = _unsettled(reader, rids, day) if question.earlier else (None, ())
    held = {slot.round for slots in shown.values() for slot in slots}
    marks = marks_of(reader, people)
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
        rows=tuple(
            RoundRow(one.rid, one.name, one.bed, tuple(shown[one.rid]), marks[one.rid]) for one in people
        ),
        unsettled=unsettled,
        beside=beside,
    )


def _unsettled(
    reader: Reader, rids: list[UUID], day: date
) -> tuple[tuple[Unsettled, ...], tuple[tuple[date, int], ...]]:
    """Earlier shifts with blanks, and what waits of the shift that goes on, on another date than the one shown."""
    hours = hours_of(reader)
    earlier, running = earlier_than(hours, reader.now), hours.at(reader.now)
    since = min(one for one, _shift in earlier)
    days = [since + _DAY * step for step in range((reader.today - since).days + 2)]
    blank = blank_slots(reader, hours, rids, days)
    waits = Counter(
        slot.day
        for slot in blank
        if (slot.shift_day, slot.shift) == (running[0], running[1].key) and slot.day != day
    )
    return unsettled_in(earlier, blank), tuple(sorted(waits.items()))


def rows_by_resident(reader: Reader, residents: list[UUID], whole: list[Held]) -> dict[UUID, list[SlotRow]]:
    """Slots as screens show them, with what is in the way of those that wait."""
    names = author_names(reader)
    known = bedside(reader, residents)
    shown: dict[UUID, list[SlotRow]] = defaultdict(list)
    for held in whole:
        shown[held.order.resident].append(slot_row(reader, held, names, known))
    return shown
