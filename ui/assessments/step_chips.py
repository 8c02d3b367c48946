"""The steps of the form as chips with what is done of each; where the window is narrow they show codes for names."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from ui.kit import Chip
from ui.style import look

_GAP = 8


class StepChips(QWidget):
    """Exactly one is on. A step has its key, its name, and a short name for narrow windows."""

    chosen = Signal(str)

    def __init__(self, steps: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._names = {key: (name, short) for key, name, short in steps}
        self._counts: dict[str, str] = {}
        self._chips: dict[str, Chip] = {}
        for key, name, _short in steps:
            chip = Chip(name)
            chip.setParent(self)
            chip.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            self._group.addButton(chip)
            self._chips[key] = chip
        self._place()

    def chip(self, key: str) -> Chip:
        return self._chips[key]

    def choose(self, key: str) -> None:
        """Turn one on without telling anyone."""
        self._chips[key].setChecked(True)

    def say(self, key: str, done: int, of: int) -> None:
        """How much of a step is done."""
        count = f" {done}/{of}" if of else ""
        if self._counts.get(key) != count:
            self._counts[key] = count
            self._place()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(320), self._height(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(200), self._height(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place()

    def _write(self, *, short: bool) -> None:
        for key, chip in self._chips.items():
            name, code = self._names[key]
            count = self._counts.get(key, "")
            chip.setText(f"{code if short else name}{count}")
            chip.setAccessibleName(f"{name}{count}")
            chip.setToolTip(name if short and code != name else "")

    def _lines(self, width: int) -> list[list[Chip]]:
        lines: list[list[Chip]] = [[]]
        used = 0
        for chip in self._chips.values():
            need = chip.sizeHint().width()
            if lines[-1] and used + _GAP + need > width:
                lines.append([])
                used = 0
            used += need + (_GAP if lines[-1] else 0)
            lines[-1].append(chip)
        return lines

    def _height(self, width: int) -> int:
        high = max(chip.sizeHint().height() for chip in self._chips.values())
        count = len(self._lines(width))
        return count * high + (count - 1) * _GAP

    def _place(self) -> None:
        self._write(short=False)
        if len(self._lines(self.width())) > 1:
            self._write(short=True)
        top = 0
        for line in self._lines(self.width()):
            left = 0
            for chip in line:
                size = chip.sizeHint()
                chip.setGeometry(left, top, size.width(), size.height())
                left += size.width() + _GAP
            top += line[0].height() + _GAP
        height = self._height(self.width())
        if height != self.height():
            self.setFixedHeight(height)
