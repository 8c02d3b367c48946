"""The sheet that asks why an assessment is corrected, retracted or not done: one of some reasons, and words."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.assessments.content import CORRECTION_REASONS, check_reason, undone_reasons
from app.core.errors import Refusal
from ui.kit import Labelled, LineField, OptionRow, Sheet
from ui.kit.buttons import Kind

OTHER = "其他"


class ReasonSheet(Sheet):
    """`reason` is what the order takes: 笔误, or 其他：and its words."""

    choices: ClassVar[tuple[str, ...]] = CORRECTION_REASONS

    def __init__(self, parent: QWidget, title: str, text: str, *, act: str, kind: Kind = "primary") -> None:
        super().__init__(parent, title, text, width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reasons = OptionRow(tuple((one, one) for one in self.choices), low=True)
        self.words = LineField("说明", "写明原因，选“其他”时必填")
        self._reasons = Labelled("原因", self.reasons, required=True)
        self._words = Labelled("说明", self.words)
        for piece in (self._reasons, self._words):
            self.body.addWidget(piece)
        self.offer(act, kind)
        self.reasons.group.buttonClicked.connect(lambda: self._reasons.say_wrong(""))
        self.words.textEdited.connect(lambda: self._words.say_wrong(""))
        self.reasons.button(self.choices[0]).setFocus()

    @property
    def reason(self) -> str:
        head, words = self.reasons.key or "", self.words.text().strip()
        return f"{head}：{words}" if words else head

    def check(self) -> bool:
        """Show what is missing; True when the reason may be given."""
        if OTHER not in self.choices:
            if self.reasons.key is None:
                self.refuse(f"请选择原因：{'、'.join(self.choices)}")
            return self.reasons.key is not None
        try:
            check_reason(
                self.reason if self.reasons.key != OTHER else f"{OTHER}：{self.words.text().strip()}"
            )
        except Refusal as refusal:
            self.refuse(refusal.text)
            return False
        return True

    def refuse(self, text: str) -> None:
        """Say what was refused beside its field."""
        about_words = self.reasons.key is not None
        self._reasons.say_wrong("" if about_words else text)
        self._words.say_wrong(text if about_words else "")


class UndoneSheet(ReasonSheet):
    """Why an assessment cannot be done at all; words are welcome, never asked for."""

    choices: ClassVar[tuple[str, ...]] = undone_reasons()
