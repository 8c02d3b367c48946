"""A day in words with a step before and after it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.kit.buttons import IconButton
from ui.kit.words import Words
from ui.style import Role

_WEEKDAYS = "一二三四五六日"
_NEAR = {0: "今天 ", 1: "昨天 ", -1: "明天 "}
_ONE = timedelta(days=1)


class DayStep(QWidget):
    """`chosen` carries the day stepped to."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.before = IconButton("chevron-left", "前一天", size=34, framed=True)
        self.after = IconButton("chevron-right", "后一天", size=34, framed=True)
        self.words = Words("", Role.STRONG)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.day: date | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for piece in (self.before, self.words, self.after):
            row.addWidget(piece)
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))

    def show_day(self, day: date, today: date) -> None:
        self.day = day
        self.words.setText(day_words(day, today))

    def step(self, days: int) -> None:
        """So many days on."""
        if self.day is not None:
            self.day += _ONE * days
            self.chosen.emit(self.day)


def day_words(day: date, today: date) -> str:
    """`今天 11-24 周二`."""
    return f"{_NEAR.get((today - day).days, '')}{day:%m-%d} 周{_WEEKDAYS[day.weekday()]}"
