"""One sign of the entry sheet: its field, how it was measured, what it means as it is typed, and its repetition."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.vitals.rules import Measured, Sign, value_words
from app.vitals.rules.measured import How
from app.vitals.rules.typing import Typed, Whose, read_typed
from ui.kit import FieldError, LineField, Words
from ui.kit.flow import Flow
from ui.style import Role, look
from ui.vitals.ask_box import AskBox

LABEL, FIELD = 96, 148
_HINTS = {
    "blood_pressure": "收缩压/舒张压",
    "consciousness": "A C V P U",
}
_LOUD = ("warn", "danger")


class ValueField(LineField):
    """Enter goes on; ↓ and ↑ go to the next and the previous sign."""

    entered = Signal()
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & _HELD:
            self.entered.emit()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class EntryRow(QWidget):
    """`values()` are what would be kept; `way()` is the sentence that stands in the way, shown under the field."""

    changed = Signal()
    done = Signal()
    """Enter on what may be kept, or on nothing."""
    stepped = Signal(int)

    def __init__(self, sign: Sign, whose: Whose, *, repeats: bool = True) -> None:
        super().__init__()
        self.sign, self.whose = sign, whose
        self._confirmed: dict[int, str] = {}
        self.fields = tuple(self._field(turn) for turn in range(2 if repeats else 1))
        self.asks = tuple(AskBox(ask, sign.words) for ask in sign.asks)
        self.meaning = Words("", Role.HINT, wrap=True)
        self.error = FieldError()
        self._again, self._notes = QWidget(), QWidget()
        self._lay_out()
        for box in self.asks:
            box.currentIndexChanged.connect(self._judge)
        self._judge()

    # what stands here ---------------------------------------------------------------------------------------------

    def typed(self, turn: int = 0) -> Typed:
        """What stands in the first field, or in that of the repetition."""
        text = self.fields[turn].text()
        confirmed = bool(text) and self._confirmed.get(turn) == text
        return read_typed(self.sign, text, self.how(), self.whose, confirmed=confirmed)

    def how(self) -> How:
        """What was said of how it was measured."""
        return tuple((box.ask.key, box.key) for box in self.asks if box.key)

    def values(self) -> tuple[Measured, ...]:
        """What would be kept, the repetition after the first."""
        found = [(turn, self.typed(turn).measured) for turn in range(len(self.fields))]
        return tuple(replace(one, turn=turn) for turn, one in found if one is not None)

    def way(self) -> str:
        """What must be answered before this is kept."""
        return next(
            filter(None, (self.typed(turn).stands_in_the_way for turn in range(len(self.fields)))), ""
        )

    def text(self) -> dict[str, str]:
        """What is typed and chosen, for a draft."""
        return {
            **{f"turn{turn}": field.text() for turn, field in enumerate(self.fields) if field.text()},
            **{box.ask.key: box.key for box in self.asks if box.key},
        }

    def put(self, text: dict[str, str]) -> None:
        """Fill in what was typed before."""
        for turn, field in enumerate(self.fields):
            field.setText(text.get(f"turn{turn}", ""))
        for box in self.asks:
            box.choose(text.get(box.ask.key, ""))
        self._judge()

    def show_value(self, measured: Measured) -> None:
        """Fill in a value that was kept."""
        words = value_words(self.sign, measured.value, measured.second, measured.words)
        self.put({"turn0": words, **dict(measured.how)})

    def check(self) -> bool:
        """Show what stands in the way; True when nothing does."""
        self._say(self.way())
        return not self.error.text()

    def say_wrong(self, text: str) -> None:
        """A rule refused it."""
        self._say(text)

    def focus(self) -> None:
        """The cursor into the field that asks for it."""
        waiting = next(
            (field for turn, field in enumerate(self.fields) if self.typed(turn).stands_in_the_way), None
        )
        field = waiting or self.fields[0]
        field.setFocus()
        field.selectAll()

    # inside -------------------------------------------------------------------------------------------------------

    def _field(self, turn: int) -> ValueField:
        words = f"{self.sign.words}复测" if turn else self.sign.words
        field = ValueField(words, _HINTS.get(self.sign.code, ""))
        field.setFixedWidth(look.sp(FIELD))
        if self.sign.unit and self.sign.code not in _HINTS:
            field.put_right(Words(self.sign.unit, Role.HINT))
        field.textEdited.connect(self._edited)
        field.editingFinished.connect(lambda: self._left(turn))
        field.entered.connect(lambda: self._entered(turn))
        field.stepped.connect(self.stepped)
        return field

    def _entered(self, turn: int) -> None:
        """Enter: a doubtful value is confirmed by the second one; a red one goes on to its repetition."""
        typed = self.typed(turn)
        if typed.wrong:
            self._say(typed.wrong)
            return
        if typed.doubt:
            if self.error.text() == typed.doubt:
                self._confirmed[turn] = self.fields[turn].text()
                self._judge()
            else:
                self._say(typed.doubt)
                return
        self._say("")
        self.done.emit()

    def _edited(self) -> None:
        self._say("")
        self._judge()

    def _left(self, turn: int) -> None:
        if wrong := self.typed(turn).wrong:
            self._say(wrong)

    def _judge(self) -> None:
        first = self.typed()
        said = [typed.judgement for turn in range(len(self.fields)) if (typed := self.typed(turn)).measured]
        last = said[-1] if said else None
        self.meaning.say(last.words if last else "", last.tone if last and last.tone in _LOUD else "")
        self._show_notes()
        if len(self.fields) > 1:
            self._again.setVisible(first.red or bool(self.fields[1].text()))
        self.changed.emit()

    def _say(self, text: str) -> None:
        self.error.say(text)
        self._show_notes()
        for turn, field in enumerate(self.fields):
            field.set_wrong(bool(text) and bool(self.typed(turn).stands_in_the_way or not turn))

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        first = QHBoxLayout()
        first.setSpacing(10)
        label = Words(self.sign.words, Role.LABEL)
        label.setFixedWidth(look.sp(LABEL))
        label.setBuddy(self.fields[0])
        first.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addWidget(self.fields[0])
        asks = QWidget()
        flow = Flow(8)
        asks.setLayout(flow)
        for one in self.asks:
            flow.addWidget(one)
        first.addWidget(asks, 1)
        box.addLayout(first)
        if len(self.fields) > 1:
            box.addWidget(self._repetition())
        notes = QVBoxLayout(self._notes)
        notes.setContentsMargins(look.sp(LABEL) + 10, 0, 0, 0)
        notes.setSpacing(4)
        notes.addWidget(self.meaning)
        notes.addWidget(self.error)
        box.addWidget(self._notes)

    def _show_notes(self) -> None:
        self.meaning.setVisible(bool(self.meaning.text()))
        self._notes.setVisible(bool(self.meaning.text() or self.error.text()))

    def _repetition(self) -> QWidget:
        row = QHBoxLayout(self._again)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        label = Words("复测", Role.LABEL, ink="danger")
        label.setFixedWidth(look.sp(LABEL))
        label.setBuddy(self.fields[1])
        row.addWidget(label)
        row.addWidget(self.fields[1])
        row.addWidget(Words("达到危急值：隔 1–2 分钟再测一次，两次都保留。", Role.HINT, wrap=True), 1)
        self._again.hide()
        return self._again
