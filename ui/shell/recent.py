"""The people who signed in at this computer today: one click fills the staff number."""

from __future__ import annotations

from zlib import crc32

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.access.doorplate import Person
from ui.kit.paint import Script, draw_initial, draw_words, metrics
from ui.kit.words import Words
from ui.style import Role, look

_TONES = ("violet", "info", "ok", "orange", "warn")


def tone_of(number: str) -> str:
    """A person's tint, the same wherever they appear."""
    return _TONES[crc32(number.encode()) % len(_TONES)]


class PersonButton(QAbstractButton):
    """Initial, name and a second line; painted, so that a name is never read as markup or shortcut."""

    def __init__(self, name: str, under: str, tone: str) -> None:
        super().__init__()
        self._name, self._under, self._tone = name, under, tone
        self.setAccessibleName(f"{name} {under}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        words = max(
            metrics(Role.STRONG).horizontalAdvance(self._name),
            metrics(Role.SMALL).horizontalAdvance(self._under),
        )
        return QSize(words + look.sp(36 + 10 + 14), look.sp(48))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(36 + 10 + 40), look.sp(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(self.rect(), 8, 8)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        size = look.sp(36)
        top = (self.height() - size) // 2
        draw_initial(painter, QRect(4, top, size, size), self._name[:1], self._tone)
        left = size + look.sp(12)
        room = self.width() - left - 2
        draw_words(painter, QRect(left, top - 1, room, look.sp(20)), self._name, Script(Role.STRONG))
        under = QRect(left, top + look.sp(18), room, look.sp(18))
        draw_words(painter, under, self._under, Script(Role.SMALL, "text3"))


class Recent(QWidget):
    """At most three of them in a row; hidden when nobody has signed in today."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(Words("今天在这台电脑上登录过", Role.HINT))
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        box.addLayout(self._row)
        self.hide()

    def show_people(self, people: tuple[Person, ...]) -> None:
        """Show these instead."""
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for person in people:
            button = PersonButton(person.name, person.number, tone_of(person.number))
            button.clicked.connect(lambda *_, number=person.number: self.chosen.emit(number))
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.setVisible(bool(people))
