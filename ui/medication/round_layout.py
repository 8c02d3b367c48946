"""The pieces of the round and how they stand: sections, floors, the day with its states, the grid, the acts."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.care.queries import Unsettled
from app.medication.queries import RoundSheet
from app.medication.rules.slots import DoseState
from ui.kit import Button, Chip
from ui.kit.day_step import DayStep
from ui.kit.floor_choice import FloorChoice
from ui.kit.grid_table import GridCard
from ui.kit.share_bar import ShareBar
from ui.kit.strip import Strip
from ui.kit.view import View
from ui.medication.reconcile_strip import ReconcileStrip
from ui.medication.round_cells import counted
from ui.medication.round_grid import RoundGrid
from ui.medication.round_head import PARTS, RoundLegend
from ui.medication.sections import Sections
from ui.style import Tone


class RoundPieces:
    """What the view is made of."""

    def __init__(self, view: View) -> None:
        self.sections = Sections(view, "medication")
        self.unreconciled = ReconcileStrip(view, "medication")
        self.floors, self.days, self.legend, self.bar = (
            FloorChoice(),
            DayStep(),
            RoundLegend(),
            ShareBar("次"),
        )
        self.only = Chip("只看待给")
        self.grid = RoundGrid()
        self.give = Button("给药", "primary", icon="check")
        self.guided = Button("逐位给药", "plain", icon="list-checks")
        self.otherwise = Button("没有给", "plain")
        self.prn = Button("必要时", "plain")
        self.detail = Button("详情", "plain")
        self.close = Button("结束本班", "plain", icon="clipboard-check")
        self.card = GridCard(self.grid, self.detail, self.prn, self.otherwise, self.guided, self.give)
        self.table, self.state, self.said = self.card.table, self.card.state, self.card.said
        for button, keys in (
            (self.give, "空格"),
            (self.guided, "Enter"),
            (self.otherwise, "N"),
            (self.prn, "P"),
            (self.detail, "D"),
            (self.close, "Ctrl+Enter"),
            (self.only, "F"),
        ):
            button.setToolTip(f"快捷键：{keys}")
        self.strip = Strip("triangle-alert", Tone.WARN)
        self.earlier: tuple[Unsettled, ...] = ()
        self.beside: tuple[tuple[date, int], ...] = ()

    def show_board(self, board: RoundSheet) -> None:
        self.floors.show_floors(board.floors, board.floor)
        self.days.show_day(board.day, board.today)
        self.legend.show_board(board)
        found = counted(board.slots)
        parts = [(sum(found.get(state, 0) for state in states), ink) for states, ink in PARTS]
        self.bar.say(parts, sum(found.values()))
        if board.unsettled is not None:
            self.earlier, self.beside = board.unsettled, board.beside
        self._say_earlier(board)
        self.unreconciled.show_people(
            [
                (row.resident, row.name)
                for row in board.rows
                if any(slot.state is DoseState.UNRECONCILED for slot in row.slots)
            ]
        )

    def _say_earlier(self, board: RoundSheet) -> None:
        """What waits on another day, and earlier shifts that are not settled."""
        waits = [f"{day:%m-%d} 的班次还有 {count} 次待给" for day, count in self.beside if day != board.day]
        shifts = [f"{one.day:%m-%d} {one.shift.words} {one.blanks} 次" for one in self.earlier[:3]]
        said = [*waits, *([f"前面的班还有没记录的给药：{'、'.join(shifts)}"] if shifts else [])]
        self.strip.say("；".join(said), "去处理" if said else "")

    def say_acts(self, *, may: bool) -> None:
        """Acts of giving are offered to whoever may give."""
        for button in (self.give, self.otherwise, self.close):
            button.setEnabled(may)


def lay_out(view: QWidget, pieces: RoundPieces) -> None:
    """Sections, floors, the day with its states, the strip of what is not settled, the grid with its acts."""
    top = QHBoxLayout()
    top.setSpacing(16)
    top.addWidget(pieces.sections, 1)
    top.addWidget(pieces.close, 0, Qt.AlignmentFlag.AlignTop)
    day = QHBoxLayout()
    day.setSpacing(12)
    day.addWidget(pieces.floors, 1)
    day.addWidget(pieces.only, 0, Qt.AlignmentFlag.AlignTop)
    day.addWidget(pieces.days, 0, Qt.AlignmentFlag.AlignTop)
    states = QHBoxLayout()
    states.setSpacing(20)
    states.addWidget(pieces.bar, 1)
    states.addWidget(pieces.legend, 4)
    box = QVBoxLayout(view)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(12)
    box.addLayout(top)
    box.addLayout(day)
    box.addLayout(states)
    box.addWidget(pieces.unreconciled)
    box.addWidget(pieces.strip)
    box.addWidget(pieces.card, 1)
