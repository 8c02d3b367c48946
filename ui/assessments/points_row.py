"""The digits of an item side by side, the lowest left: small in a closed card, the whole answer of a points item."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.assessments.instruments import Item
from ui.kit import OptionRow
from ui.style import look

_WIDTH, _GAP = 46, 8
_MOST_LOW, MOST = 6, 16
"""Digits that stand beside a title, and in a row of their own."""


class PointsRow(QWidget):
    """Says which digit was pressed; shows what it is told. `low` rows stand beside a title and hold few digits."""

    chosen = Signal(int)

    def __init__(self, item: Item, *, low: bool = False) -> None:
        super().__init__()
        digits = sorted(option.digit for option in item.options)
        signs = {option.digit: option.sign for option in item.options}
        self.fits = 0 < len(digits) <= (_MOST_LOW if low else MOST)
        self._digit: int | None = None
        self._count = len(digits) if self.fits else 0
        self._row = OptionRow(tuple((str(digit), signs[digit]) for digit in digits) if self.fits else ())
        for digit in digits if self.fits else ():
            button = self._row.button(str(digit))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setMinimumWidth(0)
        self._row.group.buttonClicked.connect(self._pressed)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._row)

    def button(self, digit: int) -> QPushButton:
        return self._row.button(str(digit))

    def choose(self, digit: int | None) -> None:
        """Show a digit as chosen, or none."""
        self._digit = digit
        if self.fits:
            self._row.choose(None if digit is None or digit < 0 else str(digit))

    def sizeHint(self) -> QSize:
        width = look.sp(_WIDTH) * self._count + _GAP * max(0, self._count - 1)
        return QSize(width, self._row.sizeHint().height())

    def _pressed(self) -> None:
        chosen = self._row.key
        self.choose(self._digit)
        if chosen is not None:
            self.chosen.emit(int(chosen))
