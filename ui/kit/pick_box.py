"""A small list of which one is chosen, wide enough for its words; scrolling the page does not change it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from ui.style import Role, look


class PickBox(QComboBox):
    """Choices by key. `widest` px at 100 % text size is as far as long words make it."""

    def __init__(self, words: str, widest: int = 140) -> None:
        super().__init__()
        self._widest = widest
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

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
        return QSize(wide + look.sp(74), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling what it stands on must not change what it says
