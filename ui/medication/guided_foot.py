"""The foot of the guided round: which key does what, drawn as keys; a click does the same."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from ui.kit.paint import Painted, Script, draw_words, metrics
from ui.style import Role, look

HINTS = (
    ("空格", "全部已给"),
    ("R", "拒服"),
    ("H", "暂停"),
    ("L", "外出"),
    ("N", "其他"),
    ("S", "稍后再来"),
    ("Z", "撤销"),
)
_HIGH = 26


class KeyHints(Painted):
    """Those that do not fit are left out, the last ones first: F1 has them all."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("，".join(f"{key} {words}" for key, words in HINTS))

    def sizeHint(self) -> QSize:
        return QSize(look.sp(200), look.sp(_HIGH + 4))

    def _places(self) -> list[tuple[QRect, int, str, str]]:
        """Whole rect, width of the key, its sign, its words."""
        found, left = [], 1
        top = (self.height() - look.sp(_HIGH)) // 2
        for key, words in HINTS:
            cap = max(look.sp(_HIGH), metrics(Role.HINT).horizontalAdvance(key) + look.sp(14))
            wide = cap + look.sp(7) + metrics(Role.HINT).horizontalAdvance(words)
            if left + wide > self.width():
                break
            found.append((QRect(left, top, wide, look.sp(_HIGH)), cap, key, words))
            left += wide + look.sp(16)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = Qt.AlignmentFlag.AlignHCenter
        for rect, cap, key, words in self._places():
            box = QRectF(rect.left() + 0.5, rect.top() + 0.5, cap - 1, rect.height() - 1)
            painter.setPen(QPen(look.colour("border2"), 1))
            painter.setBrush(look.colour("surface"))
            painter.drawRoundedRect(box, 5, 5)
            draw_words(painter, box.toRect(), key, Script(Role.HINT, "text2", centre))
            after = rect.adjusted(cap + look.sp(7), 0, 2, 0)
            draw_words(painter, after, words, Script(Role.HINT, "text2"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for rect, _cap, key, _words in self._places():
            if rect.contains(event.position().toPoint()):
                self.asked.emit(key)
