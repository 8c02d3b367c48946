"""What stands in the grid: residents by tasks, in each cell the slots of one task and the one that matters most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from app.care.lists import OWN, task_kind, task_kinds
from app.care.queries import Board, CareRow, SlotRow
from app.care.rules import SlotState
from ui.kit.cell_paint import CellSign
from ui.kit.person_line import PersonLine
from ui.style import Tone

_PRESSING = (
    SlotState.OVERDUE, SlotState.DUE, SlotState.NOT_DONE, SlotState.REFUSED, SlotState.PARTLY,
    SlotState.PLANNED, SlotState.AWAY, SlotState.DONE,
)  # fmt: skip
"""Of the slots of a cell the first of these is shown."""


SIGNS = {
    SlotState.OVERDUE: CellSign("circle-alert", "danger.text", "danger.tint"),
    SlotState.DUE: CellSign("clock", "info.text"),
    SlotState.NOT_DONE: CellSign("circle-x", "orange.text", "orange.tint"),
    SlotState.REFUSED: CellSign("circle-x", "orange.text", "orange.tint"),
    SlotState.PARTLY: CellSign("circle-alert", "warn.text", "warn.tint"),
    SlotState.PLANNED: CellSign("clock", "text3"),
    SlotState.AWAY: CellSign("house", "text3"),
    SlotState.DONE: CellSign("circle-check", "ok.text"),
}
TONES = {
    SlotState.OVERDUE: Tone.DANGER,
    SlotState.DUE: Tone.INFO,
    SlotState.NOT_DONE: Tone.ORANGE,
    SlotState.REFUSED: Tone.ORANGE,
    SlotState.PARTLY: Tone.WARN,
    SlotState.DONE: Tone.OK,
}


@dataclass(frozen=True)
class Heading:
    """A column: one task of the list, or all those in words of one's own."""

    code: str
    words: str
    icon: str


@dataclass(frozen=True)
class Cell:
    """The slots of one resident under one heading."""

    slots: tuple[SlotRow, ...]

    @property
    def foremost(self) -> SlotRow:
        return min(self.slots, key=lambda slot: _PRESSING.index(slot.state))

    @property
    def waiting(self) -> SlotRow | None:
        """The slot a key records: the first that waits now."""
        return next((slot for slot in self.slots if slot.state.open), None)

    @property
    def recorded(self) -> SlotRow | None:
        """The record a key corrects: the one that shows, else the latest."""
        if self.foremost.seen is not None:
            return self.foremost
        return next((slot for slot in reversed(self.slots) if slot.seen is not None), None)

    @property
    def words(self) -> str:
        """The first line: the state, or the time of what is still to come."""
        slot = self.foremost
        if slot.state is SlotState.PLANNED:
            return slot.name or "本班"
        return "部分" if slot.state is SlotState.PARTLY else slot.words

    @property
    def under(self) -> str:
        """The second line: the time, and how many of several are settled."""
        slot, many = self.foremost, len(self.slots)
        time = "" if slot.state is SlotState.PLANNED else slot.name or "本班"
        settled = sum(not one.state.blank for one in self.slots)
        return " · ".join(part for part in (time, f"{settled}/{many}" if many > 1 else "") if part)


@dataclass(frozen=True)
class Line(PersonLine[CareRow, Cell]):
    """A resident's row: a cell under each heading; `note`: what another subject says of the resident."""

    note: str = ""

    @property
    def under(self) -> str:
        """`301-1 · 4/9`: the bed without its building, and how many are settled."""
        settled = sum(not slot.state.blank for slot in self.row.slots)
        return f"{self.bed} · {settled}/{len(self.row.slots)}"


@dataclass(frozen=True)
class Sheet:
    """The whole grid; residents with nothing planned in this shift have no row."""

    headings: tuple[Heading, ...] = ()
    lines: tuple[Line, ...] = ()


def arrange(board: Board, notes: Mapping[UUID, str] = MappingProxyType({})) -> Sheet:
    """Headings in the order in which they are first due in the shift, then as listed; `notes` by resident."""
    first: dict[str, tuple[int, datetime, int]] = {}
    listed = list(task_kinds())
    for slot in board.slots:
        code = _heading(slot)
        whole = int(not slot.name)  # once in the shift comes after what has its time
        rank = (whole, slot.at, listed.index(code))
        first[code] = min(first.get(code, rank), rank)
    headings = tuple(
        Heading(code, task_kind(code).words, task_kind(code).icon)
        for code in sorted(first, key=lambda one: first[one])
    )
    lines = tuple(
        Line(row, tuple(_cell(row, one.code) for one in headings), notes.get(row.resident, ""))
        for row in board.rows
        if row.slots
    )
    return Sheet(headings, lines)


def counted(slots: Sequence[SlotRow]) -> dict[SlotState, int]:
    """How many slots are in each state."""
    found = dict.fromkeys(SlotState, 0)
    for slot in slots:
        found[slot.state] += 1
    return found


def _heading(slot: SlotRow) -> str:
    return slot.code if slot.code in task_kinds() else OWN


def _cell(row: CareRow, code: str) -> Cell | None:
    slots = tuple(slot for slot in row.slots if _heading(slot) == code)
    return Cell(slots) if slots else None
