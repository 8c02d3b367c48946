"""A task that somebody outside signs: a field to draw in, and the relation that goes with a name that is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ui.forms.task_sheet import Again, Task, TaskSheet
from ui.kit import Labelled
from ui.kit.sign_pad import SignPad
from ui.kit.view import View

People = tuple[tuple[str, str], ...]
"""Names with their relation to the resident."""


class SignedSheet(TaskSheet):
    """`make` gets the field the signature is drawn in; `name` is the form's field of who signs."""

    def __init__(
        self,
        view: View,
        make: Callable[[SignPad], Task],
        people: People = (),
        name: str = "",
        *,
        again: Callable[[SignPad], Again] | None = None,
    ) -> None:
        pad = SignPad()
        below = Labelled("手写签名", pad, hint="已在纸上签名的可以不画")
        super().__init__(view, make(pad), below=below, again=None if again is None else again(pad))
        self.pad = pad
        self._people = dict(people)
        if name:
            line = _line(self.form.input(name))
            line.textChanged.connect(self._relate)

    def _relate(self, name: str) -> None:
        relation = self._people.get(name.strip())
        if relation:
            self.form.set_values({"relation": relation})


def _line(widget: QWidget) -> QLineEdit:
    if isinstance(widget, QComboBox):
        return cast("QLineEdit", widget.lineEdit())
    return cast("QLineEdit", widget)
