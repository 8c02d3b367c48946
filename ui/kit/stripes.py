"""Stripes of a line chart: levels as soft tints behind the curves, each with its mark and words at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.kit.marks import draw_mark
from ui.kit.paint import Script, draw_words, metrics
from ui.kit.plot import Stripe
from ui.style import Role, look

_MARK = 4.0
_GAP = 8


def gutter(stripes: Sequence[Stripe]) -> int:
    """Room their words take at the right of a chart, in px."""
    if not stripes:
        return 0
    small = metrics(Role.SMALL)
    return max(small.horizontalAdvance(one.words) for one in stripes) + _before() + _GAP


def draw_stripes(
    painter: QPainter, room: QRectF, stripes: Sequence[Stripe], y: Callable[[float], float]
) -> None:
    """Tints over the whole width, a line between two, and the words where there is room for them."""
    for one in stripes:
        top, bottom = max(y(one.high), room.top()), min(y(one.low), room.bottom())
        box = QRectF(QPointF(room.left(), top), QPointF(room.right(), bottom))
        painter.fillRect(box, look.colour(f"{one.tone}.tint"))
    painter.setPen(QPen(look.colour("surface"), 1))
    ordered = sorted(stripes, key=lambda one: -one.high)
    for upper, _lower in pairwise(ordered):
        edge = round(y(upper.low)) + 0.5
        painter.drawLine(QPointF(room.left(), edge), QPointF(room.right(), edge))
    _draw_words(painter, room, ordered, y)


def _draw_words(
    painter: QPainter, room: QRectF, ordered: Sequence[Stripe], y: Callable[[float], float]
) -> None:
    """From the top down, pushed apart where stripes are narrower than their words are high."""
    high = metrics(Role.SMALL).height()
    middles = [(max(y(one.high), room.top()) + min(y(one.low), room.bottom())) / 2 for one in ordered]
    for place, middle in enumerate(middles):
        least = room.top() + high / 2 if place == 0 else middles[place - 1] + high
        middles[place] = max(middle, least)
    for place in range(len(middles) - 1, -1, -1):
        most = room.bottom() - high / 2 if place == len(middles) - 1 else middles[place + 1] - high
        middles[place] = min(middles[place], most)
    for one, middle in zip(ordered, middles, strict=True):
        left = room.right() + _GAP
        ink = look.colour(f"{one.tone}.text")
        draw_mark(painter, QPointF(left + _MARK, middle), one.mark, _MARK, ink)
        place_for = QRect(round(left) + _before(), round(middle - high / 2), 400, high)
        draw_words(painter, place_for, one.words, Script(Role.SMALL, f"{one.tone}.text", _LEFT))


def _before() -> int:
    return round(2 * _MARK) + 5


_LEFT = Qt.AlignmentFlag.AlignLeft
