"""Over what figures are counted: the stretch of time with a step before and after it, and the floor."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.care.floors import FloorName
from app.referrals.rules.periods import MONTH, QUARTER, YEAR, Period, period
from ui.kit import ChipRow, IconButton, Words
from ui.kit.pick_box import PickBox
from ui.style import Role, look

LAST = "last"
CHOICES = ((MONTH, "本月"), (LAST, "上月"), (QUARTER, "本季度"), (YEAR, "今年"))


class FigurePeriod(QWidget):
    """`changed`: another time or floor was chosen; `period` is the time, `floor` None the whole house."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.period: Period = period(MONTH, today)
        self.chips = ChipRow(CHOICES)
        self.before = IconButton("chevron-left", "前一段时间 [", size=34, framed=True)
        self.after = IconButton("chevron-right", "后一段时间 ]", size=34, framed=True)
        self.words = Words("", Role.STRONG)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setMinimumWidth(look.sp(132))
        self.floors = PickBox("楼层", 180)
        self.floors.show_choices((("", "全院"),))
        self._lay_out()
        self.chips.group.buttonClicked.connect(lambda: self.choose(self.chips.key))
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.floors.currentIndexChanged.connect(lambda *_: self.changed.emit())
        self._say()

    @property
    def floor(self) -> UUID | None:
        return UUID(self.floors.key) if self.floors.key else None

    def choose(self, key: str) -> None:
        """One of CHOICES, counted from today."""
        if key == LAST:
            self._take(period(MONTH, self._today).step(-1))
        else:
            self._take(period(key, self._today))

    def step(self, turns: int) -> None:
        """So many of the same length on; never beyond the one today lies in."""
        later = self.period.step(turns)
        if later.first <= self._today:
            self._take(later)

    def day_is(self, today: date) -> None:
        """Another day has come."""
        self._today = today
        self._say()

    def know(self, floors: tuple[FloorName, ...]) -> None:
        """The floors there are."""
        self.floors.show_choices((("", "全院"), *((str(one.rid), one.words) for one in floors)))
        self.floors.setEnabled(len(floors) > 1)

    def _take(self, chosen: Period) -> None:
        self.period = chosen
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        """The words, and of the chips the one that says the same; none where none does."""
        self.words.setText(self.period.words)
        self.after.setEnabled(self.period.step(1).first <= self._today)
        known = {
            period(MONTH, self._today): MONTH,
            period(MONTH, self._today).step(-1): LAST,
            period(QUARTER, self._today): QUARTER,
            period(YEAR, self._today): YEAR,
        }
        group = self.chips.group
        if self.period in known:
            self.chips.choose(known[self.period])
        else:
            group.setExclusive(False)
            for chip in group.buttons():
                chip.setChecked(False)
            group.setExclusive(True)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.chips, 1)
        for piece in (self.before, self.words, self.after, self.floors):
            row.addWidget(piece)
