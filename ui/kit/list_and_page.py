"""A list at the left and the page of what is chosen at its right: in a narrow window the list gives way first."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ui.kit.flow import FlowRow
from ui.style import look

_LEAST, _SHARE, _GAP = 270, 0.36, 16


class ListAndPage(QWidget):
    """`widest` px at 100 % text size is what the list takes where there is room."""

    def __init__(self, left: QWidget, right: QWidget, widest: int) -> None:
        super().__init__()
        self._left, self._right, self._widest = left, right, widest
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(left)
        row.addWidget(right, 1)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the list may become, whatever it is now."""
        least = super().minimumSizeHint()
        return QSize(look.sp(_LEAST) + _GAP + self._right.minimumSizeHint().width(), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = min(look.sp(self._widest), max(look.sp(_LEAST), round(event.size().width() * _SHARE)))
        self._left.setFixedWidth(wide)


class PageHead(QWidget):
    """What it is at the left, its state and acts at the right; where both have no room, below each other."""

    def __init__(self, first: Iterable[QWidget], pieces: Iterable[QWidget]) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._what = QHBoxLayout()
        self._what.setSpacing(10)
        *before, last = first
        for piece in before:
            self._what.addWidget(piece)
        self._what.addWidget(last, 1)
        self._row.addLayout(self._what, 1)
        self._acts = FlowRow(10)
        self._acts.show_pieces(pieces)
        self._row.addWidget(self._acts, 0, Qt.AlignmentFlag.AlignVCenter)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one below the other."""
        widest = max(self._what.minimumSize().width(), self._acts.minimumSizeHint().width())
        around = self.contentsMargins()
        return QSize(widest + around.left() + around.right(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self._what.sizeHint().width() + self._acts.sizeHint().width() + self._row.spacing()
        beside = self.contentsRect().width() >= needed
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)
