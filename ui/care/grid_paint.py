"""Paints the grid of a shift: the headings, a resident's name, and a cell with the slot that matters most."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from ui.care.grid_cells import SIGNS, Cell, Heading, Line
from ui.kit.cell_paint import Face, Widths, draw_face, draw_nothing, draw_person
from ui.kit.paint import Script, draw_sign, draw_words, metrics
from ui.style import Role, look

WIDTHS = Widths(156, 220, 88, 148)
_CENTRE = Qt.AlignmentFlag.AlignHCenter


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


def draw_name(painter: QPainter, rect: QRect, line: Line) -> None:
    draw_person(painter, rect, line.row.name, line.under, "danger" if _late(line) else "neutral")
    if line.note:
        side = look.sp(18)
        sign = QRect(rect.right() - side - look.sp(8), rect.center().y() - look.sp(18), side, side)
        draw_sign(painter, sign, "accessibility", 16, "info.text")


def draw_cell(painter: QPainter, rect: QRect, cell: Cell | None) -> None:
    if cell is None:
        draw_nothing(painter, rect)
    else:
        draw_face(painter, rect, Face(SIGNS[cell.foremost.state], cell.words, cell.under))


def _late(line: Line) -> bool:
    return any(slot.state.value == "overdue" for slot in line.row.slots)
