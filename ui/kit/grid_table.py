"""A grid under its headings: the rows scroll, the headings stay, the cursor stays in sight; its acts at the foot."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit import Button, Card, ElidedWords, Foot, ScrollBody, StateView
from ui.kit.walked_grid import WalkedGrid
from ui.style import Role, look

LEAST = 200
"""Height in which a sentence with its act still fits instead of the grid."""


class GridTable(QWidget):
    """Holds the grid and follows its cursor."""

    def __init__(self, grid: WalkedGrid) -> None:
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


class GridCard(Card):
    """A grid, or why there is none; at its foot `said` for the cell under the cursor, and the acts on it."""

    def __init__(self, grid: WalkedGrid, *acts: Button) -> None:
        super().__init__(flush=True)
        self.table = GridTable(grid)
        self.state = StateView(self.table)
        self.state.setMinimumHeight(look.sp(LEAST))
        self.said = ElidedWords("", Role.HINT, ink="text2")
        foot = Foot()
        foot.row.addWidget(self.said, 1)
        for button in acts:
            foot.row.addWidget(button)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(foot)
