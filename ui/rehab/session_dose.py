"""The dose that was done, prefilled from the prescription: one input for each thing the item asks for."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.rehab.lists.dose import DoseField
from app.rehab.lists.items import Item
from ui.kit import Labelled, LineField, Words
from ui.kit.flow import Flow
from ui.kit.pick_box import PickBox
from ui.rehab.pick_chips import Asked, PickChips
from ui.rehab.session_values import NumberField
from ui.style import Role, look

WIDE, TEXT = 116, 200


class DoseInputs(QWidget):
    """`dose()` is what the inputs say; refuses nothing itself, the act does."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.inputs: dict[str, QWidget] = {}
        self._labelled: dict[str, Labelled | Asked] = {}
        self._fields: tuple[DoseField, ...] = ()
        self._flow, self._wide = QWidget(), QVBoxLayout()
        self._row = Flow(10)
        self._flow.setLayout(self._row)
        self._flow.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self._flow)
        box.addLayout(self._wide)

    def show_fields(self, fields: tuple[DoseField, ...], item: Item | None) -> None:
        """Other inputs, where another item asks for others."""
        if fields == self._fields:
            return
        for labelled in self._labelled.values():
            labelled.hide()
            labelled.deleteLater()
        while self._row.count():
            self._row.takeAt(0)
        self._fields, self.inputs, self._labelled = fields, {}, {}
        for field in fields:
            self.inputs[field.code] = made = self._made(field, item)
            if isinstance(made, PickChips):
                self._labelled[field.code] = asked = Asked(field.words, made)
                self._wide.addWidget(asked)
            else:
                self._labelled[field.code] = labelled = Labelled(field.words, made)
                self._row.addWidget(labelled)
        self._flow.setVisible(self._row.count() > 0)

    def dose(self) -> dict[str, Any]:
        """What is said, nothing of what is left empty."""
        found: dict[str, Any] = {}
        for field in self._fields:
            made = self.inputs[field.code]
            if isinstance(made, PickChips):
                said: Any = list(made.keys)
            elif isinstance(made, PickBox):
                said = made.key
            else:
                said = _typed(field, made.text()) if isinstance(made, LineField) else ""
            if said not in ("", [], None):
                found[field.code] = said
        return found

    def put(self, dose: Mapping[str, Any]) -> None:
        """Fill in a dose; what it does not say is emptied."""
        for field in self._fields:
            made, said = self.inputs[field.code], dose.get(field.code)
            if isinstance(made, PickChips):
                made.choose([said] if isinstance(said, str) else said or ())
            elif isinstance(made, PickBox):
                made.choose(str(said or ""))
            elif isinstance(made, LineField):
                made.setText(f"{said:g}" if isinstance(said, int | float) else str(said or ""))

    def say_wrong(self, code: str, text: str) -> bool:
        labelled = self._labelled.get(code)
        if labelled is None:
            return False
        labelled.say_wrong(text)
        self.inputs[code].setFocus()
        return True

    def _made(self, field: DoseField, item: Item | None) -> QWidget:
        choices = field.choices
        if field.of and item is not None:
            choices = tuple((one, one) for one in (item.points if field.of == "points" else item.methods))
        if field.kind == "choices":
            chips = PickChips(field.words)
            chips.show_choices(choices)
            chips.changed.connect(self.changed)
            chips.entered.connect(self.entered)
            return chips
        if field.kind == "choice":
            box = PickBox(field.words, TEXT)
            box.show_choices((("", "—"), *choices))
            box.currentIndexChanged.connect(lambda *_: self.changed.emit())
            return box
        line = NumberField(field.words) if field.kind == "number" else LineField(field.words)
        line.setFixedWidth(look.sp(WIDE if field.kind == "number" else TEXT))
        if field.unit:
            line.put_right(Words(field.unit, Role.SMALL, ink="text3"))
        line.textEdited.connect(lambda: self._edited(field.code))
        (line.entered if isinstance(line, NumberField) else line.returnPressed).connect(self.entered)
        return line

    def _edited(self, code: str) -> None:
        self._labelled[code].say_wrong("")
        self.changed.emit()


def _typed(field: DoseField, text: str) -> Any:
    """A number where it is one; what is none goes to the act, which says so."""
    said = text.strip()
    if field.kind != "number":
        return said
    try:
        number = float(said)
    except ValueError:
        return said
    if not isfinite(number):
        return said
    return int(number) if number == int(number) else number
