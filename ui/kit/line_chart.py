"""A line chart drawn by hand: 2 px lines, level grid, usual range, last point ringed; mouse and arrows read it out.

Lines are drawn with drawLines: a thick antialiased drawPolyline is 50 to 80 times slower.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy

from app.core.clock import local
from ui.kit.line_drawing import LineDrawing
from ui.kit.paint import Painted
from ui.kit.plot import Axis, Plot, Spot, moments, nearest, spots_at, value_axis
from ui.style import look

HEIGHT = 176


class LineChart(Painted):
    """← and → move from measurement to measurement, ↑ and ↓ between curves, Home and End to the first and last.

    Enter picks what stands under the cursor, as a double click does. `rest` is where the cursor stands meanwhile.
    """

    pointed = Signal(object)
    """The Spot under the cursor, None when there is none."""
    picked = Signal(object)
    """Enter or a double click on a Spot."""

    def __init__(self, height: int = HEIGHT) -> None:
        super().__init__()
        self.plot: Plot | None = None
        self.at: datetime | None = None
        self.rest: datetime | None = None
        self._height = height
        self._which = 0
        self._times: tuple[datetime, ...] = ()
        self._axis = Axis(0, 1)
        self._still: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # what is shown ------------------------------------------------------------------------------------------------

    def show_plot(self, plot: Plot) -> None:
        """Show another chart; the cursor stays on its time if something was measured then."""
        self.plot = plot
        self._times, self._axis = moments(plot), plot.axis or value_axis(plot)
        self._still = None
        if self.rest not in self._times:
            self.rest = None
        if self.at is not None and self.at not in self._times:
            self._move(None)
        last = [f"{curve.words} {curve.spots[-1].words}" for curve in plot.curves if curve.spots]
        self.setAccessibleName(f"{plot.title}：{'，'.join(last) or '没有记录'}")
        self.update()

    def spots(self) -> tuple[Spot, ...]:
        """What stands under the cursor."""
        if self.plot is None or self.at is None:
            return ()
        return tuple(spot for _curve, spot in spots_at(self.plot, self.at))

    def chosen(self) -> Spot | None:
        """The one of them that Enter picks."""
        found = self.spots()
        return found[min(self._which, len(found) - 1)] if found else None

    def read_out(self) -> str:
        """What stands under the cursor, in words."""
        if self.plot is None or self.at is None:
            return ""
        said = [f"{curve.words} {spot.words}".strip() for curve, spot in spots_at(self.plot, self.at)]
        return f"{local(self.plot.zone, self.at):{self.plot.moment}}　{'　'.join(said)}"

    def rest_at(self, at: datetime | None) -> None:
        """Put the cursor on a time; it comes back there when nobody points any more."""
        self.rest = at if at in self._times else None
        self._move(self.rest)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(320), look.sp(self._height))

    # hands --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if step is not None and plain and self._times:
            place = len(self._times) if self.at is None else self._times.index(self.at) + step
            self._move(self._times[min(max(place, 0), len(self._times) - 1)])
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and self._times:
            self._move(self._times[0 if event.key() == Qt.Key.Key_Home else -1])
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self._several():
            count = len(self.spots())
            self._which = (self._which + (1 if event.key() == Qt.Key.Key_Down else -1)) % count
            self._tell()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.spots():
            self.picked.emit(self.chosen())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.plot is None:
            return
        room = self._drawing(self.plot).room
        share = (event.position().x() - room.left()) / max(room.width(), 1)
        span = self.plot.until - self.plot.since
        near = nearest(self._times, self.plot.since + span * min(max(share, 0), 1))
        if near is not None:
            self._move(near)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.spots():
            self.picked.emit(self.chosen())

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._move(self.rest)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.at is None and self._times:
            self._move(self._times[-1])
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}:
            self._move(self.rest)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        self._still = None
        super().changeEvent(event)

    def _move(self, at: datetime | None) -> None:
        if at == self.at:
            return
        self.at = at
        self._which = 0
        self._tell()

    def _several(self) -> bool:
        """Whether different records stand under the cursor."""
        return len({spot.key for spot in self.spots()}) > 1

    def _tell(self) -> None:
        self.setAccessibleDescription(self.read_out())
        self.update()
        self.pointed.emit(self.chosen())

    # drawing ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.plot is None:
            return
        drawing = self._drawing(self.plot)
        ratio = self.devicePixelRatioF()
        if self._still is None or self._still.size() != self.size() * ratio:
            self._still = QPixmap(self.size() * ratio)
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._still)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            drawing.draw_still(painter)
            painter.end()
        painter = QPainter(self)
        painter.drawPixmap(QPoint(0, 0), self._still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.at is not None:
            told = (
                "" if self.at == self.rest else self.read_out()
            )  # who lets it rest tells it beside the chart
            drawing.draw_cursor(painter, self.at, told, self.chosen() if self._several() else None)

    def _drawing(self, plot: Plot) -> LineDrawing:
        return LineDrawing(plot, self._axis, self.width(), self.height())
