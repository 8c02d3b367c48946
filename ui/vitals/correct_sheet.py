"""The sheet that corrects a recorded value, or says that it was an error; what was typed survives a refusal."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.residents.rules.stated import CORRECTION_REASONS
from app.vitals.catalogue import sign_of
from app.vitals.queries import GridRow, Taken
from app.vitals.rules import Wrong, read_value
from app.vitals.service import CorrectVital, RetractVital, Seen
from ui.kit import Button, Errands, Key, Labelled, LineField, OptionRow, Sheet, bind, errand
from ui.kit.view import Bench


class CorrectSheet(Sheet):
    """F2 on a recorded cell. The same doubtful value given twice is confirmed."""

    def __init__(self, parent: QWidget, bench: Bench, row: GridRow, taken: Taken) -> None:
        sign = sign_of(taken.code)
        unit = f" {sign.unit}" if sign.unit and sign.code != "pain" else ""
        text = f"{row.name} {row.bed}，{sign.words} {taken.text or taken.absent}{unit}（{taken.by}）。原值仍可查。"
        super().__init__(parent, "更正体征", text, width=560)
        self._row, self._taken, self._sign = row, taken, sign
        self._doubted = ""
        self.errands = Errands(bench.desk, self, notice=self.notice, fields=self)
        self.value = LineField(sign.words)
        self.value.setText(taken.text)
        self.value.selectAll()
        self._value = Labelled(f"{sign.words}{unit}", self.value, required=True)
        self.reasons = OptionRow(tuple((one, one) for one in CORRECTION_REASONS), low=True)
        self._reasons = Labelled("原因", self.reasons, required=True, hint="Alt+1 到 Alt+5")
        self.words = LineField("说明", "原因选“其他”或作废时必填")
        self._words = Labelled("说明", self.words)
        for widget in (self._value, self._reasons, self._words):
            self.body.addWidget(widget)
        self.retraction = Button("作废这一项", "danger")
        self.acts.insertWidget(0, self.retraction)
        self.offer("更正", icon="square-pen")
        self.reasons.choose(CORRECTION_REASONS[0])
        self.done_with.connect(self.correct)
        self.retraction.clicked.connect(self.take_out)
        self.value.textEdited.connect(lambda: self._value.say_wrong(""))
        self.words.textEdited.connect(lambda: self._words.say_wrong(""))
        bind(
            self,
            *(
                Key(f"Alt+{number}", one, self.reasons.button(one).click)
                for number, one in enumerate(CORRECTION_REASONS, 1)
            ),
        )
        self.value.setFocus()

    def show_refusal(self, field: str, text: str) -> bool:
        """A refusal beside the field it names."""
        if "再按一次" in text:
            self._doubted = self.value.text()
        places = {self._taken.code: self._value, "reason": self._reasons, "why": self._words}
        places["reason_words"] = self._words
        if field not in places:
            return False
        places[field].say_wrong(text)
        return True

    @errand
    async def correct(self) -> None:
        """Write the correction; the sheet stays while something is wrong."""
        typed = self.value.text()
        try:
            measured = read_value(self._sign, typed, self._row.age)
        except Wrong as wrong:
            self._value.say_wrong(wrong.text)
            return
        head, words = self.reasons.key or "", self.words.text().strip()
        reason = f"{head}：{words}" if words else head
        measured = replace(measured, confirmed=typed == self._doubted)
        seen = Seen(self._taken.rid, self._taken.revision)
        await self.errands.do(CorrectVital(seen, measured, reason), busy=self.main)
        self.accept()

    @errand
    async def take_out(self) -> None:
        """The value was an error."""
        seen = Seen(self._taken.rid, self._taken.revision)
        await self.errands.do(RetractVital(seen, self.words.text()), busy=self.retraction)
        self.accept()
