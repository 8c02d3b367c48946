"""A time of day or a moment, typed in any usual way (`8:30`, `0830`, `昨天 22:10`); left, it shows the usual form."""

from __future__ import annotations

from app.core.form import Field, Kind, Value, tidy
from ui.forms.fields.line import TextInput


class TimeInput(TextInput):
    """A moment without a day is one of today."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        if not field.placeholder:
            self.setPlaceholderText("如 08:30" if field.kind is Kind.TIME else "如 8:30、昨天 22:10")
        self.editingFinished.connect(self._tidy)

    def value(self) -> Value:
        return tidy(self.field, self.text())

    def _tidy(self) -> None:
        kept = self.value()
        if isinstance(kept, str) and kept != self.text():
            self.setText(kept)


def make(field: Field) -> TimeInput:
    return TimeInput(field)
