"""One document as a line to be opened: a drawing, its title, what is known of it, and how it stands at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.kit.focus_ring import ringed
from ui.kit.paint import Script, draw_sign, draw_words, metrics
from ui.style import Role, Tone, look

_HIGH, _INSET, _SIGN = 56, 14, 20
_KEY = 22


class DocumentLine(QAbstractButton):
    """`opened` by click, Enter or space; a line without a file says why and opens nothing. `digit`: its key."""

    opened = Signal()

    def __init__(self, icon: str, title: str, under: str, *, opens: bool = True, digit: str = "") -> None:
        super().__init__()
        self.title, self.under, self.opens = title, under, opens
        self._icon, self._digit = icon, digit
        self._state, self._tone = "", Tone.NEUTRAL
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if opens else Qt.FocusPolicy.NoFocus)
        if opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        ringed(self)
        self.setAccessibleName(title)
        self.setAccessibleDescription(under)
        self.clicked.connect(self._open)

    def stand(self, words: str, tone: Tone) -> None:
        """How it fares, at the right."""
        self._state, self._tone = words, tone
        self.setAccessibleDescription("　".join(filter(None, (self.under, words))))
        self.setToolTip("\n".join(filter(None, (self.title, self.under, words))))
        self.update()

    @property
    def state(self) -> str:
        return self._state

    def sizeHint(self) -> QSize:
        return QSize(look.sp(280), look.sp(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(200), look.sp(_HIGH))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        lit = self.opens and (self.underMouse() or self.isDown())
        painter.setBrush(look.colour("soft" if lit else "sunken"))
        painter.drawRoundedRect(self.rect(), 10, 10)
        inset = look.sp(_INSET)
        room = self.rect().adjusted(inset, 0, -inset, 0)
        draw_sign(painter, room, self._icon, _SIGN, "primary" if self.opens else "text3")
        room.setLeft(room.left() + look.sp(_SIGN) + look.sp(12))
        room.setRight(self._draw_right(painter, room))
        line = metrics(Role.STRONG).height()
        low = metrics(Role.SMALL).height()
        top = (self.height() - line - low - 2) // 2
        first = QRect(room.left(), top, room.width(), line)
        draw_words(painter, first, self.title, Script(Role.STRONG, "text" if self.opens else "text2"))
        second = QRect(QPoint(room.left(), top + line + 2), QSize(room.width(), low))
        draw_words(painter, second, self.under, Script(Role.SMALL, "text3"))

    def _draw_right(self, painter: QPainter, room: QRect) -> int:
        """State and key; where the room for the words ends."""
        right = room.right()
        side = Qt.AlignmentFlag.AlignRight
        if self._digit:
            box = QRect(right - look.sp(_KEY), room.top(), look.sp(_KEY), room.height())
            draw_words(painter, box, self._digit, Script(Role.HINT, "text3", side))
            right = box.left() - look.sp(4)
        if self._state:
            wide = min(metrics(Role.HINT).horizontalAdvance(self._state) + 2, room.width() // 2)
            ink = "text3" if self._tone is Tone.NEUTRAL else f"{self._tone}.text"
            draw_words(
                painter,
                QRect(right - wide, room.top(), wide, room.height()),
                self._state,
                Script(Role.HINT, ink, side),
            )
            right -= wide + look.sp(12)
        return right

    def _open(self) -> None:
        if self.opens:
            self.opened.emit()
