"""Paints the grid of a shift: the headings, a resident's name, and a cell with the slot that matters most."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.care.grid_cells import SIGNS, Cell, Heading, Line
from ui.kit.paint import Script, bottom_line, draw_initial, draw_sign, draw_words, metrics
from ui.style import Role, look

ROW, HEAD = 56, 44
NAME_LEAST, NAME_MOST, COLUMN_LEAST, COLUMN_MOST = 156, 220, 88, 148
_CENTRE = Qt.AlignmentFlag.AlignHCenter


def columns_in(width: int, count: int) -> tuple[int, int, int]:
    """Width of the names, width of a column, and how many columns find room."""
    name = look.sp(NAME_LEAST)
    fits = max(1, min(count, (width - name) // look.sp(COLUMN_LEAST))) if count else 0
    if not fits:
        return width, 0, 0
    column = min(look.sp(COLUMN_MOST), (width - name) // fits)
    return min(max(name, width - column * fits), look.sp(NAME_MOST)), column, fits


def draw_heading(painter: QPainter, rect: QRect, heading: Heading) -> None:
    """The task's drawing and words, in the middle of its column; the drawing gives way to the words."""
    words = metrics(Role.HINT).horizontalAdvance(heading.words)
    icon = look.sp(16) + 6
    if words + icon <= rect.width() - 4:
        left = rect.center().x() - (words + icon) // 2
        draw_sign(painter, QRect(left, rect.top(), icon, rect.height()), heading.icon, 16, "text3")
        draw_words(
            painter,
            QRect(left + icon, rect.top(), words + 2, rect.height()),
            heading.words,
            Script(Role.HINT, "text2"),
        )
    else:
        draw_words(painter, rect.adjusted(2, 0, -2, 0), heading.words, Script(Role.HINT, "text2", _CENTRE))


def draw_line(painter: QPainter, rect: QRect, *, chosen: bool) -> None:
    """The background of a row."""
    if chosen:
        painter.fillRect(rect, look.colour("sel"))
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look.colour("primary"))
    bottom_line(painter, rect)


def draw_name(painter: QPainter, rect: QRect, line: Line) -> None:
    size = look.sp(32)
    left = rect.left() + look.sp(14)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    circle = QRect(left, rect.center().y() - size // 2, size, size)
    draw_initial(painter, circle, line.row.name[:1], "danger" if _late(line) else "neutral")
    words = QRect(left + size + look.sp(10), rect.center().y() - look.sp(21), 0, look.sp(24))
    words.setRight(rect.right() - 4)
    under = QRect(words.left(), rect.center().y() + look.sp(2), words.width(), look.sp(18))
    name = line.row.name
    if metrics(Role.NAME).horizontalAdvance(name) <= words.width():
        draw_words(painter, words, name, Script(Role.NAME))
        draw_words(painter, under, line.under, Script(Role.SMALL, "text3"))
        return
    # half a name is somebody else's: the rest of a long one goes on the second line
    measured = metrics(Role.LABEL)
    fits = next(
        (n for n in range(len(name), 1, -1) if measured.horizontalAdvance(name[:n]) <= words.width()), 1
    )
    draw_words(painter, words, name[:fits], Script(Role.LABEL))
    draw_words(painter, under, name[fits:], Script(Role.LABEL))
    taken = measured.horizontalAdvance(name[fits:] + "　")
    draw_words(painter, under.adjusted(taken, 0, 0, 0), line.under, Script(Role.SMALL, "text3"))


def draw_cell(painter: QPainter, rect: QRect, cell: Cell | None) -> None:
    """What needs somebody is loud: tinted, in its colour; what is planned or done is quiet."""
    if cell is None:
        draw_words(painter, rect, "—", Script(Role.SMALL, "border2", _CENTRE))
        return
    sign, words, under = SIGNS[cell.foremost.state], cell.words, cell.under
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
        ink = sign.ink if sign.tint else "text3"
        below = QRect(inner.left() + 2, top + look.sp(21), inner.width() - 4, look.sp(18))
        draw_words(painter, below, under, Script(Role.SMALL, ink, _CENTRE))


def draw_cursor(painter: QPainter, rect: QRect, *, focused: bool) -> None:
    """Where the keys are; paler while another widget has them."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("focus" if focused else "border2"), 2))
    painter.drawRoundedRect(QRectF(rect).adjusted(3, 4, -3, -5), 8, 8)


def _late(line: Line) -> bool:
    return any(slot.state.value == "overdue" for slot in line.row.slots)
