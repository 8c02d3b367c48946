"""Text in one line; also the base of every kind that is typed into one line."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.form import Field, Value
from ui.kit import LineField, Words
from ui.style import Role


class TextInput(LineField):
    """A line. `edited` with every change, `left` when the person is done with it (focus gone or Enter)."""

    edited = Signal()
    left = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__(field.label, field.placeholder)
        self.field = field
        if field.unit:
            self.put_right(Words(field.unit, Role.HINT))
        self.textEdited.connect(self.edited)
        self.editingFinished.connect(self.left)

    def value(self) -> Value:
        """What is typed, as typed."""
        return self.text()

    def set_value(self, value: Value) -> None:
        """Show a value without telling anyone."""
        self.setText(value if isinstance(value, str) else "")

    def focus_part(self) -> QWidget:
        """Where the cursor goes."""
        return self


def make(field: Field) -> TextInput:
    return TextInput(field)
