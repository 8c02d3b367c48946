"""How a line chart is painted: head and legend, usual range, grid, curves, and the cursor with what it reads out.

Lines are drawn with drawLines: a thick antialiased drawPolyline is 50 to 80 times slower.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.kit.line_notes import draw_bracket, draw_flags, draw_levels, draw_loud
from ui.kit.marks import draw_mark
from ui.kit.paint import Script, draw_words, metrics
from ui.kit.plot import Axis, Curve, Plot, Spot, runs, spots_at
from ui.kit.stripes import draw_stripes, gutter
from ui.style import Role, look

_SHRINKS_FROM = 3
"""Points a pixel column from which only the lowest and highest of each column are joined."""
_CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass
class LineDrawing:
    """One chart at one size (px)."""

    plot: Plot
    axis: Axis
    width: int
    height: int

    @cached_property
    def room(self) -> QRectF:
        """Where the curves stand: numbers at the left, dates under it, title and legend above."""
        small = metrics(Role.SMALL)
        left = 6 + max((small.horizontalAdvance(words) for _tick, words in self.axis.labels()), default=0) + 8
        top, bottom = look.sp(34 if self.plot.headed else 10), look.sp(22)
        right = max(gutter(self.plot.stripes), 12)
        return QRectF(left, top, max(self.width - left - right, 1), max(self.height - top - bottom, 1))

    def x(self, at: datetime) -> float:
        span = self.plot.until - self.plot.since
        return self.room.left() + self.room.width() * ((at - self.plot.since) / span)

    def y(self, value: float) -> float:
        return self.room.bottom() - self.room.height() * self.axis.share(value)

    def draw_still(self, painter: QPainter) -> None:
        """Everything but the cursor."""
        plot = self.plot
        self._draw_head(painter)
        draw_stripes(painter, self.room, plot.stripes, self.y)
        for band in plot.bands:
            self._draw_band(painter, band)
        self._draw_grid(painter)
        draw_levels(painter, self.room, plot.levels, self.y)
        draw_bracket(painter, self.room, plot, self.x, self.y)
        for curve in plot.curves:
            self._draw_curve(painter, curve)
        draw_flags(painter, self.room, plot, self.x, self.y)
        draw_loud(painter, self.room, plot, self.x, self.y)
        if plot.empty:
            draw_words(painter, self.room.toRect(), "这段时间没有记录", Script(Role.HINT, "text3", _CENTRE))

    def _draw_head(self, painter: QPainter) -> None:
        plot, height = self.plot, look.sp(24)
        draw_words(painter, QRect(4, 0, self.width, height), plot.title, Script(Role.STRONG))
        left = 4 + metrics(Role.STRONG).horizontalAdvance(plot.title) + 8
        right = self.width - 12
        if len(plot.curves) > 1:
            right = self._draw_legend(painter, height)
        said = f"{plot.unit}　{plot.note}" if plot.note else plot.unit
        draw_words(
            painter, QRect(left, 0, max(right - left - 8, 0), height), said, Script(Role.SMALL, "text3")
        )

    def _draw_legend(self, painter: QPainter, height: int) -> int:
        """Name and colour of each curve, from the right; gives back where it begins."""
        small, right = metrics(Role.SMALL), self.width - 12
        for curve in reversed(self.plot.curves):
            width = small.horizontalAdvance(curve.words) + 1
            draw_words(
                painter, QRect(right - width, 0, width, height), curve.words, Script(Role.SMALL, "text2")
            )
            right -= width + 6
            painter.setPen(_pen(curve.ink, 2))
            if curve.loose:
                mark = curve.spots[-1].mark if curve.spots else ""
                draw_mark(
                    painter,
                    QPointF(right - 6, height / 2),
                    mark,
                    3.5 if mark else 2.5,
                    look.colour(curve.ink),
                )
            else:
                painter.drawLine(QPointF(right - 12, height / 2), QPointF(right, height / 2))
            right -= 12 + 12
        return right

    def _draw_band(self, painter: QPainter, band: tuple[float | None, float | None]) -> None:
        low = self.axis.low if band[0] is None else max(band[0], self.axis.low)
        high = self.axis.high if band[1] is None else min(band[1], self.axis.high)
        if high > low:
            room, tint = self.room, look.colour("ok.tint")
            box = QRectF(QPointF(room.left(), self.y(high)), QPointF(room.right(), self.y(low)))
            painter.fillRect(box, tint)

    def _draw_grid(self, painter: QPainter) -> None:
        room, plot, small = self.room, self.plot, metrics(Role.SMALL)
        side = Script(Role.SMALL, "text3", Qt.AlignmentFlag.AlignRight)
        least = room.bottom() + small.height()
        for tick, words in self.axis.labels():
            y = round(self.y(tick)) + 0.5
            if not plot.stripes:
                painter.setPen(QPen(look.colour("grid"), 1))
                painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            if y > least - small.height() * 0.9:
                continue  # two edges of levels may stand closer than their numbers are high
            least = y
            place = QRect(0, round(y - small.height() / 2), round(room.left()) - 8, small.height())
            draw_words(painter, place, words, side)
        free = 0
        for at, words in plot.labelled:
            width = small.horizontalAdvance(words) + 2
            left = round(min(max(self.x(at) - width / 2, 0), self.width - width))
            if left < free:
                continue
            free = left + width + 8
            place = QRect(left, round(room.bottom()) + 4, width, look.sp(18))
            draw_words(painter, place, words, Script(Role.SMALL, "text3"))

    def _draw_curve(self, painter: QPainter, curve: Curve) -> None:
        room = self.room
        painter.setPen(_pen(curve.ink, 2))
        crowded = len(curve.spots) > _SHRINKS_FROM * room.width()
        for run in [] if curve.loose else [curve.spots] if curve.whole else runs(curve.spots):
            points = [QPointF(self.x(one.at), self.y(one.value)) for one in run]
            if curve.steps:
                points = _stepped(points)
            if crowded:
                points = _thinned(points)
            painter.drawLines([point for pair in pairwise(points) for point in pair])
        spots = curve.spots if curve.loose or len(curve.spots) * 7 < room.width() else _telling(curve.spots)
        for spot in spots:
            self._draw_spot(painter, QPointF(self.x(spot.at), self.y(spot.value)), spot, curve)
        self._draw_labels(painter, curve)
        if curve.spots and not curve.spots[-1].mark:
            last = curve.spots[-1]
            painter.setPen(_pen(f"{last.tone}.text" if last.tone else curve.ink, 2))
            painter.setBrush(look.colour("surface"))
            painter.drawEllipse(QPointF(self.x(last.at), self.y(last.value)), 4.5, 4.5)

    @staticmethod
    def _draw_spot(painter: QPainter, point: QPointF, spot: Spot, curve: Curve) -> None:
        ink = look.colour(f"{spot.tone}.text" if spot.tone else curve.ink)
        if spot.mark:
            draw_mark(painter, point, spot.mark, 4.2, ink)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        size = 3.2 if spot.tone else 2.4
        painter.drawEllipse(point, size, size)

    def _draw_labels(self, painter: QPainter, curve: Curve) -> None:
        """What points are called, from the newest back; one that would lie on another's is left out."""
        small, free = metrics(Role.SMALL), float(self.width)
        for spot in reversed(curve.spots):
            width = small.horizontalAdvance(spot.label) + 2
            left = min(max(self.x(spot.at) - width / 2, self.room.left()), self.room.right() - width)
            if not spot.label or left + width + 4 > free:
                continue
            free = left
            top = self.y(spot.value) - small.height() - 8
            if top < self.room.top() - 2:
                top = self.y(spot.value) + 9
            place = QRect(round(left), round(top), width, small.height())
            draw_words(painter, place, spot.label, Script(Role.SMALL, "text", _CENTRE))

    def draw_cursor(self, painter: QPainter, at: datetime, words: str, chosen: Spot | None) -> None:
        """A line at a measured time, its points ringed (the chosen one fuller), and what they are."""
        room, x = self.room, self.x(at)
        painter.setPen(QPen(look.colour("focus"), 1))
        painter.drawLine(QPointF(round(x) + 0.5, room.top()), QPointF(round(x) + 0.5, room.bottom()))
        for curve, spot in spots_at(self.plot, at):
            painter.setPen(_pen(f"{spot.tone}.text" if spot.tone else curve.ink, 2))
            painter.setBrush(look.colour("surface"))
            size = 6.0 if spot is chosen or spot.mark else 4.5
            if spot.mark:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                size = 7.5
            painter.drawEllipse(QPointF(x, self.y(spot.value)), size, size)
        if not words:
            return
        width = min(metrics(Role.SMALL).horizontalAdvance(words) + 18, self.width)
        edge = (
            round(room.right()) if self.plot.stripes else self.width
        )  # what stripes are called stays readable
        left = max(min(round(x - width / 2), edge - width), 0)
        box = QRect(left, round(room.top()) - look.sp(14), width, look.sp(24))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("tip"))
        painter.drawRoundedRect(box, 6, 6)
        draw_words(painter, box.adjusted(8, 0, -8, 0), words, Script(Role.SMALL, "tip_text"))


def _pen(ink: str, width: float) -> QPen:
    pen = QPen(look.colour(ink), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _stepped(points: list[QPointF]) -> list[QPointF]:
    """Each value holds until the next one is known."""
    found = points[:1]
    for before, after in pairwise(points):
        found += [QPointF(after.x(), before.y()), after]
    return found


def _telling(spots: tuple[Spot, ...]) -> Iterator[Spot]:
    """Where points stand too close to be seen singly: those outside their range."""
    return (spot for spot in spots if spot.tone is not None)


def _thinned(points: list[QPointF]) -> list[QPointF]:
    """The lowest and the highest of each pixel column, in the order they came."""
    columns: dict[int, list[QPointF]] = {}
    for point in points:
        columns.setdefault(int(point.x()), []).append(point)
    kept: list[QPointF] = []
    for column in columns.values():
        ends = {id(point): point for point in (min(column, key=QPointF.y), max(column, key=QPointF.y))}
        kept += sorted(ends.values(), key=QPointF.x)
    return kept
