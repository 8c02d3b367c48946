"""今日进度: one bar a floor for each kind of work that goes on."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from app.today.progress import Progresses
from ui.kit import Card, Words
from ui.style import Role, look
from ui.today.levels_card import ShareBar


class ProgressCard(Card):
    """Without anything going on it is not shown."""

    def __init__(self) -> None:
        super().__init__("今日进度")
        self._inside: QWidget | None = None
        self.hide()

    def show_progress(self, kinds: tuple[Progresses, ...]) -> None:
        """Bars of each kind, below its title."""
        self.setVisible(bool(kinds))
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = _bars(kinds)
        self.body.addWidget(self._inside)


def _bars(kinds: tuple[Progresses, ...]) -> QWidget:
    inside = QWidget()
    grid = QGridLayout(inside)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(1, look.sp(80))
    row = 0
    for kind in kinds:
        grid.addWidget(Words(kind.title, Role.HINT), row, 0, 1, 3)
        row += 1
        for one in kind.bars:
            bar = ShareBar()
            ink = "ok.solid" if one.done >= one.total else "primary"
            bar.say(
                ((one.done, ink), (one.total - one.done, "sunken")), f"{one.floor} {one.done} / {one.total}"
            )
            grid.addWidget(Words(one.floor, Role.BODY, ink="text2"), row, 0)
            grid.addWidget(bar, row, 1)
            grid.addWidget(Words(f"{one.done} / {one.total}", Role.BODY), row, 2)
            row += 1
    return inside
