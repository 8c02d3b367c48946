"""The page of progress: verdict and what changed at the left, attendance, goals and a family's words at the right."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.rehab.progress.sheet import ProgressRow
from ui.kit.view import View
from ui.rehab.changes_card import ChangesCard
from ui.rehab.progress_cards import AttendanceCard, FamilyCard, ScoreCard, VerdictCard
from ui.style import look

TWO_FROM = 900


class ProgressPage(QWidget):
    """Two columns where there is room, else one."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.verdict, self.changes = VerdictCard(), ChangesCard()
        self.attendance, self.score, self.family = AttendanceCard(), ScoreCard(), FamilyCard()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        for cards, share in (
            ((self.verdict, self.changes, self.family), 11),
            ((self.attendance, self.score), 9),
        ):
            column = QVBoxLayout()
            column.setSpacing(16)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._row.addLayout(column, share)

    def show_progress(self, row: ProgressRow, today: date) -> None:
        """Show a plan's progress."""
        self.verdict.show_progress(row)
        self.changes.show_progress(row)
        self.family.show_progress(row)
        self.attendance.show_attendance(row.attendance)
        self.score.show_goals(row.goals, row.score, today)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest card: two columns give way to one."""
        cards = (self.verdict, self.changes, self.family, self.attendance, self.score)
        return QSize(
            max(card.minimumSizeHint().width() for card in cards), super().minimumSizeHint().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look.sp(TWO_FROM)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)
