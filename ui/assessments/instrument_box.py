"""The list that narrows the worklist to one instrument, with how many are due by each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from ui.style import Role, look

ALL = "全部量表"


class InstrumentBox(QComboBox):
    """Its first line is every instrument; those with nothing due are left out, but not the chosen one."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("量表")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(14)
        self.key = ""
        """The code of the chosen one, empty for all; it may be chosen before its line is known."""
        self._shown: tuple[tuple[str, str], ...] = ()
        self.show_counts((), {})
        self.activated.connect(self._take)

    def choose(self, code: str) -> None:
        """Choose by code."""
        self.key = code
        self.setCurrentIndex(max(self.findData(code), 0))

    def show_counts(self, shelf: Sequence[tuple[str, str]], counts: Mapping[str, int]) -> None:
        """Codes and short names in their order, and how many lines each has in the view."""
        total = sum(counts.values())
        lines = [("", f"{ALL} {total:,}" if total else ALL)]
        lines += [
            (code, f"{short} {counts.get(code, 0):,}")
            for code, short in shelf
            if counts.get(code) or code == self.key
        ]
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        self.clear()
        for code, words in lines:
            self.addItem(words, code)
        self.choose(self.key)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(look.font(Role.BODY)).horizontalAdvance("长护险预评 1,140")
        return QSize(width + look.sp(56), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _take(self) -> None:
        self.key = str(self.currentData() or "")
        self.chosen.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling past must not change the list
