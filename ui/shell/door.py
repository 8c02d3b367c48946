"""The door page: the painted scene at the left, one card at a time at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.clock import Clock
from ui.kit.card import ScrollBody
from ui.shell.scene import Scene
from ui.style import look

NARROW = 1000


class Door(QWidget):
    """Shows a card (sign-in, new password, trouble) beside the scene; what does not fit in height scrolls."""

    def __init__(self, clock: Clock, zone: str) -> None:
        super().__init__()
        self.scene = Scene(clock, zone)
        self._scroll = ScrollBody((24, 24, 24, 24))
        self._scroll.body.addStretch(1)
        self._scroll.body.addStretch(1)
        self._card: QWidget | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.scene)
        row.addWidget(self._scroll, 1)
        self._fit()

    @property
    def card(self) -> QWidget | None:
        return self._card

    def show_card(self, card: QWidget) -> None:
        """Show this card instead of the one before, which is kept by whoever made it."""
        if self._card is not None:
            self._scroll.body.removeWidget(self._card)
            self._card.hide()
        self._card = card
        self._scroll.body.insertWidget(1, card, 0, Qt.AlignmentFlag.AlignHCenter)
        card.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        """The scene gives way before the card does."""
        share = 0.455 if self.width() >= NARROW else 0.36
        room = self.width() - self._scroll.minimumSizeHint().width()
        wide = min(int(self.width() * share), room)
        # too narrow for its own words, the scene leaves altogether (large text on a small screen)
        self.scene.setVisible(wide >= look.sp(220))
        self.scene.setFixedWidth(max(wide, look.sp(220)))
