"""The head of a round: the day, how many doses are in which state (the legend of the grid at once), the filter."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from app.medication.queries import RoundSheet
from app.medication.rules.slots import DoseState
from ui.kit.paint import Painted, Script, draw_sign, draw_words, metrics
from ui.medication.dose_words import SIGNS
from ui.medication.round_cells import counted
from ui.style import Role, look

LEGEND = (
    DoseState.UNRECONCILED, DoseState.OVERDUE, DoseState.DUE, DoseState.REFUSED, DoseState.NOT_GIVEN,
    DoseState.HELD, DoseState.MISSED, DoseState.PARTIAL, DoseState.AWAY, DoseState.PAUSED, DoseState.SELF,
    DoseState.PLANNED, DoseState.GIVEN,
)  # fmt: skip
"""In the order of the legend: what presses stands first."""
ALWAYS = {DoseState.DUE, DoseState.PLANNED, DoseState.GIVEN}
PARTS = (
    ((DoseState.GIVEN, DoseState.SELF), "ok.solid"),
    ((DoseState.PARTIAL, DoseState.REFUSED, DoseState.NOT_GIVEN, DoseState.HELD), "orange.solid"),
    ((DoseState.AWAY, DoseState.PAUSED), "field"),
    ((DoseState.OVERDUE, DoseState.MISSED, DoseState.UNRECONCILED), "danger.solid"),
)


class RoundLegend(Painted):
    """Icon, word and count of every state of the day; what does not fit is left out from the end of what is rare."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.found: dict[DoseState, int] = {}

    def show_board(self, board: RoundSheet) -> None:
        self.found = counted(board.slots)
        self.setAccessibleName(self.words())
        self.setToolTip(self.words())
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """`待给药 12　计划 40　已给药 58`."""
        return "　".join(f"{state.words} {self.found.get(state, 0)}" for state in self._states())

    def sizeHint(self) -> QSize:
        return QSize(sum(self._width(state) for state in self._states()) - look.sp(16), look.sp(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(120), look.sp(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        states = self._states()
        left = max(0, self.width() - self.sizeHint().width())
        for state in states:
            wide = self._width(state)
            if left + wide > self.width() + look.sp(16):
                break
            ink = SIGNS[state].ink
            draw_sign(painter, QRect(left, 0, look.sp(18), self.height()), SIGNS[state].icon, 16, ink)
            room = QRect(left + look.sp(22), 0, wide - look.sp(22), self.height())
            draw_words(painter, room, self._said(state), Script(Role.HINT, ink))
            left += wide

    def _states(self) -> list[DoseState]:
        return [state for state in LEGEND if state in self.found or state in ALWAYS]

    def _said(self, state: DoseState) -> str:
        return f"{state.words} {self.found.get(state, 0)}"

    def _width(self, state: DoseState) -> int:
        return look.sp(22) + metrics(Role.HINT).horizontalAdvance(self._said(state)) + look.sp(16)
