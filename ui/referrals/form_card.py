"""A card of the form that is one step: its number on a round tint before the title, a hint or a state at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ui.kit import Card, Painted, Words
from ui.kit.paint import Script, draw_words
from ui.style import Role, look


class Number(Painted):
    """The number of a step."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(24), look.sp(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("soft"))
        painter.drawEllipse(self.rect())
        room = QRect(0, 0, self.width(), self.height())
        draw_words(painter, room, self._number, Script(Role.LABEL, "onsoft", Qt.AlignmentFlag.AlignHCenter))


class StepCard(Card):
    """`body` takes the content, `head` what stands at the title's right."""

    def __init__(self, number: str, title: str) -> None:
        super().__init__()
        self.body.setContentsMargins(20, 14, 20, 16)
        self.body.setSpacing(look.sp(10))
        self.body.addLayout(self.head)
        self.head.addWidget(Number(number))
        self.head.addSpacing(4)
        self.title = Words(title, Role.CARD_TITLE)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.head.addWidget(self.hint)

    def say_hint(self, words: str, ink: str = "") -> None:
        """What stands at the right of the title."""
        self.hint.say(words, ink)
