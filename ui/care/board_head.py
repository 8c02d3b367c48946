"""The head of the board: floors, the shift and its day, and how much of it is settled."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.care.queries import Board
from app.care.rules import SlotState
from ui.care.grid_cells import counted
from ui.kit import ChipRow, Words
from ui.kit.day_step import DayStep
from ui.kit.share_bar import ShareBar
from ui.style import Role

_PARTS = (
    ((SlotState.DONE,), "ok.solid"),
    ((SlotState.PARTLY, SlotState.REFUSED, SlotState.NOT_DONE), "orange.solid"),
    ((SlotState.AWAY,), "field"),
    ((SlotState.OVERDUE,), "danger.solid"),
)


class ShiftChoice(QWidget):
    """The day with a step before and after it, and the shifts; `chosen` carries the day and the shift's key."""

    chosen = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.days = DayStep()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.days)
        self.chips: ChipRow | None = None
        self.days.chosen.connect(lambda _day: self._tell())

    def show_board(self, board: Board, today: date) -> None:
        if self.chips is None:
            self.chips = ChipRow(tuple((one.key, f"{one.words} {one.hours}") for one in board.shifts))
            self.chips.group.buttonClicked.connect(self._tell)
            self._row.addWidget(self.chips, 1)
        self.chips.choose(board.shift.key)
        self.days.show_day(board.day, today)

    def _tell(self) -> None:
        if self.chips is not None and self.days.day is not None:
            self.chosen.emit(self.days.day, self.chips.key)


class Settled(QWidget):
    """How much of the shift is settled, in figures; `bar` shows the same by outcome."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = ShareBar("项")
        self.words = Words("", Role.HINT, ink="text2")
        self.late = Words("", Role.LABEL, ink="danger")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.words)
        row.addWidget(self.late)

    def show_board(self, board: Board) -> None:
        found = counted(board.slots)
        blank = sum(found[state] for state in SlotState if state.blank)
        whole = len(board.slots)
        parts = [(sum(found[state] for state in states), ink) for states, ink in _PARTS]
        self.bar.say(parts, whole)
        due = f"　待做 {found[SlotState.DUE]}" if found[SlotState.DUE] else ""
        self.words.setText(f"已有记录 {whole - blank}/{whole}{due}")
        self.late.setText(f"未记录 {found[SlotState.OVERDUE]}" if found[SlotState.OVERDUE] else "")
        self.late.setVisible(bool(found[SlotState.OVERDUE]))
