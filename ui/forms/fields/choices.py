"""Any of several: check boxes in as many columns as fit."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

from app.core.form import Field, Value
from ui.kit import ringed

_GAP = 16


class ChoicesInput(QWidget):
    """The value is the keys of what is ticked, in the order of the choices."""

    edited = Signal()
    left = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.setAccessibleName(field.label)
        self._boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(4)
        self._across = 0
        # the columns follow the width given, never the other way round: a form once wide must get narrow again
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for choice in field.choices:
            box = QCheckBox(choice.label.replace("&", "&&"))
            box.setAccessibleName(choice.label)
            box.clicked.connect(self._clicked)
            ringed(box)
            self._boxes[choice.key] = box
        self._lay_out(2)

    def value(self) -> Value:
        return tuple(key for key, box in self._boxes.items() if box.isChecked())

    def set_value(self, value: Value) -> None:
        for key, box in self._boxes.items():
            box.setChecked(isinstance(value, tuple) and key in value)

    def focus_part(self) -> QWidget:
        return next(iter(self._boxes.values()))

    def minimumSizeHint(self) -> QSize:
        """One column wide: the columns now shown must not keep the form from growing narrower."""
        return QSize(self._widest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(max(1, (self.width() + _GAP) // (self._widest() + _GAP)))

    def _widest(self) -> int:
        return max((box.sizeHint().width() for box in self._boxes.values()), default=0)

    def _lay_out(self, across: int) -> None:
        if across == self._across:
            return
        widest = self._widest()
        for column in range(max(self._across, across) + 1):
            self._grid.setColumnStretch(column, 0)
            self._grid.setColumnMinimumWidth(column, widest if across > 1 and column < across else 0)
        self._across = across
        for place, box in enumerate(self._boxes.values()):
            self._grid.addWidget(box, place // across, place % across)
        self._grid.setColumnStretch(across, 1)

    def _clicked(self) -> None:
        self.edited.emit()
        self.left.emit()


def make(field: Field) -> ChoicesInput:
    return ChoicesInput(field)
