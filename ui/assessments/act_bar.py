"""The acts of a page, pinned: one main act, the others smaller; stacked at the foot of a panel, or in a strip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from ui.kit import Button, MenuButton

_MOST_IN_ROW = 2


class ActBar(QWidget):
    """The main act is as wide as the panel, the others stand in twos under it; in a strip all stand in a row, and
    where they are too many the others lie in a menu."""

    def __init__(self, main: Button | None, others: Sequence[Button]) -> None:
        super().__init__()
        self._main, self._others = main, tuple(others)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._withheld: set[Button] = set()
        self._in_row: bool | None = None
        self.more = MenuButton("更多")
        self.more.asked.connect(self._fill_menu)
        for button in (self.more, *self._others, *([main] if main else [])):
            button.setParent(self)
        self.lay_out(in_row=False)

    def offer(self, button: Button, *, offered: bool) -> None:
        """Show or hide one act; the others close up."""
        if offered == (button not in self._withheld):
            return
        (self._withheld.discard if offered else self._withheld.add)(button)
        in_row, self._in_row = bool(self._in_row), None
        self.lay_out(in_row=in_row)

    def lay_out(self, *, in_row: bool) -> None:
        """Stack the acts, or put them in a row."""
        if in_row == self._in_row:
            return
        self._in_row = in_row
        while self._grid.takeAt(0) is not None:
            pass
        others, main = self._offered(), self._main if self._main not in self._withheld else None
        crowded = in_row and len(others) > _MOST_IN_ROW
        for button in self._others:
            button.setVisible(button in others and not crowded)
        self.more.setVisible(crowded)
        if self._main is not None:
            self._main.setVisible(main is not None)
        if in_row:
            row: list[QWidget] = [self.more] if crowded else [*others]
            for place, piece in enumerate([*row, *([main] if main else [])]):
                self._grid.addWidget(piece, 0, place)
            return
        if main is not None:
            self._grid.addWidget(main, 0, 0, 1, 2)
        for place, button in enumerate(others):
            alone = place == len(others) - 1 and place % 2 == 0
            self._grid.addWidget(button, 1 + place // 2, place % 2, 1, 2 if alone else 1)

    def _offered(self) -> list[Button]:
        return [button for button in self._others if button not in self._withheld]

    def _fill_menu(self, menu: QMenu) -> None:
        for button in self._offered():
            menu.addAction(button.accessibleName(), button.click)
