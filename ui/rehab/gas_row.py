"""Goal attainment −2 … +2 as five round steps: the one rated is filled, one a newer reading makes is dashed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from ui.kit.paint import Painted, Script, draw_words, metrics
from ui.style import Role, look

STEPS = (-2, -1, 0, 1, 2)
_SIZE, _GAP = 24, 6
_CENTRE = Qt.AlignmentFlag.AlignHCenter


def step_words(step: int) -> str:
    """`−2`, `0`, `+1` with the true minus."""
    return f"{step:+d}".replace("-", "−") if step else "0"


class GasRow(Painted):
    """`asked` carries the step that was clicked; keys belong to the goal it stands in."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._step: int | None = None
        self._fresh: int | None = None
        self._ink = "primary"
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_step(self, step: int | None, fresh: int | None, ink: str = "primary") -> None:
        """The step rated (None: not yet), and one that is proposed."""
        self._step, self._fresh, self._ink = step, fresh, ink
        rated = "还没有评" if step is None else f"已评 {step_words(step)}"
        more = f"，新读数为 {step_words(fresh)}" if fresh is not None else ""
        self.setAccessibleName(f"GAS {rated}{more}")
        self.update()

    def rect_of(self, step: int) -> QRectF:
        """Where a step stands."""
        size, left = look.sp(_SIZE), metrics(Role.HINT).horizontalAdvance("GAS") + 10
        return QRectF(left + STEPS.index(step) * (size + look.sp(_GAP)), 1, size, size)

    def sizeHint(self) -> QSize:
        return QSize(round(self.rect_of(STEPS[-1]).right()) + 2, look.sp(_SIZE) + 2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        step = self._at(event.position().toPoint())
        if step is not None:
            self.asked.emit(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_words(painter, self.rect(), "GAS", Script(Role.HINT, "text3"))
        for step in STEPS:
            self._draw(painter, step)

    def _draw(self, painter: QPainter, step: int) -> None:
        box = self.rect_of(step)
        rated = step == self._step
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(self._ink if rated else "soft_h" if step == self._hovered else "sunken"))
        painter.drawEllipse(box)
        if step == self._fresh and not rated:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("primary"), 1.6, Qt.PenStyle.DashLine))
            painter.drawEllipse(box.adjusted(0.8, 0.8, -0.8, -0.8))
        ink = "surface" if rated else "text2"
        draw_words(
            painter, box.toRect(), step_words(step), Script(Role.LABEL if rated else Role.SMALL, ink, _CENTRE)
        )

    def _at(self, point: QPoint) -> int | None:
        return next((step for step in STEPS if self.rect_of(step).contains(point.toPointF())), None)

    def _hover(self, step: int | None) -> None:
        if step != self._hovered:
            self._hovered = step
            self.update()
