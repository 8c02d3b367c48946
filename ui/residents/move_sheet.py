"""The sheet that asks why a resident changes beds; digits choose, Enter moves."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.residents.queries import BedRow, Lying
from app.residents.rules import MOVE_REASONS, Wrong, check_move_reason
from ui.kit import Key, Labelled, LineField, OptionRow, Sheet, bind


class MoveSheet(Sheet):
    """`reason` is what the order takes, once `check()` is true."""

    def __init__(self, parent: QWidget, who: Lying, before: str, bed: BedRow) -> None:
        super().__init__(
            parent, f"给 {who.name} 换床", f"从 {before} 换到 {bed.label}。按数字选原因。", width=560
        )
        self.reason = ""
        choices = tuple((one, f"{number} {one}") for number, one in enumerate(MOVE_REASONS, 1))
        self.reasons = OptionRow(choices, columns=2, low=True)
        self.words = LineField("说明", "选“其他”时必填")
        self._reasons = Labelled("原因", self.reasons, required=True)
        self._words = Labelled("说明", self.words)
        self.body.addWidget(self._reasons)
        self.body.addWidget(self._words)
        self.offer("换床", icon="arrow-left-right")
        self.reasons.group.buttonClicked.connect(lambda: self._reasons.say_wrong(""))
        self.words.textEdited.connect(lambda: self._words.say_wrong(""))
        bind(
            self,
            *(
                Key(str(number), one, self.reasons.button(one).click)
                for number, one in enumerate(MOVE_REASONS, 1)
            ),
        )
        self.reasons.button(MOVE_REASONS[0]).setFocus()

    def check(self) -> bool:
        """Show what is missing; True when the reason may be given."""
        head, words = self.reasons.key or "", self.words.text().strip()
        try:
            self.reason = check_move_reason(f"{head}：{words}" if words else head)
        except Wrong as wrong:
            self._reasons.say_wrong("" if head else wrong.text + "。")
            self._words.say_wrong(wrong.text + "。" if head else "")
            return False
        return True
