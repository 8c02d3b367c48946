"""The last step of set-up: the recovery code, shown this once, and the promise that it is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.buttons import Button
from ui.kit.focus_ring import ringed
from ui.kit.words import Sign, Words
from ui.style import Role

WHY = (
    "所有人都忘了密码时，只有它能打开数据。它只显示这一次，程序里不留存。"
    "请抄下或打印，封好交给机构指定的人，锁进柜子。"
)


class CodePage(QWidget):
    """Eight groups of four, large; `kept` says whether the person has ticked that it is written down."""

    kept_changed = Signal(bool)
    print_asked = Signal()

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self.kept = QCheckBox("我已抄写或打印恢复码")
        self.kept.setAccessibleName("我已抄写或打印恢复码")
        self.print = Button("打印", icon="printer")
        ringed(self.kept)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(Words(WHY, ink="text2", wrap=True))
        box.addWidget(self._tile())
        row = QHBoxLayout()
        row.addWidget(self.print)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self.kept)
        box.addStretch(1)
        self.kept.toggled.connect(self.kept_changed)
        self.print.clicked.connect(self.print_asked)

    def _tile(self) -> QFrame:
        tile = QFrame()
        tile.setProperty("surface", "tile")
        tile.setAccessibleName(f"恢复码 {self.code}")
        grid = QGridLayout(tile)
        grid.setContentsMargins(20, 18, 20, 18)
        grid.setVerticalSpacing(12)
        grid.setHorizontalSpacing(16)
        for place, group in enumerate(self.code.split("-")):
            words = Words(group, Role.BIG_NUMBER)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            grid.addWidget(words, place // 4, place % 4, Qt.AlignmentFlag.AlignHCenter)
        grid.addWidget(self._hint(), 2, 0, 1, 4)
        return tile

    @staticmethod
    def _hint() -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Sign("info", 16, "text3"))
        row.addWidget(Words("没有字母 I、L、O、U；大小写一样。", Role.HINT), 1)
        return line
