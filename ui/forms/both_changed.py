"""What two people changed of one record: each field with both values, and whoever saves says which one counts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.core.form import Value
from app.residents.form import words_of
from ui.forms.form_view import FormView
from ui.kit import OptionRow, Words
from ui.style import Role

MINE, THEIRS = "mine", "theirs"
_ROOM = 18
"""Signs of a value in its button; where one is longer both stand whole in lines above the buttons."""
_CHOOSE = {MINE: "用您填的", THEIRS: "用对方的"}


class BothChanged(QFrame):
    """Hidden until there is something to choose. Choosing puts the value into its field."""

    def __init__(self, form: FormView) -> None:
        super().__init__()
        self.setProperty("surface", "tile")
        self._form = form
        self._rows: dict[str, OptionRow] = {}
        self._values: dict[str, dict[str, Value]] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(16, 12, 16, 14)
        self._box.setSpacing(6)
        self._inside: QWidget | None = None
        self.setVisible(False)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The fields nobody chose for yet."""
        return tuple(key for key, row in self._rows.items() if row.key is None)

    def label(self, key: str) -> str:
        return next(one.label for one in self._form.form.fields if one.key == key)

    def ask(self, theirs: Mapping[str, Value]) -> None:
        """Other fields than before; what stands in each of them is this person's."""
        mine = self._form.values()
        self._values = {key: {MINE: mine[key], THEIRS: value} for key, value in theirs.items()}
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(Words("两人都改过的，请选用哪一个", Role.STRONG))
        self._rows = {key: self._row(box, key) for key in theirs}
        self._box.addWidget(inside)
        self.setVisible(bool(theirs))

    def take_keys(self) -> None:
        """To the first that is not chosen."""
        if self.undecided:
            self._rows[self.undecided[0]].button(MINE).setFocus(Qt.FocusReason.TabFocusReason)

    def _row(self, box: QVBoxLayout, key: str) -> OptionRow:
        said = {
            MINE: f"您填的：{words_of(self._form.form, key, self._values[key][MINE])}",
            THEIRS: f"对方的：{words_of(self._form.form, key, self._values[key][THEIRS])}",
        }
        long = any(len(words) > _ROOM for words in said.values())
        row = OptionRow(tuple((_CHOOSE if long else said).items()), low=True)
        for side, words in said.items():
            row.button(side).setAccessibleName(f"{self.label(key)}，{words}")
        row.group.buttonClicked.connect(partial(self._chosen, key))
        box.addWidget(Words(self.label(key), Role.HINT))
        for words in said.values() if long else ():
            box.addWidget(Words(words, wrap=True))
        box.addWidget(row)
        return row

    def _chosen(self, key: str, _button: object) -> None:
        """What was typed after theirs was shown stays this person's."""
        values, now = self._values[key], self._form.values()[key]
        if now != values[THEIRS]:
            values[MINE] = now
        side = self._rows[key].key
        if side is not None:
            self._form.set_values({key: values[side]})
