"""A number of the workbench that opens its worklist: by click, by its digit, or by Enter when it has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from app.today.tiles import Tile
from ui.kit import StatTile
from ui.kit.focus_ring import ringed


class NumberTile(StatTile):
    """`opened` carries the way of the tile."""

    opened = Signal(object)

    def __init__(self, tile: Tile, press: str) -> None:
        super().__init__(tile.icon, tile.label)
        if press:
            self.aside.setText(f"按 {press}")
        self.key = tile.key
        self._way = tile.way
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        ringed(self)
        self.show_tile(tile)

    def show_tile(self, tile: Tile) -> None:
        """The number as it is now."""
        self._way = tile.way
        self.say(tile.number, tile.note, urgent=tile.urgent)

    def go(self) -> None:
        """Open the worklist behind the number."""
        self.opened.emit(self._way)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.go()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.go()
            return
        super().keyPressEvent(event)
