"""The sheet that asks before a form of rehab is left with something typed: keep it as a draft, or not at all."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.kit import Button, Sheet


class LeaveSheet(Sheet):
    """`kept` and `thrown`: what is to become of it; closed otherwise, the person goes on."""

    kept = Signal()
    thrown = Signal()

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, title, "填的内容可以留作草稿，下次打开接着填。")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        throw = Button("不保存", "quiet")
        self.acts.addWidget(throw)
        self.offer("留作草稿", cancel="继续填写")
        self.done_with.connect(self.accept)
        self.done_with.connect(self.kept)
        throw.clicked.connect(self.accept)
        throw.clicked.connect(self.thrown)
