"""A card of the door: one width, which follows the text size, and generous padding."""

from __future__ import annotations

from PySide6.QtCore import QEvent

from ui.kit.card import Card
from ui.style import look


class DoorCard(Card):
    """`wide` in px at 100 % text size."""

    def __init__(self, wide: int = 440) -> None:
        super().__init__()
        self._wide = wide
        self.body.setContentsMargins(36, 32, 36, 26)
        self.body.setSpacing(16)
        self.setFixedWidth(look.sp(wide))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedWidth(look.sp(self._wide))
        super().changeEvent(event)
