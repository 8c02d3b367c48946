"""A layout that fills one row after another, so that a row of chips breaks instead of making its window wider."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class Flow(QLayout):
    """Left to right, then the next row; `spacing` px between items and between rows."""

    def __init__(self, spacing: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        round_it = self.contentsMargins()
        inside = QRect(0, 0, width - round_it.left() - round_it.right(), 0)
        return self._fill(inside, move=False) + round_it.top() + round_it.bottom()

    def sizeHint(self) -> QSize:
        widths = [item.sizeHint().width() for item in self._items if not item.isEmpty()]
        round_it = self.contentsMargins()
        wide = sum(widths) + self.spacing() * max(0, len(widths) - 1) + round_it.left() + round_it.right()
        return QSize(wide, self.minimumSize().height())

    def minimumSize(self) -> QSize:
        least = QSize(0, 0)
        for item in self._items:
            least = least.expandedTo(item.minimumSize())
        return least.grownBy(self.contentsMargins())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._fill(rect.marginsRemoved(self.contentsMargins()), move=True)

    def _fill(self, rect: QRect, *, move: bool) -> int:
        """Place the items, or only find out how high they stand at this width."""
        left, top, high = rect.left(), rect.top(), 0
        row: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():  # hidden: it takes no room, and no gap either
                continue
            size = item.sizeHint()
            if high and left + size.width() > rect.left() + rect.width():
                self._level(row, high, move=move)
                left, top, high, row = rect.left(), top + high + self.spacing(), 0, []
            row.append((item, QRect(QPoint(left, top), size)))
            left += size.width() + self.spacing()
            high = max(high, size.height())
        self._level(row, high, move=move)
        return top + high - rect.top()

    @staticmethod
    def _level(row: list[tuple[QLayoutItem, QRect]], high: int, *, move: bool) -> None:
        """The pieces of one row, the low ones level with the middle of the highest."""
        for item, place in row if move else ():
            item.setGeometry(place.translated(0, (high - place.height()) // 2))


class FlowRow(QWidget):
    """A widget whose pieces flow: where pieces come and go, or the card round them is made anew, use this.

    A flow that is a layout inside a layout can be asked for its size while its items are being deleted.
    """

    def __init__(self, spacing: int = 8) -> None:
        super().__init__()
        self._flow = Flow(spacing)
        self.setLayout(self._flow)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_pieces(self, pieces: Iterable[QWidget]) -> None:
        """Other pieces instead of those there are."""
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for piece in pieces:
            self._flow.addWidget(piece)
