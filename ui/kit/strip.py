"""A tinted line over a view: why it cannot be typed into, what is not settled yet; with the way out as a button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from ui.kit.buttons import Button
from ui.kit.words import Sign, Words
from ui.style import Tone, look


class Strip(QFrame):
    """Hidden while there is nothing to say."""

    acted = Signal()

    def __init__(self, icon: str, tone: Tone) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 6, 4)
        row.setSpacing(10)
        look.restyle(self, "strip", str(tone))
        self._tone = tone
        self._sign = Sign(icon, 18, f"{tone}.text")
        self._text = Words("", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = Button("", "link")
        self.button.clicked.connect(self.acted)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def text(self) -> str:
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, act: str = "") -> None:
        """Say why; an empty text hides the line."""
        self.setVisible(bool(text))
        self._text.say(text, str(self._tone))
        self.button.say(act)
        self.button.setVisible(bool(act))
