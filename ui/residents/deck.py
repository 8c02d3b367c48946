"""Pages one over the other, each of which scrolls by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget


class Deck(QStackedWidget):
    """Asks for the room of its largest page at least, never for the whole height of what scrolls inside."""

    def hasHeightForWidth(self) -> bool:
        return False
