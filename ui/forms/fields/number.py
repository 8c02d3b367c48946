"""A number, its unit inside the right edge. Typed, never spun: a wheel turned by accident must not change a dose."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.core.form import Field, fold
from ui.forms.fields.line import TextInput


class NumberInput(TextInput):
    """Full-width digits are folded as typed; letters are kept so that the sentence under the field can say so."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.textEdited.connect(self._fold)

    def _fold(self, text: str) -> None:
        plain = fold(text)
        if plain != text:
            place = self.cursorPosition()
            self.setText(plain)
            self.setCursorPosition(min(place, len(plain)))


def make(field: Field) -> NumberInput:
    return NumberInput(field)
