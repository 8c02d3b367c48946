"""Pages one over the other, each of which scrolls by itself."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class Deck(QStackedWidget):
    """Asks for its least height only: what scrolls inside must not ask for its whole height."""

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())
