"""The sheet that asks why a task was refused, done in part or not done: a digit answers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.care.lists import reasons_of
from app.care.queries import SlotRow
from app.care.rules import outcome_words
from ui.kit import Key, Labelled, LineField, OptionRow, Sheet, bind


class WhySheet(Sheet):
    """`why` and `note` are what the order takes, once `answered` has come."""

    answered = Signal()

    def __init__(self, parent: QWidget, name: str, slot: SlotRow, outcome: str) -> None:
        words = outcome_words(outcome)
        super().__init__(parent, f"{name} · {slot.title}：{words}", "按数字选原因，选了就记下。", width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.slot, self.outcome = slot, outcome
        self.closed = False
        self.finished.connect(self._note_closed)
        self.listed = reasons_of(outcome)
        choices = tuple((one.code, f"{number} {one.words}") for number, one in enumerate(self.listed, 1))
        self.reasons = OptionRow(choices, columns=2, low=True)
        self.words = LineField("说明", "要补充时写在这里；选“其他”时必填")
        self._reasons = Labelled("原因", self.reasons, required=True)
        self._words = Labelled("说明", self.words)
        for piece in (self._reasons, self._words):
            self.body.addWidget(piece)
        self.offer(f"记为{words}").clicked.connect(self.answer)
        self.reasons.group.buttonClicked.connect(lambda: self._reasons.say_wrong(""))
        self.words.textEdited.connect(lambda: self._words.say_wrong(""))
        numbered = enumerate(self.listed, 1)
        bind(self, *(Key(str(number), one.words, partial(self.take, one.code)) for number, one in numbered))
        self.reasons.button(self.listed[0].code).setFocus()

    def _note_closed(self) -> None:
        """An answer that comes later must not touch what is gone."""
        self.closed = True

    @property
    def why(self) -> str:
        return self.reasons.key or ""

    @property
    def note(self) -> str:
        return self.words.text().strip()

    def take(self, code: str) -> None:
        """A digit: the reason, and if it says enough the answer; one that wants words asks for them."""
        self.reasons.choose(code)
        self._reasons.say_wrong("")
        if next(one for one in self.listed if one.code == code).words_needed and not self.note:
            self.words.setFocus()
        else:
            self.answered.emit()

    def answer(self) -> None:
        """Enter or the button: what is missing is said beside its field."""
        if not self.why:
            self._reasons.say_wrong("请选择原因。")
        elif next(one for one in self.listed if one.code == self.why).words_needed and not self.note:
            self._words.say_wrong("原因选“其他”时，请写明原因。")
            self.words.setFocus()
        else:
            self.answered.emit()

    def show_refusal(self, field: str, text: str) -> bool:
        """A rule refused: said beside its field; False if it has none here."""
        place = {"why": self._reasons, "note": self._words}.get(field)
        if place is not None:
            place.say_wrong(text)
        return place is not None
