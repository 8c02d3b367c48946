"""A small list of which one is chosen, wide enough for its words; scrolling the page does not change it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyleOptionComboBox

from ui.style import Role, look

_AROUND = 74
"""What edge, arrow and padding take beside the words."""


class PickBox(QComboBox):
    """Choices by key. `widest` px at 100 % text size is as far as long words make it.

    `least`: as narrow as a narrow window makes it, its words ending in … then; without it it does not give way.
    """

    def __init__(self, words: str, widest: int = 140, *, least: int = 0) -> None:
        super().__init__()
        self._widest, self._least = widest, least
        self.setAccessibleName(words)
        wide = QSizePolicy.Policy.Maximum if least else QSizePolicy.Policy.Fixed
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)

    def show_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """Other choices as (key, words); what was chosen stays chosen where it is among them. Says nothing."""
        before = self.key
        blocked = self.blockSignals(True)
        self.clear()
        for key, words in choices:
            self.addItem(words, key)
        self.choose(before)
        self.blockSignals(blocked)
        self.updateGeometry()

    @property
    def key(self) -> str:
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Choose by key; one that is not there chooses the first."""
        self.setCurrentIndex(max(self.findData(key), 0))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(look.font(Role.BODY))
        widths = (metrics.horizontalAdvance(self.itemText(place)) for place in range(self.count()))
        wide = min(max(widths, default=0), look.sp(self._widest))
        return QSize(wide + look.sp(_AROUND), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), look.sp(self._least)), hint.height()) if self._least else hint

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        option.currentText = self.shown_words()

    def shown_words(self) -> str:
        """The words that are chosen, as far as there is room."""
        room = self.width() - look.sp(_AROUND)
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling what it stands on must not change what it says
