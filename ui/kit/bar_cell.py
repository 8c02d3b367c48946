"""A cell with words over a thin bar: how much of a time or a number is used up."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from ui.kit.paint import Script, draw_words
from ui.style import Role, Tone, look

_WIDEST = 180


@dataclass(frozen=True)
class Bar:
    """`part` 0–1 is filled in the tone; None: there is no bar. `ink`: of the words."""

    text: str
    part: float | None
    tone: Tone = Tone.OK
    ink: str = "text2"


def draw_bar(cell: Bar, painter: QPainter, rect: QRect) -> None:
    """Words alone stand in the middle, with a bar they stand above it."""
    if cell.part is None:
        draw_words(painter, rect, cell.text, Script(Role.HINT, cell.ink))
        return
    middle = rect.center().y()
    words = QRect(rect.left(), middle - look.sp(20), rect.width(), look.sp(20))
    draw_words(painter, words, cell.text, Script(Role.HINT, cell.ink))
    room = QRectF(rect.left(), middle + look.sp(5), min(rect.width(), look.sp(_WIDEST)), look.sp(6))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("border"))
    painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
    if cell.part > 0:
        room.setWidth(max(room.width() * min(cell.part, 1.0), room.height()))
        painter.setBrush(look.colour("border2" if cell.tone == Tone.NEUTRAL else f"{cell.tone}.solid"))
        painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
