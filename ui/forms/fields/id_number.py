"""A resident identity number (GB 11643): 18 signs, counted as they are typed; the subject's `check` knows the sum."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.core.form import Field, Value, tidy
from ui.forms.fields.number import NumberInput
from ui.kit import Words
from ui.style import Role


class IdNumberInput(NumberInput):
    """Says how many signs are there, so that a digit too few is seen before it is searched for."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.setMaxLength(24)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhPreferUppercase | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._count = Words("", Role.SMALL)
        self.put_right(self._count)
        self.textChanged.connect(self._say_count)

    def value(self) -> Value:
        return tidy(self.field, self.text())

    def _say_count(self) -> None:
        count = len(self.value())
        self._count.setText(f"{count}/18" if 0 < count != 18 else "")
        self._place()


def make(field: Field) -> IdNumberInput:
    return IdNumberInput(field)
