"""The kinds of field, one small file each: every one has `make(field)`, `edited`, `left`, `value`, `set_value`.

A new kind: one file here, one line in `MAKERS`, one member of `app.core.form.Kind`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from app.core.form import Field, Kind, Value
from ui.forms.fields import (
    body,
    choice,
    choices,
    day,
    id_number,
    line,
    lines,
    number,
    password,
    phone,
    photos,
    suggested,
    times,
)


class Input(Protocol):
    """What every kind offers the form."""

    field: Field
    edited: SignalInstance[tuple[()]]
    left: SignalInstance[tuple[()]]

    def value(self) -> Value: ...
    def set_value(self, value: Value) -> None: ...
    def focus_part(self) -> QWidget: ...


MAKERS: dict[Kind, Callable[[Field], QWidget]] = {
    Kind.TEXT: line.make,
    Kind.LINES: lines.make,
    Kind.NUMBER: number.make,
    Kind.DATE: day.make,
    Kind.CHOICE: choice.make,
    Kind.CHOICES: choices.make,
    Kind.ID_NUMBER: id_number.make,
    Kind.PHONE: phone.make,
    Kind.SUGGESTED: suggested.make,
    Kind.PASSWORD: password.make,
    Kind.TIME: times.make,
    Kind.MOMENT: times.make,
    Kind.BODY: body.make,
    Kind.PHOTOS: photos.make,
}


def make_input(field: Field) -> tuple[QWidget, Input]:
    """The widget of a field, and the same thing as the form talks to it."""
    widget = MAKERS[field.kind](field)
    return widget, cast("Input", widget)
