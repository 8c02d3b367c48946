"""Paints what grids of people share: the row, the name over its bed, a state with its icon, the cursor."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.kit.paint import Script, bottom_line, draw_initial, draw_sign, draw_words, metrics
from ui.style import Role, look

ROW, HEAD = 56, 44
_CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True)
class CellSign:
    """How a state is drawn: icon, ink, and a tint behind what needs somebody's eye."""

    icon: str
    ink: str
    tint: str = ""


@dataclass(frozen=True)
class Face:
    """What a cell shows: its state in words, a small line under it, that line's own ink if it has one."""

    sign: CellSign
    words: str
    under: str = ""
    ink: str = ""


@dataclass(frozen=True)
class Widths:
    """In px at 100 %: of the names at least and at most, of a column at least and at most."""

    name_least: int
    name_most: int
    least: int
    most: int

    def shared(self, width: int, count: int) -> tuple[int, int, int]:
        """Width of the names, width of a column, and how many columns find room."""
        name = look.sp(self.name_least)
        fits = max(1, min(count, (width - name) // look.sp(self.least))) if count else 0
        if not fits:
            return width, 0, 0
        column = min(look.sp(self.most), (width - name) // fits)
        return min(max(name, width - column * fits), look.sp(self.name_most)), column, fits


def draw_row(painter: QPainter, rect: QRect, *, chosen: bool) -> None:
    """The background of a row."""
    if chosen:
        painter.fillRect(rect, look.colour("sel"))
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look.colour("primary"))
    bottom_line(painter, rect)


def draw_person(painter: QPainter, rect: QRect, name: str, under: str, tone: str) -> QRect:
    """The initial, the name, and a line under it; where the line ends is given back, to be written on.

    Half a name is somebody else's: the rest of a long one goes on the second line.
    """
    size = look.sp(32)
    left = rect.left() + look.sp(14)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_initial(painter, QRect(left, rect.center().y() - size // 2, size, size), name[:1], tone)
    words = QRect(left + size + look.sp(10), rect.center().y() - look.sp(21), 0, look.sp(24))
    words.setRight(rect.right() - 4)
    below = QRect(words.left(), rect.center().y() + look.sp(2), words.width(), look.sp(18))
    if metrics(Role.NAME).horizontalAdvance(name) <= words.width():
        draw_words(painter, words, name, Script(Role.NAME))
        draw_words(painter, below, under, Script(Role.SMALL, "text3"))
        return below.adjusted(metrics(Role.SMALL).horizontalAdvance(under + "　"), 0, 0, 0)
    measured = metrics(Role.LABEL)
    fits = next(
        (n for n in range(len(name), 1, -1) if measured.horizontalAdvance(name[:n]) <= words.width()), 1
    )
    draw_words(painter, words, name[:fits], Script(Role.LABEL))
    draw_words(painter, below, name[fits:], Script(Role.LABEL))
    rest = below.adjusted(measured.horizontalAdvance(name[fits:] + "　"), 0, 0, 0)
    draw_words(painter, rest, under, Script(Role.SMALL, "text3"))
    return rest.adjusted(metrics(Role.SMALL).horizontalAdvance(under + "　"), 0, 0, 0)


def draw_nothing(painter: QPainter, rect: QRect) -> None:
    """A cell in which nothing is planned."""
    draw_words(painter, rect, "—", Script(Role.SMALL, "border2", _CENTRE))


def draw_face(painter: QPainter, rect: QRect, face: Face) -> None:
    """What needs somebody is loud: tinted, in its colour; what is planned or done is quiet."""
    sign, words, under = face.sign, face.words, face.under
    inner = rect.adjusted(4, 5, -4, -6)
    if sign.tint:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(sign.tint))
        painter.drawRoundedRect(QRectF(inner), 8, 8)
    wide = metrics(Role.BODY).horizontalAdvance(words)
    icon = look.sp(16) + 6
    left = max(inner.left() + 4, rect.center().x() - (wide + icon) // 2)
    top = inner.top() + (look.sp(3) if under else (inner.height() - look.sp(22)) // 2)
    draw_sign(painter, QRect(left, top, icon, look.sp(22)), sign.icon, 16, sign.ink)
    room = QRect(left + icon, top, inner.right() - left - icon, look.sp(22))
    draw_words(painter, room, words, Script(Role.BODY, sign.ink))
    if under:
        shade = face.ink or (sign.ink if sign.tint else "text3")
        below = QRect(inner.left() + 2, top + look.sp(21), inner.width() - 4, look.sp(18))
        draw_words(painter, below, under, Script(Role.SMALL, shade, _CENTRE))


def draw_cursor(painter: QPainter, rect: QRect, *, focused: bool) -> None:
    """Where the keys are; paler while another widget has them."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("focus" if focused else "border2"), 2))
    painter.drawRoundedRect(QRectF(rect).adjusted(3, 4, -3, -5), 8, 8)
