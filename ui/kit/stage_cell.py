"""A cell that says how far something has come: the stage in words over a row of dots, one a stage."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPen

from ui.kit.cell_values import Stages
from ui.kit.paint import Script, draw_words
from ui.style import Role, look

_STEP, _DOT = 11, 5


def draw_stages(cell: Stages, painter: QPainter, rect: QRect) -> None:
    """Where there is no room for the dots the words stand alone."""
    middle = rect.center().y()
    words = QRect(rect.left(), middle - look.sp(21), rect.width(), look.sp(24))
    draw_words(painter, words, cell.text, Script(Role.STRONG, f"{cell.tone}.text"))
    step, size = look.sp(_STEP), look.sp(_DOT)
    if cell.at < 0 or step * cell.of > rect.width():
        return
    y, left = float(middle + look.sp(12)), rect.left() + look.sp(4)
    for place in range(cell.of):
        x = float(left + place * step)
        if place:
            painter.setPen(QPen(look.colour("primary" if place <= cell.at else "border2"), 1))
            painter.drawLine(QPointF(x - step + size / 2, y), QPointF(x - size / 2, y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("primary" if place <= cell.at else "border2"))
        here = size / 2 + (1.5 if place == cell.at else 0)
        painter.drawEllipse(QPointF(x, y), here, here)
