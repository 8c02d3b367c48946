"""One option of an item with its full text: the digit that chooses it, and the words of the instrument."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.assessments.instruments import Option
from ui.style import Role, look

_LEAST, _PADDING, _DIGIT = 42, 10, 26
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class OptionLine(QAbstractButton):
    """As high as its text needs. Chosen, it is solid; keys come through the card, which keeps the focus."""

    def __init__(self, option: Option, *, points: bool = False) -> None:
        super().__init__()
        self.option = option
        self._points = f"{option.score} 分" if points else ""
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{option.sign} {option.text}")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - self._left() - self._right()), 10_000)
        lines = QFontMetrics(look.font(Role.STRONG)).boundingRect(room, _WRAP, self.option.text)
        return max(look.sp(_LEAST), lines.height() + 2 * look.sp(_PADDING))

    def sizeHint(self) -> QSize:
        return QSize(look.sp(420), self.heightForWidth(look.sp(420)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(160), look.sp(_LEAST))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("primary" if chosen else "border2"), 1))
        fill = "primary" if chosen else "hover" if self.underMouse() else "surface"
        painter.setBrush(look.colour(fill))
        painter.drawRoundedRect(edge, 8, 8)
        self._draw_digit(painter, chosen=chosen)
        painter.setFont(look.font(Role.STRONG if chosen else Role.BODY))
        painter.setPen(look.colour("onprimary" if chosen else "text"))
        room = self.rect().adjusted(self._left(), 0, -self._right(), 0)
        painter.drawText(room, _WRAP, self.option.text)
        if self._points:
            painter.setFont(look.font(Role.HINT))
            painter.setPen(look.colour("onprimary" if chosen else "text3"))
            side = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(self.rect().adjusted(0, 0, -look.sp(14), 0), side, self._points)

    def _draw_digit(self, painter: QPainter, *, chosen: bool) -> None:
        size = look.sp(_DIGIT)
        tile = QRectF(look.sp(10), (self.height() - size) / 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("primary_p" if chosen else "sunken"))
        painter.drawRoundedRect(tile, 6, 6)
        painter.setFont(look.font(Role.STRONG))
        painter.setPen(look.colour("onprimary" if chosen else "text2"))
        painter.drawText(tile, int(Qt.AlignmentFlag.AlignCenter), self.option.sign)

    def _right(self) -> int:
        return look.sp(14 + (52 if self._points else 0))

    @staticmethod
    def _left() -> int:
        return look.sp(10 + _DIGIT + 12)
