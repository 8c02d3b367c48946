"""A tag that leads somewhere: pressed by a click, Space or Enter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from ui.kit.badges import Tag
from ui.kit.focus_ring import ringed
from ui.style import Tone


class TagButton(Tag):
    """`pressed` says that somebody wants to see what is behind it."""

    pressed = Signal()

    def __init__(self, text: str = "", tone: Tone = Tone.NEUTRAL, *, icon: str = "") -> None:
        super().__init__(text, tone, icon=icon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        ringed(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.pressed.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()
