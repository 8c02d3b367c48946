"""The door page: the painted scene at the left, one card at a time at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.core.clock import Clock
from ui.kit.card import ScrollBody
from ui.shell.scene import Scene
from ui.style import look

NARROW, LEAST = 1000, 220


class Door(QWidget):
    """Shows a card (sign-in, new password, trouble) beside the scene; what does not fit in height scrolls."""

    def __init__(self, clock: Clock, zone: str) -> None:
        super().__init__()
        self.scene = Scene(clock, zone)
        self._scroll = ScrollBody((24, 24, 24, 24))
        self._middle = QHBoxLayout()  # an alignment would ignore that texts get higher when they wrap
        self._middle.addStretch(1)
        self._middle.addStretch(1)
        self._scroll.body.addStretch(1)
        self._scroll.body.addLayout(self._middle)
        self._scroll.body.addStretch(1)
        self._card: QWidget | None = None
        self.scene.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.scene)
        self._row.addWidget(self._scroll)
        self._fit()

    @property
    def card(self) -> QWidget | None:
        return self._card

    def show_card(self, card: QWidget) -> None:
        """Show this card instead of the one before, which is kept by whoever made it."""
        if self._card is not None:
            self._middle.removeWidget(self._card)
            self._card.hide()
        self._card = card
        self._middle.insertWidget(1, card)
        card.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        """The scene gives way before the card does; too narrow for its own words, it leaves altogether."""
        share = 455 if self.width() >= NARROW else 360
        self._row.setStretch(0, share)
        self._row.setStretch(1, 1000 - share)
        room = self.width() - self._scroll.minimumSizeHint().width()
        self.scene.setVisible(min(self.width() * share // 1000, room) >= look.sp(LEAST))
