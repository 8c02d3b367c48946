"""The sheet that asks for a reason before something is taken out; it stays readable in the history."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.kit import Labelled, LineField, Sheet

LONGEST = 80


class WhySheet(Sheet):
    """`said` gives the reason once there is one."""

    said = Signal(str)

    def __init__(self, parent: QWidget, title: str, text: str, act: str) -> None:
        super().__init__(parent, title, text, width=480)
        self.words = LineField("原因", "如：写错人、家属核实没有")
        self.words.setMaxLength(LONGEST)
        self._why = Labelled("为什么", self.words, required=True)
        self.body.addWidget(self._why)
        self.offer(act)
        self.words.textEdited.connect(lambda: self._why.say_wrong(""))
        self.done_with.connect(self._finish)
        self.finished.connect(self.deleteLater)
        self.words.setFocus()

    def _finish(self) -> None:
        why = self.words.text().strip()
        if not why:
            self._why.say_wrong("请写明原因，变更历史里能查到。")
            self.words.setFocus()
            return
        self.accept()
        self.said.emit(why)
