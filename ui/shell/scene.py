"""The painted side of the door: a quiet landscape, the name of the place, the clock."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from app import __version__
from app.core.clock import Clock, local
from ui.shell.brand import draw_mark
from ui.style import Role, look
from ui.style.type_scale import make_font

_WEEKDAYS = "一二三四五六日"
_LIGHT = {"sky": "#DFF0F2", "sun": "#FFFFFF", "far": "#B9DCDE", "mid": "#8CC4C9", "near": "#1B7680"}
_DARK = {"sky": "#122A30", "sun": "#2C5259", "far": "#17393F", "mid": "#1A4A52", "near": "#0B2A30"}


def date_words(clock: Clock, zone: str) -> tuple[str, str]:
    """The time and the date as the wall shows them: `15:52`, `2026 年 11 月 21 日　星期六`."""
    now = local(zone, clock.now())
    day = f"{now.year} 年 {now.month} 月 {now.day} 日　星期{_WEEKDAYS[now.weekday()]}"
    return f"{now:%H:%M}", day


class Scene(QWidget):
    """Decoration with three facts on it: which program, which place, what time."""

    def __init__(self, clock: Clock, zone: str) -> None:
        super().__init__()
        self._clock, self._zone = clock, zone
        self._place = ("", "")
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._turn)
        self._shown = date_words(clock, zone)
        self._tick.start()

    def show_place(self, institution: str, station: str) -> None:
        """Name the place; empty before set-up."""
        self._place = (institution, station)
        self.setAccessibleName(f"{institution} {station}".strip() or "医养工作站")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_land(painter)
        self._paint_words(painter)

    def _turn(self) -> None:
        now = date_words(self._clock, self._zone)
        if now != self._shown:
            self._shown = now
            self.update()

    def _paint_land(self, painter: QPainter) -> None:
        inks = _DARK if look.theme().dark else _LIGHT
        width, height = self.width(), self.height()
        painter.fillRect(self.rect(), QColor(inks["sky"]))
        painter.setPen(Qt.PenStyle.NoPen)
        centre = QPointF(width * 0.74, height * 0.44)
        for radius, strength in ((min(width, height) * 0.2, 90), (min(width, height) * 0.14, 150)):
            sun = QColor(inks["sun"])
            sun.setAlpha(strength)
            painter.setBrush(sun)
            painter.drawEllipse(centre, radius, radius)
        for ink, level in (("far", 0.61), ("mid", 0.70), ("near", 0.82)):
            painter.setBrush(QColor(inks[ink]))
            painter.drawPath(_hill(width, height, height * level))

    def _paint_words(self, painter: QPainter) -> None:
        left, room = look.sp(40), self.width() - look.sp(64)
        size = look.sp(52)
        draw_mark(painter, QRectF(left, look.sp(44), size, size))
        beside = left + size + look.sp(16)
        self._line(painter, QRect(beside, look.sp(44), room, look.sp(32)), "医养工作站", 22)
        self._line(
            painter,
            QRect(beside, look.sp(76), room, look.sp(20)),
            f"CareStation {__version__}",
            13,
            ink="text2",
        )
        top = look.sp(144)
        for text, pixels, ink in ((self._place[0], 32, "text"), (self._place[1], 17, "text2")):
            self._line(painter, QRect(left, top, room, look.sp(pixels + 18)), text, pixels, ink=ink)
            top += look.sp(pixels + 20)
        foot = QRect(left, self.height() - look.sp(128), room, look.sp(60))
        self._line(painter, foot, self._shown[0], 46, ink="#FFFFFF")
        self._line(painter, foot.translated(0, look.sp(58)), self._shown[1], Role.NAV.pixels, ink="#FFFFFF")

    def _line(self, painter: QPainter, room: QRect, text: str, pixels: int, *, ink: str = "text") -> None:
        weight = 600 if pixels > 20 else 400
        font: QFont = make_font(look.sp(pixels), weight)
        painter.setFont(font)
        painter.setPen(QColor(ink) if ink.startswith("#") else look.colour(ink))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _hill(width: int, height: int, level: float) -> QPainterPath:
    """A long wave from the left edge to the right, filled to the ground."""
    path = QPainterPath(QPointF(0, level + height * 0.01))
    swing = height * 0.055
    path.cubicTo(
        width * 0.2, level - swing, width * 0.36, level + swing * 0.9, width * 0.56, level + swing * 0.25
    )
    path.cubicTo(
        width * 0.72, level - swing * 0.3, width * 0.84, level - swing * 0.95, width, level + height * 0.01
    )
    path.lineTo(width, height)
    path.lineTo(0, height)
    path.closeSubpath()
    return path
