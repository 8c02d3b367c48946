"""A small list beside a value that says how it was measured: site, posture, meal; empty says nothing."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from app.vitals.rules import Ask
from ui.style import Role, look


class AskBox(QComboBox):
    """Its first line is the name of what is asked and stands for no answer."""

    def __init__(self, ask: Ask, about: str) -> None:
        super().__init__()
        self.ask = ask
        self.setAccessibleName(f"{about}{ask.words}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.addItem(f"{ask.words}…", "")
        for key, words in ask.choices:
            self.addItem(words, key)

    @property
    def key(self) -> str:
        return str(self.currentData())

    def choose(self, key: str) -> None:
        """Choose by key; one that is not there chooses nothing."""
        self.setCurrentIndex(max(self.findData(key), 0))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(look.font(Role.BODY))
        widest = max(metrics.horizontalAdvance(self.itemText(place)) for place in range(self.count()))
        return QSize(min(widest, look.sp(140)) + look.sp(74), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling the sheet must not change what it says
