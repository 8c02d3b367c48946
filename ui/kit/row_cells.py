"""How what can stand in a cell of a rows table is painted from tokens; the values stand in `ui.kit.cell_values`."""

from __future__ import annotations

from functools import singledispatch

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from ui.kit.badges import tag_widths
from ui.kit.bar_cell import Bar, draw_bar
from ui.kit.cell_values import (
    Cell,
    Marks,
    Name,
    Revised,
    Shares,
    Signed,
    Spark,
    Stages,
    State,
    Text,
    What,
    spoken,
)
from ui.kit.paint import (
    BADGE_HEIGHT,
    TAG_HEIGHT,
    Mark,
    Script,
    draw_initial,
    draw_pill,
    draw_sign,
    draw_spark,
    draw_words,
    metrics,
    pill_width,
)
from ui.kit.stage_cell import draw_stages
from ui.style import Role, Tone, look

__all__ = [
    "Bar",
    "Cell",
    "Marks",
    "Name",
    "Revised",
    "Shares",
    "Signed",
    "Spark",
    "Stages",
    "State",
    "Text",
    "What",
    "draw_cell",
    "spoken",
]


@singledispatch
def draw_cell(cell: Cell, painter: QPainter, rect: QRect) -> None:  # noqa: ARG001  # the shape of all below
    """Paint a cell into its room (row lines and background are already there)."""
    raise TypeError(cell)


draw_cell.register(Bar, draw_bar)


@draw_cell.register
def _(cell: Text, painter: QPainter, rect: QRect) -> None:
    side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
    draw_words(painter, rect, cell.text, Script(Role.STRONG if cell.strong else Role.BODY, cell.ink, side))


@draw_cell.register
def _(cell: Name, painter: QPainter, rect: QRect) -> None:
    size = look.sp(36)
    draw_initial(painter, _middle(rect, size, size), cell.text[:1], cell.tone)
    room, under = _two_lines(rect, size)
    if cell.mark:
        _draw_name_mark(painter, room, cell)
    draw_words(painter, room, cell.text, Script(Role.NAME))
    draw_words(painter, under, cell.under, Script(Role.SMALL, "text3"))


@draw_cell.register
def _(cell: State, painter: QPainter, rect: QRect) -> None:
    if not cell.text:
        return
    width = min(pill_width(cell.text, dot=True), rect.width())
    draw_pill(painter, _middle(rect, width, look.sp(BADGE_HEIGHT)), Mark(cell.text, cell.tone), dot=True)
    if cell.aside:
        draw_words(painter, rect.adjusted(width + 10, 0, 0, 0), cell.aside, Script(Role.HINT, "text2"))


@draw_cell.register
def _(cell: Marks, painter: QPainter, rect: QRect) -> None:
    if not cell.marks:
        draw_words(painter, rect, "—", Script(ink="text3"))
        return
    widths, rest = tag_widths(cell.marks, rect.width())
    left = rect.left()
    for mark, width in zip(cell.marks, widths, strict=False):
        room = _middle(rect, width, look.sp(TAG_HEIGHT))
        room.moveLeft(left)
        draw_pill(painter, room, mark, dot=False)
        left += width + 8
    if rest:
        draw_words(
            painter, rect.adjusted(left - rect.left(), 0, 0, 0), f"+{rest}", Script(Role.HINT, "text2")
        )


@draw_cell.register
def _(cell: Spark, painter: QPainter, rect: QRect) -> None:
    width = look.sp(48)
    room = _middle(rect, width, look.sp(20))
    draw_spark(painter, room.toRectF(), cell.values, f"{cell.tone}.text" if cell.tone else "chart1")
    ink = f"{cell.tone}.text" if cell.tone else "text2"
    draw_words(painter, rect.adjusted(width + 6, 0, 0, 0), cell.text, Script(ink=ink))


@draw_cell.register
def _(cell: Signed, painter: QPainter, rect: QRect) -> None:
    draw_sign(painter, rect, cell.icon, 18, cell.ink)
    draw_words(painter, rect.adjusted(look.sp(18) + 8, 0, 0, 0), cell.text, Script(ink=cell.ink))


