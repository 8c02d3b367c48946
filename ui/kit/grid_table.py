"""A cell grid under its headings: the rows scroll, the headings stay, the cursor stays in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit import ScrollBody
from ui.kit.cell_grid import CellGrid


class GridTable(QWidget):
    """Holds the grid and follows its cursor."""

    def __init__(self, grid: CellGrid) -> None:
        super().__init__()
        self._grid = grid
        self.scroller = ScrollBody()
        self.scroller.body.addWidget(grid)
        self.scroller.body.addStretch(1)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(grid.head)
        inside.addWidget(self.scroller, 1)
        grid.moved.connect(self.keep_in_sight)

    def keep_in_sight(self) -> None:
        """Scroll to the cursor."""
        rect = self._grid.cursor_rect()
        self.scroller.ensureVisible(0, rect.center().y(), 0, rect.height() // 2 + 8)
