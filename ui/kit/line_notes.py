"""What is written into a line chart beside its curves: values to come to, things reached, what changed, the last value.

Each says itself in words and by its shape: on paper without colour it reads the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from ui.kit.marks import DIAMOND, draw_mark
from ui.kit.paint import Script, draw_words, metrics
from ui.kit.plot import Level, Plot, Spot
from ui.style import Role, look

X = Callable[[datetime], float]
Y = Callable[[float], float]
WIDEST = 132
"""Px of a flag's words at 100 %; longer ones are elided."""
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_TRIES = 8


def draw_levels(painter: QPainter, room: QRectF, levels: Sequence[Level], y: Y) -> None:
    """A dashed line across, its words above it at the left."""
    for one in levels:
        at = round(y(one.value)) + 0.5
        if not room.top() <= at <= room.bottom():
            continue
        pen = QPen(look.colour(one.ink), 1.4, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([5, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(room.left(), at), QPointF(room.right(), at))
        small = metrics(Role.SMALL)
        top = at - small.height() - 1
        if top < room.top():
            top = at + 2
        place = QRect(round(room.left()) + 6, round(top), round(room.width()) - 12, small.height())
        draw_words(painter, place, one.words, Script(Role.SMALL, one.ink))


def draw_flags(painter: QPainter, room: QRectF, plot: Plot, x: X, y: Y) -> None:
    """A diamond on the curve for each; its words on a pole, as high as needed to stand free of what is there."""
    placed = flag_places(room, plot, x, y)
    flying = [(point, box, words) for point, box, words in placed if box is not None]
    painter.setPen(QPen(look.colour("field"), 1))
    painter.drawLines([end for point, box, _ in flying for end in (QPointF(point.x(), box.bottom()), point)])
    for _point, box, words in flying:
        _draw_pill(painter, box, "surface", "border2")
        draw_words(painter, box.toRect().adjusted(8, 0, -8, 0), words, Script(Role.SMALL, "text", _CENTRE))
    for point, _box, _words in placed:
        draw_mark(painter, point, DIAMOND, 4.5, look.colour("text2"))


def flag_places(room: QRectF, plot: Plot, x: X, y: Y) -> list[tuple[QPointF, QRectF | None, str]]:
    """Where each flag stands on the curve and where its words fly, None where they find no room; the newest first."""
    if not plot.curves or not plot.curves[0].spots:
        return []
    small, spots = metrics(Role.SMALL), plot.curves[0].spots
    taken = [_loud_rect(room, plot, x, y)] if plot.loud else []
    dots = [QRectF(x(spot.at) - 4, y(spot.value) - 4, 8, 8) for spot in spots]
    placed: list[tuple[QPointF, QRectF | None, str]] = []
    for flag in sorted(plot.flags, key=lambda one: one.at, reverse=True):  # the newest has the first choice
        if not spots[0].at <= flag.at <= plot.until:
            continue
        point = QPointF(x(flag.at), y(_value_at(spots, flag.at)))
        box = _free_box(room, point, (small, flag.words), (taken, dots))
        if box is not None:
            taken += [box, QRectF(point.x() - 1, box.bottom(), 2, point.y() - box.bottom())]
        placed.append((point, box, flag.words))
    return placed


def draw_bracket(painter: QPainter, room: QRectF, plot: Plot, x: X, y: Y) -> None:
    """From two points down to a common line (up, where they stand low), with what it says on a pill."""
    one = plot.bracket
    if one is None:
        return
    values = {spot.at: spot.value for spot in plot.curves[0].spots}
    ends = [QPointF(x(at), y(values[at])) for at in (one.since, one.until)]
    small = metrics(Role.SMALL)
    high = small.height() + 8
    lowest = max(y(value) for at, value in values.items() if one.since <= at <= one.until)
    below = lowest < room.bottom() - high - 16
    line = min(room.bottom() - high - 8, lowest + look.sp(44)) if below else room.top() + high + 6
    ink = look.colour(f"{one.tone}.text")
    painter.setPen(QPen(ink, 1.2, Qt.PenStyle.DotLine))
    for end in ends:
        painter.drawLine(end, QPointF(end.x(), line))
    painter.setPen(QPen(ink, 1.6))
    painter.drawLine(QPointF(ends[0].x(), line), QPointF(ends[1].x(), line))
    width = min(small.horizontalAdvance(one.words) + 20, round(room.width()))
    left = (ends[0].x() + ends[1].x() - width) / 2
    left = min(max(left, room.left() + 2), room.right() - width - 2)
    box = QRectF(left, line + 4 if below else line - high - 4, width, high)
    _draw_pill(painter, box, f"{one.tone}.tint", f"{one.tone}.text")
    draw_words(painter, box.toRect(), one.words, Script(Role.SMALL, f"{one.tone}.text", _CENTRE))


def draw_loud(painter: QPainter, room: QRectF, plot: Plot, x: X, y: Y) -> None:
    """The last value, large, above its point."""
    if not plot.loud or not plot.curves or not plot.curves[0].spots:
        return
    last = plot.curves[0].spots[-1]
    painter.setPen(QPen(look.colour("surface"), 1.5))
    painter.setBrush(look.colour(plot.curves[0].ink))
    painter.drawEllipse(QPointF(x(last.at), y(last.value)), 6, 6)
    draw_words(
        painter, _loud_rect(room, plot, x, y).toRect(), plot.loud, Script(Role.CARD_TITLE, "text", _CENTRE)
    )


def _loud_rect(room: QRectF, plot: Plot, x: X, y: Y) -> QRectF:
    last, large = plot.curves[0].spots[-1], metrics(Role.CARD_TITLE)
    width = large.horizontalAdvance(plot.loud) + 4
    left = min(max(x(last.at) - width / 2 - 6, room.left()), room.right() - width)
    top = y(last.value) - large.height() - 8
    return QRectF(left, top if top >= room.top() - 2 else y(last.value) + 9, width, large.height())


def _value_at(spots: Sequence[Spot], at: datetime) -> float:
    """The height of the line at a time."""
    place = bisect_right([spot.at for spot in spots], at)
    if place == 0 or place == len(spots):
        return spots[min(place, len(spots) - 1)].value
    before, after = spots[place - 1], spots[place]
    return before.value + (after.value - before.value) * ((at - before.at) / (after.at - before.at))


def _free_box(
    room: QRectF,
    point: QPointF,
    said: tuple[QFontMetrics, str],
    there: tuple[Sequence[QRectF], Sequence[QRectF]],
) -> QRectF | None:
    """Where words stand over a point without covering what stands already; None where there is no such place.

    `there`: words and poles, which neither words nor pole may cross, and dots of the curve, which the pole may pass.
    """
    (small, words), (taken, dots) = said, there
    width = min(small.horizontalAdvance(words), look.sp(WIDEST)) + 18
    high = small.height() + 6
    sides = (0.1, 0.5, 0.9)  # flies to the right of its pole, stands over it, flies to the left
    for side in sides:
        left = min(max(point.x() - width * side, room.left() + 2), room.right() - width - 2)
        for step in range(_TRIES):
            box = QRectF(left, point.y() - look.sp(16) - high - step * (high + 5), width, high)
            if box.top() < room.top():
                break
            pole = QRectF(point.x() - 1, box.bottom(), 2, point.y() - box.bottom() - 8)
            wide = box.adjusted(-2, -2, 2, 2)
            free = not any(wide.intersects(one) for one in (*taken, *dots))
            if free and not any(pole.intersects(one) for one in taken):
                return box
    return None


def _draw_pill(painter: QPainter, box: QRectF, fill: str, edge: str) -> None:
    painter.setPen(QPen(look.colour(edge), 1))
    painter.setBrush(look.colour(fill))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