@draw_cell.register
def _(cell: What, painter: QPainter, rect: QRect) -> None:
    size = look.sp(36)
    tile = _middle(rect, size, size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(f"{cell.tone}.tint"))
    painter.drawRoundedRect(tile, 9, 9)
    inset = (size - look.sp(18)) // 2
    draw_sign(painter, tile.adjusted(inset, 0, 0, 0), cell.icon, 18, f"{cell.tone}.text")
    first, under = _two_lines(rect, size)
    if not cell.under:
        first = QRect(first.left(), rect.top(), first.width(), rect.height())
    draw_words(painter, first, cell.text, Script(Role.NAME, "text3" if cell.gone else cell.ink))
    if cell.gone:
        width = min(metrics(Role.NAME).horizontalAdvance(cell.text), first.width())
        painter.drawLine(first.left(), first.center().y() + 1, first.left() + width, first.center().y() + 1)
    draw_words(painter, under, cell.under, Script(Role.SMALL, cell.under_ink))


@draw_cell.register
def _(cell: Revised, painter: QPainter, rect: QRect) -> None:
    pieces = [(text, Script(Role.BODY, "text3"), True) for text in cell.old]
    value = Script(Role.STRONG, "text3" if cell.gone else cell.ink)
    pieces += [(cell.text, value, cell.gone), (cell.aside, Script(Role.HINT, "text3"), False)]
    left = rect.left()
    for text, script, struck in pieces:
        room = QRect(left, rect.top(), max(rect.right() - left, 0), rect.height())
        draw_words(painter, room, text, script)
        width = min(metrics(script.role).horizontalAdvance(text), room.width())
        if struck and width:
            painter.drawLine(left, rect.center().y() + 1, left + width, rect.center().y() + 1)
        left += width + (look.sp(8) if text else 0)


@draw_cell.register
def _(cell: Shares, painter: QPainter, rect: QRect) -> None:
    whole = sum(count for count, _tone in cell.parts)
    if not whole:
        return
    high, left = look.sp(24), float(rect.left())
    top = rect.top() + (rect.height() - high) // 2
    for count, tone in cell.parts:
        wide = rect.width() * count / whole
        part = QRect(round(left), top, max(round(left + wide) - round(left) - 2, 2 if count else 0), high)
        left += wide
        painter.fillRect(part, look.colour(f"{tone}.tint"))
        painter.fillRect(part.adjusted(0, high - 4, 0, 0), look.colour(_bar(tone)))
        words = str(count)
        if count and metrics(Role.SMALL).horizontalAdvance(words) + 4 <= part.width():
            middle = Script(Role.SMALL, f"{tone}.text", Qt.AlignmentFlag.AlignHCenter)
            draw_words(painter, part.adjusted(0, 0, 0, -4), words, middle)


def _bar(tone: Tone) -> str:
    return "border2" if tone == Tone.NEUTRAL else f"{tone}.solid"


@draw_cell.register
def _(cell: Stages, painter: QPainter, rect: QRect) -> None:
    draw_stages(cell, painter, rect)


def _two_lines(rect: QRect, size: int) -> tuple[QRect, QRect]:
    """The rooms of two lines beside a drawing of `size`."""
    left = rect.left() + size + look.sp(12)
    width = rect.right() - left
    middle = rect.center().y()
    return (
        QRect(left, middle - look.sp(21), width, look.sp(24)),
        QRect(left, middle + look.sp(2), width, look.sp(18)),
    )


def _draw_name_mark(painter: QPainter, room: QRect, cell: Name) -> None:
    """The mark beside a name, as words or, without room for them, as a sign; the name itself never gives way to it."""
    words = metrics(Role.NAME).horizontalAdvance(cell.text) + 8
    width = pill_width(cell.mark, dot=False)
    if words + width <= room.width():
        height = look.sp(20)
        pill = QRect(room.left() + words, room.center().y() - height // 2, width, height)
        draw_pill(painter, pill, Mark(cell.mark, Tone.WARN), dot=False)
        return
    size = look.sp(16)
    left = min(room.left() + words - 3, room.right() - size)
    draw_sign(painter, QRect(left, room.top(), size, room.height()), "triangle-alert", 16, "warn.text")
    room.setRight(left - 3)


def _middle(rect: QRect, width: int, height: int) -> QRect:
    return QRect(rect.left(), rect.top() + (rect.height() - height) // 2, width, height)
