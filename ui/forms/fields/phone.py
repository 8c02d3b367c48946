"""A telephone number: digits, a dash for an extension."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.core.form import Field
from ui.forms.fields.number import NumberInput


class PhoneInput(NumberInput):
    """At most 20 signs."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.setMaxLength(20)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)


def make(field: Field) -> PhoneInput:
    return PhoneInput(field)
