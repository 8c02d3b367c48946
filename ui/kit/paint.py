"""Painting shared by widgets and table cells: pills, initials, elided lines, and the base of painted widgets."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.style import Role, Tone, look

BADGE_HEIGHT = 26
TAG_HEIGHT = 24
_DOT = 8


@dataclass(frozen=True)
class Script:
    """How a painted text is set: its role, its ink (a text token, or a tone's `danger.text`), its side."""

    role: Role = Role.BODY
    ink: str = "text"
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True)
class Mark:
    """A short word with what it says: 跌倒 is a warning, 高血压 a neutral fact. `icon` is a drawing's name."""

    text: str
    tone: Tone = Tone.NEUTRAL
    icon: str = ""


_DRESSED_ANEW = frozenset({QEvent.Type.StyleChange, QEvent.Type.FontChange})


class Painted(QWidget):
    """A widget that draws itself from tokens; it measures itself again when theme or text size changes."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in _DRESSED_ANEW:
            self.updateGeometry()
            self.update()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def metrics(role: Role) -> QFontMetrics:
    return QFontMetrics(look.font(role))


def draw_words(painter: QPainter, rect: QRect, text: str, script: Script) -> None:
    """One line of text, vertically centred, elided when there is no room."""
    painter.setFont(look.font(script.role))
    painter.setPen(look.colour(script.ink))
    shown = metrics(script.role).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(script.side | Qt.AlignmentFlag.AlignVCenter), shown)


def pill_width(text: str, *, dot: bool, icon: bool = False) -> int:
    """Room a pill takes: text, 10 px either side, the dot or sign before it."""
    before = look.sp(_DOT) + look.sp(6) if dot else 0
    before += look.sp(16) + 4 if icon else 0
    return metrics(Role.LABEL).horizontalAdvance(text) + before + 2 * look.sp(11)


def draw_pill(painter: QPainter, rect: QRect, mark: Mark, *, dot: bool) -> None:
    """A fully rounded tint with text in its tone: a badge (dot) or a tag (none), a sign before the text if given."""
    ink = f"{mark.tone}.text"
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(f"{mark.tone}.tint"))
    painter.drawRoundedRect(QRectF(rect), rect.height() / 2, rect.height() / 2)
    left = rect.left() + look.sp(11)
    if dot:
        size = look.sp(_DOT)
        painter.setBrush(look.colour(ink))
        painter.drawEllipse(QRectF(left, rect.center().y() + 0.5 - size / 2, size, size))
        left += size + look.sp(6)
    if mark.icon:
        draw_sign(painter, QRect(left, rect.top(), rect.width(), rect.height()), mark.icon, 16, ink)
        left += look.sp(16) + 4
    room = QRect(left, rect.top(), rect.right() - look.sp(8) - left, rect.height())
    draw_words(painter, room, mark.text, Script(Role.LABEL, ink))


def draw_sign(painter: QPainter, rect: QRect, icon: str, size: int, ink: str) -> None:
    """A drawing at the left of `rect`, vertically centred, sharp at the device's ratio."""
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    top = rect.top() + (rect.height() - look.sp(size)) / 2
    painter.drawPixmap(QPointF(rect.left(), top), look.pixmap(icon, size, ink, ratio))


def draw_initial(painter: QPainter, rect: QRect, initial: str, tone: str) -> None:
    """A round tint with the first character of a name."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(f"{tone}.tint"))
    painter.drawEllipse(QRectF(rect))
    font = look.font(Role.STRONG)
    font = type(font)(font)
    font.setPixelSize(max(12, round(rect.height() * 0.40)))
    painter.setFont(font)
    painter.setPen(look.colour(f"{tone}.text"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initial)


def draw_spark(painter: QPainter, rect: QRectF, values: tuple[float, ...], ink: str) -> None:
    """A small line of the last values with a dot at the newest, 1.5 px (drawLines: drawPolyline is far slower)."""
    if len(values) < 2:
        return
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    step = (rect.width() - 6) / (len(values) - 1)
    points = [
        QPointF(rect.left() + i * step, rect.bottom() - 3 - (v - low) / span * (rect.height() - 6))
        for i, v in enumerate(values)
    ]
    pen = QPen(look.colour(ink), 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLines([point for pair in pairwise(points) for point in pair])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(ink))
    painter.drawEllipse(points[-1], 3, 3)


def bottom_line(painter: QPainter, rect: QRect, ink: str = "grid") -> None:
    """A 1 px line at the lower edge, half a pixel inside so that it shows at every ratio."""
    painter.setPen(QPen(look.colour(ink), 1))
    y = rect.bottom() + 0.5
    painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right() + 1, y))
