"""The shapes points of a chart may have, so that they tell each other apart on paper without colour."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

DOT, TRIANGLE, SQUARE, DIAMOND, FALLING, STAR = "dot", "triangle", "square", "diamond", "falling", "star"
MARKS = (DOT, TRIANGLE, SQUARE, DIAMOND, FALLING, STAR)
"""In the order of levels, the best first."""
CROSS = "cross"
"""Nothing was measured."""

_TURNS = {TRIANGLE: (3, -90), DIAMOND: (4, -90), FALLING: (3, 90), STAR: (5, -90)}
"""Corners and where the first one points, in degrees clockwise from the right."""


def mark_at(place: int) -> str:
    """The mark of the n-th level; beyond the last one that of the last."""
    return MARKS[min(place, len(MARKS) - 1)]


def draw_mark(painter: QPainter, point: QPointF, mark: str, size: float, ink: QColor) -> None:
    """One mark round a point, `size` px from its middle to its edge."""
    if mark == CROSS:
        painter.setPen(QPen(ink, 1.8))
        for way in (1, -1):
            painter.drawLine(point + QPointF(-size, -size * way), point + QPointF(size, size * way))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if mark == SQUARE:
        painter.drawRect(QRectF(point.x() - size * 0.9, point.y() - size * 0.9, size * 1.8, size * 1.8))
    elif mark in _TURNS:
        painter.drawPolygon(_polygon(point, mark, size * 1.25))
    else:
        painter.drawEllipse(point, size, size)


def _polygon(point: QPointF, mark: str, size: float) -> QPolygonF:
    corners, first = _TURNS[mark]
    inner = size * 0.45 if mark == STAR else 0.0
    points = []
    for place in range(corners):
        turn = math.radians(first + 360 / corners * place)
        points.append(point + QPointF(math.cos(turn), math.sin(turn)) * size)
        if inner:
            between = turn + math.pi / corners
            points.append(point + QPointF(math.cos(between), math.sin(between)) * inner)
    return QPolygonF(points)
