"""What the door shows while a last backup is made: how long already, and a key to go without it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.kit.buttons import Button
from ui.kit.card import IconTile
from ui.kit.keys import Key, bind
from ui.kit.words import Words
from ui.shell.door_card import DoorCard
from ui.style import Role

TEXT = "做完就退出。急着走可以跳过：已保存的记录都在，下次退出时再备份。"
_TURN_MS = 200


class LeavingCard(QWidget):
    """`skipped` when the person does not want to wait. `reported` may be called from any thread."""

    skipped = Signal()
    reported = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self.title = Words("正在备份…", Role.CARD_TITLE)
        self.step = Words(" ", Role.HINT)
        self.skip = Button("跳过备份", "plain")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_TURN_MS)
        self._timer.timeout.connect(self._tell)
        self.skip.clicked.connect(self._skip)
        self.reported.connect(self._report)
        self._lay_out()
        bind(self, Key("Esc", "跳过备份", self.skip.click))

    def begin(self) -> None:
        """The backup has begun."""
        self._clock.start()
        self._timer.start()
        self._tell()
        self.skip.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """It is over, one way or the other."""
        self._timer.stop()

    def _tell(self) -> None:
        words = f"正在备份… {self._clock.elapsed() // 1000} 秒"
        self.title.setText(words)
        self.setAccessibleName(words)

    def _report(self, done: int, total: int, words: str) -> None:
        self.step.setText(words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _skip(self) -> None:
        self.skip.set_busy(True, "正在停下…")
        self.skipped.emit()

    def _lay_out(self) -> None:
        card = DoorCard()
        card.body.addWidget(IconTile("save", None, 48, 24))
        for piece in (self.title, Words(TEXT, ink="text2", wrap=True), self._bar, self.step):
            card.body.addWidget(piece)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.skip)
        card.body.addLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
