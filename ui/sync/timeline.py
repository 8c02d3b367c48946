"""A line of steps from writing to receipt: a sign each, joined by a line, words and times beside them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.sync.queries import Step
from ui.kit import Words
from ui.kit.paint import Painted, draw_sign
from ui.kit.view import Bench
from ui.style import Role, Tone, look
from ui.sync.clock import short
from ui.sync.signs import STATE_SIGNS

_SIZE = 28


class _Mark(Painted):
    """The sign of one step on its tint, and the line down to the next."""

    def __init__(self, icon: str, tone: Tone, *, last: bool) -> None:
        super().__init__()
        self._icon, self._tone, self._last = icon, tone, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(_SIZE), look.sp(_SIZE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = look.sp(_SIZE)
        if not self._last:
            painter.setPen(QPen(look.colour("border2"), 2))
            painter.drawLine(size // 2, size + 3, size // 2, self.height() - 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(f"{self._tone}.tint"))
        painter.drawEllipse(QRectF(0, 0, size, size))
        inner = self.rect().adjusted((size - look.sp(16)) // 2, 0, 0, size - self.height())
        draw_sign(painter, inner, self._icon, 16, f"{self._tone}.text")


class StepLine(QWidget):
    """One step."""

    def __init__(self, bench: Bench, step: Step, *, last: bool) -> None:
        super().__init__()
        icon, tone = STATE_SIGNS[step.state]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(_Mark(icon, tone, last=last))
        box = QVBoxLayout()
        box.setContentsMargins(0, 3, 0, 4 if last else 16)
        box.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        ink = str(tone) if last and tone is not Tone.NEUTRAL else ""
        head.addWidget(Words(step.words, Role.STRONG, ink=ink, wrap=True), 1)
        time = short(bench, step.at, seconds=True)
        head.addWidget(Words(time, Role.HINT), 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        if step.detail:
            box.addWidget(Words(step.detail, Role.BODY, ink="text2", wrap=True))
        for receipt in step.receipts:
            said = Words(f"回执号 {receipt}", Role.BODY, ink="ok", wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            box.addWidget(said)
        row.addLayout(box, 1)
        self.setAccessibleName(" ".join(filter(None, (step.words, time, step.detail, *step.receipts))))
