"""Sums of a journal: the last 24 hours and the last service days, one line each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from app.journals.journal import Journal
from app.journals.queries import SumsRow
from ui.kit import Words
from ui.style import Role

DAYS = 3


class SumsStrip(QFrame):
    """A small table on a sunken tile: columns are the times, rows the figures."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "tile")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 10, 16, 10)
        self._grid.setHorizontalSpacing(28)
        self._grid.setVerticalSpacing(2)
        self.hide()

    def show_sums(self, journal: Journal, sums: SumsRow) -> None:
        """Show the figures of a journal."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        begins = f"{journal.day_begins:%H:%M}"
        columns = [("近 24 小时", sums.last_24)]
        columns += [(f"{day.day:%m-%d}（{begins} 起）", day.figures) for day in sums.days[:DAYS]]
        for place, (title, figures) in enumerate(columns):
            self._grid.addWidget(Words(title, Role.HINT), 0, place)
            for row, one in enumerate(journal.sums, 1):
                text = f"{one.title} {figures.get(one.key, 0):,.0f} {one.unit}"
                words = Words(text, Role.STRONG if row <= 2 else Role.BODY)
                words.setAlignment(Qt.AlignmentFlag.AlignLeft)
                self._grid.addWidget(words, row, place)
        self._grid.setColumnStretch(len(columns), 1)
        self.show()
