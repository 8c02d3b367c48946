"""A thin bar of coloured shares, and pale what is still to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ui.kit.paint import Painted
from ui.style import look


class ShareBar(Painted):
    """`unit`: what is counted, for a screen reader."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._unit = unit
        self._parts: Sequence[tuple[int, str]] = ()
        self._whole = 0

    def say(self, parts: Sequence[tuple[int, str]], whole: int) -> None:
        """Shares as counts, each with its ink, of a whole."""
        self._parts, self._whole = parts, whole
        self.setAccessibleName(f"共 {whole} {self._unit}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(120), look.sp(6))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(60), look.sp(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        room = QRectF(self.rect())
        painter.setBrush(look.colour("border"))
        painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
        left = room.left()
        for part, ink in self._parts:
            width = room.width() * part / self._whole if self._whole else 0
            if width:
                painter.setBrush(look.colour(ink))
                painter.drawRoundedRect(QRectF(left, room.top(), width, room.height()), 3, 3)
                left += width
