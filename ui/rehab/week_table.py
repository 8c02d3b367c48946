"""The week grid under its headings: the rows scroll, the days stay, the cursor stays in sight."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.kit import ScrollBody
from ui.kit.paint import Painted, Script, bottom_line, draw_words
from ui.rehab.week_grid import WeekGrid
from ui.rehab.week_moving import THERAPIST
from ui.rehab.week_paint import HEAD, draw_day
from ui.style import Role, look


class WeekTable(QWidget):
    """Holds the grid and follows its cursor."""

    def __init__(self, grid: WeekGrid) -> None:
        super().__init__()
        self._grid = grid
        self.head = WeekHead(grid)
        self.scroller = ScrollBody()
        self.scroller.body.addWidget(grid)
        self.scroller.body.addStretch(1)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.head)
        inside.addWidget(self.scroller, 1)
        grid.moved.connect(self.keep_in_sight)

    def keep_in_sight(self) -> None:
        """Scroll to the cursor."""
        rect = self._grid.cursor_rect()
        self.scroller.ensureVisible(0, rect.center().y(), 0, rect.height() // 2 + 4)
        self.head.update()


class WeekHead(Painted):
    """The days above the grid, and how many lie beyond its edges."""

    def __init__(self, grid: WeekGrid) -> None:
        super().__init__()
        self._grid = grid
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(320), look.sp(HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        grid, week = self._grid, self._grid.week
        if week is None:
            return
        painter = QPainter(self)
        name, column, fits = grid.places.columns()
        left = QRect(look.sp(14), 0, name - look.sp(20), self.height())
        draw_words(painter, left, "康复师" if week.by == THERAPIST else "老人", Script(Role.HINT, "text2"))
        before, after = grid.offset, 7 - fits - grid.offset
        said = " ".join((f"‹{before} 天",) * bool(before) + (f"{after} 天›",) * (after > 0))
        draw_words(painter, left, said, Script(Role.LABEL, "text2", Qt.AlignmentFlag.AlignRight))
        for shown in range(fits):
            room = QRect(name + shown * column, 0, column, self.height())
            draw_day(painter, room, week, week.days[shown + before])
        bottom_line(painter, self.rect(), "border2")
