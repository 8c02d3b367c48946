"""The mark of the program: a hand holding a heart on the brand's colour, as a painter's piece and as the icon."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from ui.style import look
from ui.style.icons import draw_pixmap


def draw_mark(painter: QPainter, rect: QRectF) -> None:
    """The mark into a square."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("primary"))
    radius = rect.width() * 0.25
    painter.drawRoundedRect(rect, radius, radius)
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    size = round(rect.width() * 0.56)
    inset = (rect.width() - size) / 2
    drawing = draw_pixmap("hand-heart", size, look.theme().hex("onprimary"), ratio)
    painter.drawPixmap(QPointF(rect.left() + inset, rect.top() + inset), drawing)


def window_icon() -> QIcon:
    """The icon of the window, for task bars from 16 to 256 px."""
    icon = QIcon()
    for size in (16, 32, 48, 256):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, QRectF(0, 0, size, size))
        painter.end()
        icon.addPixmap(pixmap)
    return icon
