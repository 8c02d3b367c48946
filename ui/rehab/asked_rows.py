"""Contraindications asked one by one: 有 or 无 by one key each, what it blocks or warns of said beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rehab.evaluations import asked, effect_words
from app.rehab.lists.contraindications import Contraindication
from ui.kit import ElidedWords, FieldError, LineField, OptionRow, Words
from ui.style import Role, look

YES, NO = "yes", "no"
_KEYS = {
    Qt.Key.Key_1: YES, Qt.Key.Key_Y: YES, Qt.Key.Key_0: NO, Qt.Key.Key_2: NO, Qt.Key.Key_N: NO,
}  # fmt: skip


class AskedRows(QWidget):
    """`changed` when the person answered something; 1 and Y say 有, 0 and N say 无, and go on to the next."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.error = FieldError()
        self.rows: dict[str, AskedRow] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        for one in asked():
            row = AskedRow(one)
            row.answered.connect(self._answered)
            row.passed.connect(self._step)
            row.noted.connect(self.changed)
            self.rows[one.code] = row
            box.addWidget(row)
        box.addWidget(self.error)

    @property
    def held(self) -> dict[str, str]:
        """What is so, with its note."""
        return {code: row.note.text().strip() for code, row in self.rows.items() if row.options.key == YES}

    @property
    def denied(self) -> tuple[str, ...]:
        """What was asked and is not so."""
        return tuple(code for code, row in self.rows.items() if row.options.key == NO)

    @property
    def left(self) -> tuple[str, ...]:
        """What nobody has answered."""
        return tuple(code for code, row in self.rows.items() if row.options.key is None)

    def show_answers(self, held: Mapping[str, str], denied: Iterable[str]) -> None:
        """Answers instead of those there are; says nothing."""
        no = set(denied)
        for code, row in self.rows.items():
            row.answer(YES if code in held else NO if code in no else None)
            row.note.setText(held.get(code, ""))
        self.say_wrong("")

    def deny_rest(self) -> None:
        """Whatever was not answered is not so."""
        for code in self.left:
            self.rows[code].answer(NO)
        self.say_wrong("")
        self.changed.emit()

    def say_wrong(self, text: str) -> None:
        self.error.say(text)

    def focus_part(self) -> QWidget:
        """The first that was not answered."""
        code = next(iter(self.left), next(iter(self.rows)))
        return self.rows[code].options.button(YES)

    def _answered(self, code: str) -> None:
        if not self.left:
            self.say_wrong("")
        self.changed.emit()
        if self.rows[code].options.key == NO:
            self._step(code, 1)

    def _step(self, code: str, step: int) -> None:
        places = list(self.rows)
        place = places.index(code) + step
        if 0 <= place < len(places):
            row = self.rows[places[place]]
            row.options.button(row.options.key or YES).setFocus()


class AskedRow(QWidget):
    """One question. `passed(code, step)` when ↑ or ↓ goes on."""

    answered = Signal(str)
    passed = Signal(str, int)
    noted = Signal()

    def __init__(self, one: Contraindication) -> None:
        super().__init__()
        self.one = one
        self.options = OptionRow(((YES, "有"), (NO, "无")), low=True)
        self.options.setFixedWidth(look.sp(136))
        self.options.setAccessibleName(one.question)
        self.note = LineField(f"{one.words} 的说明", "部位、时间、医生要求")
        self.note.hide()
        self._short = ElidedWords(effect_words(one), Role.HINT, ink="text3")
        self._effect = Words(effect_words(one), Role.HINT, ink="danger" if one.block else "warn", wrap=True)
        self._effect.hide()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Words(one.question, Role.BODY, wrap=True))
        texts.addWidget(self._short)
        texts.addWidget(self._effect)
        texts.addWidget(self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(texts, 1)
        row.addWidget(self.options, 0, Qt.AlignmentFlag.AlignTop)
        self.options.group.buttonClicked.connect(lambda _button: self._clicked())
        self.note.textEdited.connect(lambda _text: self.noted.emit())

    def answer(self, key: str | None) -> None:
        """Show an answer; says nothing."""
        self.options.choose(key)
        self.note.setVisible(key == YES)
        self._effect.setVisible(key == YES)
        self._short.setVisible(key != YES)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self.note.hasFocus():
            super().keyPressEvent(event)
        elif key in _KEYS:
            self.options.choose(_KEYS[key])
            self._clicked()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.passed.emit(self.one.code, 1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _clicked(self) -> None:
        self.answer(self.options.key)
        if self.options.key == YES:
            self.note.setFocus()
        self.answered.emit(self.one.code)
