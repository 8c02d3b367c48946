"""Cards in two columns that become one where there is no room for both, and the row of acts under them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit import Card, Words
from ui.style import Role, look

TWO_FROM = 1020


class TwoColumns(QWidget):
    """`left` and `right` take cards in reading order. `shares`: how the width is parted."""

    def __init__(self, shares: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        for column, share in zip((self.left, self.right), shares, strict=True):
            column.setSpacing(16)
            self._row.addLayout(column, share)

    def end(self) -> None:
        """Once every card is in: what is left of the height stays empty."""
        self.left.addStretch(1)
        self.right.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest card: two columns give way to one; as high as they are at the width there is."""
        widths = []
        for column in (self.left, self.right):
            cards = (column.itemAt(place) for place in range(column.count()))
            widths += [item.minimumSize().width() for item in cards if item is not None]
        high = super().minimumSizeHint().height()
        there = self.heightForWidth(self.width()) if self.isVisible() else -1
        return QSize(max(widths, default=0), min(high, there) if there > 0 else high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look.sp(TWO_FROM)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)


class FootCard(Card):
    """The row of acts under a form that scrolls: `left` pieces, the keys in words, then what is put into `row`."""

    def __init__(self, keys: str, *left: QWidget) -> None:
        super().__init__()
        self.body.setContentsMargins(20, 9, 20, 9)
        self.row = QHBoxLayout()
        self.row.setSpacing(12)
        for piece in left:
            self.row.addWidget(piece)
        self.row.addStretch(1)
        self.keys = Words(keys, Role.HINT)
        self.row.addWidget(self.keys)
        self.body.addLayout(self.row)


def titled(title: str, *pieces: QWidget, hint: str = "") -> Card:
    """A card with these pieces under its title."""
    card = Card(title, hint)
    for piece in pieces:
        card.body.addWidget(piece)
    card.body.setAlignment(Qt.AlignmentFlag.AlignTop)
    return card
