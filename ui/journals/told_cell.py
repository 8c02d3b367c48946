"""A cell that tells an entry in up to two lines, toned, struck through where it was retracted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QTextLayout, QTextLine, QTextOption

from ui.kit.paint import metrics
from ui.kit.row_cells import Text, draw_cell
from ui.style import Role, look


@dataclass(frozen=True)
class Told(Text):
    """`struck`: it was retracted, and is still read."""

    struck: bool = False


@draw_cell.register
def _(cell: Told, painter: QPainter, rect: QRect) -> None:
    font = look.font(Role.BODY)
    if cell.struck:
        font = type(font)(font)
        font.setStrikeOut(True)
    painter.setPen(look.colour(cell.ink))
    painter.setFont(font)
    high = metrics(Role.BODY).lineSpacing()
    first, rest = _broken(cell.text, font, rect.width())
    if not rest:
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), first)
        return
    top = rect.top() + (rect.height() - 2 * high) // 2
    painter.drawText(QRect(rect.left(), top, rect.width(), high), 0, first)
    second = metrics(Role.BODY).elidedText(rest, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(QRect(rect.left(), top + high, rect.width(), high), 0, second)


def _broken(text: str, font: QFont, width: int) -> tuple[str, str]:
    """The text broken where the first line is full."""
    if metrics(Role.BODY).horizontalAdvance(text) <= width:
        return text, ""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line: QTextLine = layout.createLine()
    line.setLineWidth(width)
    line.setPosition(QPointF(0, 0))
    length = line.textLength()
    layout.endLayout()
    return text[:length], text[length:]
