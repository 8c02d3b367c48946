"""The body seen from behind and in front, as outlines of our own, with the sites a mark can be set at."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from app.core.body import Site
from ui.kit.paint import Script, draw_words
from ui.style import Role, look

WIDTH, HEIGHT = 100.0, 220.0
"""Units of one figure."""
VIEWS = ("back", "front")
TITLES = {"back": "背面", "front": "正面"}
_HALF = (
    (54.5, 25.0, 54.5, 31.0, 66.0, 34.0),
    (71.0, 36.0, 74.5, 40.0, 75.0, 48.0),
    (77.0, 58.0, 78.5, 68.0, 79.5, 76.0),
    (81.5, 88.0, 82.5, 98.0, 84.0, 106.0),
    (87.0, 112.0, 87.0, 119.0, 84.0, 123.0),
    (81.0, 125.0, 79.5, 118.0, 78.5, 107.0),
    (75.5, 96.0, 73.5, 86.0, 71.5, 78.0),
    (69.5, 70.0, 68.5, 62.0, 67.5, 54.0),
    (67.0, 62.0, 64.5, 72.0, 64.0, 80.0),
    (64.5, 88.0, 68.0, 96.0, 68.5, 106.0),
    (69.0, 122.0, 66.5, 140.0, 64.5, 152.0),
    (67.0, 164.0, 64.0, 186.0, 61.5, 200.0),
    (62.5, 206.0, 67.0, 211.0, 64.0, 215.0),
    (60.0, 217.0, 56.0, 216.0, 55.0, 213.0),
    (54.0, 208.0, 54.5, 204.0, 55.0, 200.0),
    (56.5, 184.0, 55.0, 168.0, 54.0, 152.0),
    (53.0, 136.0, 51.5, 122.0, 50.0, 113.0),
)
"""The right half of the outline from the neck round the arm and leg to the middle, as cubic curves."""


@cache
def outline() -> tuple[QPainterPath, QPainterPath]:
    """Body and head."""
    body = QPainterPath(QPointF(54.5, 25.0))
    for x1, y1, x2, y2, x, y in _HALF:
        body.cubicTo(x1, y1, x2, y2, x, y)
    starts = [(54.5, 25.0), *((x, y) for *_rest, x, y in _HALF)]
    for (x1, y1, x2, y2, _x, _y), (sx, sy) in reversed(list(zip(_HALF, starts, strict=False))):
        body.cubicTo(WIDTH - x2, y2, WIDTH - x1, y1, WIDTH - sx, sy)
    body.closeSubpath()
    head = QPainterPath()
    head.addEllipse(QPointF(50, 15), 9.5, 12.0)
    return body, head


def draw_figure(painter: QPainter, room: QRectF, view: str) -> None:
    """One figure with its title, filling `room`."""
    painter.save()
    painter.translate(room.topLeft())
    scale = room.height() / HEIGHT
    painter.scale(scale, scale)
    pen = QPen(look.colour("field"), 1.4 / scale)
    painter.setPen(pen)
    painter.setBrush(look.colour("sunken"))
    for part in outline():
        painter.drawPath(part)
    if view == "back":
        painter.setPen(QPen(look.colour("border2"), 1 / scale))
        painter.drawLine(QPointF(50, 36), QPointF(50, 92))
    painter.restore()


def draw_site(painter: QPainter, at: QPointF, *, here: bool) -> None:
    """A place that can be marked; `here` is where the cursor stands."""
    painter.setPen(QPen(look.colour("focus" if here else "field"), 2 if here else 1))
    painter.setBrush(look.colour("surface"))
    painter.drawEllipse(at, look.sp(6) if here else 3, look.sp(6) if here else 3)


def draw_mark(painter: QPainter, at: QPointF, number: int) -> None:
    """A mark with its number."""
    size = look.sp(18)
    room = QRectF(at.x() - size / 2, at.y() - size / 2, size, size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("primary"))
    painter.drawEllipse(room)
    script = Script(Role.SMALL, "onprimary", Qt.AlignmentFlag.AlignHCenter)
    draw_words(painter, room.toRect(), str(number), script)


def place_of(site: Site, room: QRectF) -> QPointF:
    """Where a site lies in the figure's room."""
    scale = room.height() / HEIGHT
    return QPointF(room.left() + site.x * scale, room.top() + site.y * scale)
