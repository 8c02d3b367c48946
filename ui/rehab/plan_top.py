"""The row above a plan: sections, and who is looked at; in a narrow window one under the other, so no chip breaks."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

_SPACING = 10


class PlanTop(QWidget):
    """`left` takes what room there is; `right` are at the other end."""

    def __init__(self, left: QWidget, right: Iterable[QWidget]) -> None:
        super().__init__()
        self._left = left
        self._right = QHBoxLayout()
        self._right.setSpacing(_SPACING)
        self._right.addStretch(1)
        for piece in right:
            self._right.addWidget(piece, 0, Qt.AlignmentFlag.AlignVCenter)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(_SPACING)
        self._box.addWidget(left, 1)
        self._box.addLayout(self._right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """A count in a chip makes it wider."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        needed = self._left.sizeHint().width() + _SPACING + self._right.sizeHint().width()
        wide = self.width() >= needed
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)
