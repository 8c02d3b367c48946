"""A password inside a form: hidden, with an eye."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.form import Field, Value
from ui.kit import PasswordField


class PasswordInput(PasswordField):
    """Never part of a draft."""

    edited = Signal()
    left = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__(field.label, field.placeholder)
        self.field = field
        self.textEdited.connect(self.edited)
        self.editingFinished.connect(self.left)

    def value(self) -> Value:
        return self.text()

    def set_value(self, value: Value) -> None:
        self.setText(value if isinstance(value, str) else "")

    def focus_part(self) -> QWidget:
        return self


def make(field: Field) -> PasswordInput:
    return PasswordInput(field)
