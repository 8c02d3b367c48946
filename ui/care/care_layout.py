"""The pieces of the care screen and how they stand: floors, shift, what is settled, the grid, the acts at its foot."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.care.queries import Board, Unsettled
from ui.care.board_head import Settled, ShiftChoice
from ui.care.shift_grid import ShiftGrid
from ui.kit import Button
from ui.kit.floor_choice import FloorChoice
from ui.kit.grid_table import GridCard
from ui.kit.strip import Strip
from ui.style import Tone


class CarePieces:
    """What the view is made of."""

    def __init__(self) -> None:
        self.floors, self.shifts, self.settled = FloorChoice(), ShiftChoice(), Settled()
        self.grid = ShiftGrid()
        self.done = Button("已做", "plain", icon="check")
        self.whole = Button("全部已做", "primary", icon="circle-check")
        self.refused = Button("拒绝", "plain")
        self.not_done = Button("未做", "plain")
        self.close = Button("结束本班", "plain", icon="clipboard-check")
        self.card = GridCard(self.grid, self.refused, self.not_done, self.done, self.whole)
        self.table, self.state, self.said = self.card.table, self.card.state, self.card.said
        for button, keys in (
            (self.done, "空格"),
            (self.whole, "Enter"),
            (self.refused, "R"),
            (self.not_done, "N"),
            (self.close, "Ctrl+Enter"),
        ):
            button.setToolTip(f"快捷键：{keys}")
        self.strip = Strip("triangle-alert", Tone.WARN)
        self.settle = self.strip.button
        self.earlier_shifts: tuple[Unsettled, ...] = ()
        self.unsettled: Unsettled | None = None

    def show_board(self, board: Board, today: date) -> None:
        self.floors.show_floors(board.floors, board.floor)
        self.shifts.show_board(board, today)
        self.settled.show_board(board)
        if board.unsettled is not None:
            self.earlier_shifts = board.unsettled
        shown = (board.day, board.shift.key)
        others = [one for one in self.earlier_shifts if (one.day, one.shift.key) != shown]
        self.unsettled = others[0] if others else None
        listed = "、".join(f"{one.day:%m-%d} {one.shift.words} {one.blanks} 项" for one in others[:3])
        self.strip.say(f"前面的班还有没记录的照护：{listed}" if others else "", "去处理")
        self.close.setEnabled(not board.ahead and bool(board.slots))

    def say_settled(self, board: Board) -> None:
        """Nothing more waits on this floor."""
        self.said.setText(f"{board.shift.words}现在该做的都有记录了。")


def lay_out(view: QWidget, pieces: CarePieces) -> None:
    """Floors, the shift with what is settled, the strip of earlier shifts, the grid with its acts."""
    top = QHBoxLayout()
    top.setSpacing(16)
    top.addWidget(pieces.floors, 1)
    top.addWidget(pieces.close, 0, Qt.AlignmentFlag.AlignTop)
    shift = QHBoxLayout()
    shift.setSpacing(16)
    shift.addWidget(pieces.shifts, 1)
    shift.addWidget(pieces.settled)
    box = QVBoxLayout(view)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(12)
    box.addLayout(top)
    box.addLayout(shift)
    box.addWidget(pieces.settled.bar)
    box.addWidget(pieces.strip)
    box.addWidget(pieces.card, 1)
