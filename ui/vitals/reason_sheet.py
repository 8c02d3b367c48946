"""The sheet that asks why something was not measured; one digit answers and closes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.vitals.catalogue import not_measured
from ui.kit import Key, OptionRow, Sheet, bind


class ReasonSheet(Sheet):
    """`chosen` carries the code of the reason."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, who: str, what: str) -> None:
        super().__init__(parent, "未测原因", f"{who}：{what}。按数字选择。", width=520)
        entries = not_measured().entries[:9]
        self.reasons = OptionRow(
            tuple((one.code, f"{number} {one.words}") for number, one in enumerate(entries, 1)),
            columns=3,
            low=True,
        )
        self.body.addWidget(self.reasons)
        self.reasons.group.buttonClicked.connect(self._choose)
        bind(
            self,
            *(
                Key(str(number), one.words, self.reasons.button(one.code).click)
                for number, one in enumerate(entries, 1)
            ),
        )
        self.reasons.button(entries[0].code).setFocus()

    def _choose(self) -> None:
        if self.reasons.key is not None:
            self.chosen.emit(self.reasons.key)
            self.accept()
