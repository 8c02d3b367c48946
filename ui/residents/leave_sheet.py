"""The sheet that asks before a form with unsaved text is left: keep it as a draft, throw it away, or go on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.kit import Button, Sheet


class LeaveSheet(Sheet):
    """`kept`: as a draft; `thrown`: not wanted."""

    kept, thrown = Signal(), Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "还没有保存", "填的内容可以留作草稿，下次打开接着填。")
        throw = Button("不保存", "quiet")
        self.acts.addWidget(throw)
        self.offer("留作草稿", cancel="继续填写")
        self.done_with.connect(self.accept)
        self.done_with.connect(self.kept)
        throw.clicked.connect(self.accept)
        throw.clicked.connect(self.thrown)
        self.finished.connect(self.deleteLater)
