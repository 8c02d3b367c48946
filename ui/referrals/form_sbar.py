"""A text of the referral on its tile: its letter or title at the left, where the words come from at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from ui.kit import FieldError, Painted, Words
from ui.kit.paint import Script, draw_words
from ui.referrals.form_text import GrowingText
from ui.style import Role, look

_TITLE, _SOURCE = 62, 108
_LEVEL = 9
"""How far titles stand below the tile's padding, so that they are level with the first line of the text."""


class Letter(Painted):
    """I, S, B, A, R on a small tint."""

    def __init__(self, sign: str) -> None:
        super().__init__()
        self._sign = sign
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(30), look.sp(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("soft"))
        painter.drawRoundedRect(self.rect(), 8, 8)
        room = QRect(0, 0, self.width(), self.height())
        draw_words(
            painter, room, self._sign, Script(Role.CARD_TITLE, "onsoft", Qt.AlignmentFlag.AlignHCenter)
        )


class TextRow(QFrame):
    """`edited` by the person. A text they wrote themselves says so at the right instead of its source."""

    edited = Signal(str)

    def __init__(self, field: str, title: str, sign: str = "", *, most: int = 8) -> None:
        super().__init__()
        self.field, self._source = field, ""
        self.setProperty("surface", "tile")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 6, 12, 6)
        whole.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(10)
        whole.addLayout(row)
        top = Qt.AlignmentFlag.AlignTop
        if sign:
            row.addWidget(Letter(sign), 0, top)
        self.title = Words(title, Role.HINT, ink="text2", wrap=not sign)
        self.title.setContentsMargins(0, look.sp(_LEVEL), 0, 0)
        if not sign:
            self.title.setFixedWidth(look.sp(_TITLE + 40))
        row.addWidget(self.title, 0, top)
        self.text = GrowingText(title, most=most)
        row.addWidget(self.text, 1)
        self.source = Words("", Role.SMALL, ink="text3", wrap=True)
        self.source.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.source.setFixedWidth(look.sp(_SOURCE))
        self.source.setContentsMargins(0, look.sp(_LEVEL + 1), 0, 0)
        row.addWidget(self.source, 0, top)
        self.error = FieldError()
        whole.addWidget(self.error)
        self.text.edited.connect(lambda: self.edited.emit(self.field))

    def show_text(self, text: str, source: str, *, by_hand: bool) -> None:
        """Its words, and where they come from."""
        self.text.show_text(text)
        self._source = source
        self.mark(by_hand=by_hand)

    def mark(self, *, by_hand: bool) -> None:
        """Say whether a person wrote it."""
        self.source.say("已手工修改" if by_hand else self._source, "warn" if by_hand else "text3")

    def say_wrong(self, text: str) -> None:
        """What is wrong with it; an empty text shows all is well."""
        self.error.say(text)
        self.text.set_wrong(bool(text))
        self.text.setAccessibleDescription(text)
