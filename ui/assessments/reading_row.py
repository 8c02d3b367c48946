"""A measured number in large figures as it is typed or timed, with its unit, its limits and the stopwatch's button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.assessments.instruments import Quantity
from ui.assessments.stopwatch import Stopwatch
from ui.kit import Button, Words
from ui.style import Role, look

_FIGURE = 84
START, STOP = "开始计时　空格", "停止　空格"


class ReadingRow(QWidget):
    """The card keeps the focus and the keys; here it shows what they come to."""

    timed = Signal(float)
    """Seconds from start to stop."""

    def __init__(self, quantity: Quantity, *, timed: bool) -> None:
        super().__init__()
        self._quantity = quantity
        self._value, self._typed = "", ""
        self.locked = False
        self.watch = Stopwatch(self)
        self.figure = Words("—", Role.BIG_NUMBER)
        self.hint = Words("", Role.HINT, ink="text2", wrap=True)
        self.button = Button(START, "primary", icon="clock")
        self.drop_button = Button("作废重测", "quiet")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.figure)
        row.addWidget(Words(quantity.unit, ink="text2"))
        row.addStretch(1)
        if timed:
            for one in (self.drop_button, self.button):
                one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                row.addWidget(one)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(row)
        box.addWidget(self.hint)
        self._timed = timed
        self.drop_button.setEnabled(False)
        self.button.clicked.connect(self.toggle)
        self.drop_button.clicked.connect(self.drop)
        self.watch.ticked.connect(self._show)
        self._show()

    @property
    def running(self) -> bool:
        return self.watch.running

    @property
    def with_watch(self) -> bool:
        return self._timed

    def show_value(self, value: str, typed: str) -> None:
        """The value that is kept, and a number on its way."""
        self._value, self._typed = value, typed
        self._show()

    def set_locked(self, locked: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        """Nothing can be timed now."""
        self.locked = locked
        self.button.setEnabled(not locked)

    def toggle(self) -> None:
        """Start the stopwatch; or stop it and tell the time."""
        if self.locked or not self._timed:
            return
        if not self.watch.running:
            self.watch.start()
            self._show()
            return
        seconds = self.watch.stop()
        self._show()
        self.timed.emit(seconds)

    def drop(self) -> None:
        """Stop without taking the time: the value before stands."""
        self.watch.drop()
        self._show()

    def _show(self) -> None:
        running = self.watch.running
        shown = self._quantity.figure(self.watch.seconds) if running else self._typed or self._value or "—"
        self.figure.setMinimumWidth(
            look.sp(_FIGURE) if running else 0
        )  # the unit does not jump while figures run
        self.figure.setText(shown)
        self.button.say(STOP if running else START)
        self.drop_button.setEnabled(running)
        waiting = (
            "正在计时…　停止后写入；退格键作废"
            if running
            else "再按数字，或按 Enter 确定"
            if self._typed
            else ""
        )
        self.hint.setText(waiting or f"输入 {self._quantity.limits}" + ("，或用秒表" if self._timed else ""))
