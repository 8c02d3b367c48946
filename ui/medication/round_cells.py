"""What stands in the grid of a round: residents by the rounds of the day, in each cell the state that presses most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.medication.lists import Round
from app.medication.queries import RoundRow, RoundSheet, SlotRow
from app.medication.rules.slots import DoseState
from ui.kit.cell_paint import Face
from ui.kit.person_line import PersonLine
from ui.medication.dose_words import PRESSING, SIGNS

_SHORT = {DoseState.PARTIAL: "部分", DoseState.PAUSED: "医嘱停", DoseState.SELF: "自服"}
"""Words that are too long for a narrow column."""
DOUBLED, CONTRADICTS = "可能重复给药", "两站不一致"


@dataclass(frozen=True)
class RoundCell:
    """The slots of one resident in one round."""

    slots: tuple[SlotRow, ...]

    @property
    def state(self) -> DoseState:
        """Of its states the one that presses most."""
        return min((slot.state for slot in self.slots), key=PRESSING.index)

    @property
    def open(self) -> tuple[SlotRow, ...]:
        return tuple(slot for slot in self.slots if slot.state.open)

    @property
    def waiting(self) -> bool:
        return bool(self.open)

    @property
    def ready(self) -> bool:
        """Whether one key gives something."""
        return any(slot.ready for slot in self.slots)

    @property
    def recorded(self) -> tuple[SlotRow, ...]:
        return tuple(slot for slot in self.slots if slot.recorded is not None)

    @property
    def face(self) -> Face:
        state = self.state
        count = sum(slot.state is state for slot in self.slots)
        words = f"{_SHORT.get(state, state.words)} {count}"
        under, ink = self._under(count)
        return Face(SIGNS[state], words, under, ink)

    def _under(self, count: int) -> tuple[str, str]:
        """The second line: what must be seen before a key is pressed, else how many of several are recorded."""
        told = [slot.recorded for slot in self.recorded if slot.recorded is not None]
        if any(one.doubled for one in told):
            return DOUBLED, "danger.text"
        if any(one.contradicts for one in told):
            return CONTRADICTS, "danger.text"
        if holds := sum(slot.holds for slot in self.open):
            return f"{holds} 种建议暂停", "danger.text"
        if asks := sum(bool(slot.prompts) for slot in self.open if slot.state is DoseState.DUE):
            return f"{asks} 种要确认", "info.text"
        return self._rest(count)

    def _rest(self, count: int) -> tuple[str, str]:
        if self.open and self.state is DoseState.UNRECONCILED:
            return f"另 {len(self.open)} 种待给", "info.text"
        if count < len(self.slots):
            return f"已记 {len(self.recorded)}/{len(self.slots)}", ""
        return "", ""


class RoundLine(PersonLine[RoundRow, RoundCell]):
    """A resident's row: a cell under each round."""

    @property
    def late(self) -> bool:
        return any(slot.state is DoseState.OVERDUE for slot in self.row.slots)


@dataclass(frozen=True)
class RoundGridSheet:
    """The whole grid; residents to whom nothing is given on the day have no row."""

    rounds: tuple[Round, ...] = ()
    lines: tuple[RoundLine, ...] = ()
    current: str = ""


def arrange(board: RoundSheet, *, waiting_only: bool = False) -> RoundGridSheet:
    """The grid of a board; `waiting_only`: residents for whom something waits now."""
    lines = (
        RoundLine(row, tuple(_cell(row, one.key) for one in board.rounds)) for row in board.rows if row.slots
    )
    shown = tuple(line for line in lines if line.waits or not waiting_only)
    return RoundGridSheet(board.rounds, shown, board.current)


def counted(slots: Iterable[SlotRow]) -> dict[DoseState, int]:
    """How many slots are in each state that occurs, in the order in which states press."""
    found = Counter(slot.state for slot in slots)
    return {state: found[state] for state in PRESSING if found[state]}


def _cell(row: RoundRow, key: str) -> RoundCell | None:
    slots = row.of(key)
    return RoundCell(slots) if slots else None
