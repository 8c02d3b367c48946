"""The right side of a list and its page: one card, in it the page of what is chosen or why there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from ui.kit import Card, StateView

TOP = Qt.AlignmentFlag.AlignTop
"""Where facts of a grid stand when the one beside them breaks into more lines."""


class Side(QWidget):
    """A page of the right side: `body` runs to the card's edge."""

    def __init__(self) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)


class BesideCard(Card):
    """Holds the page; `state` says what stands instead of it."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(flush=True)
        self.state = StateView(page)
        self.body.addWidget(self.state, 1)


def clear(layout: QLayout) -> None:
    """Let everything in a layout go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.deleteLater()
