"""The head of the board: floors, the shift and its day, and how much of it is settled."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.care.queries import Board
from app.care.rules import SlotState
from ui.care.grid_cells import counted
from ui.kit import ChipRow, IconButton, Words
from ui.kit.paint import Painted
from ui.style import Role, look

_WEEKDAYS = "一二三四五六日"
_DAY = timedelta(days=1)
_PARTS = (
    ((SlotState.DONE,), "ok.solid"),
    ((SlotState.PARTLY, SlotState.REFUSED, SlotState.NOT_DONE), "orange.solid"),
    ((SlotState.AWAY,), "field"),
    ((SlotState.OVERDUE,), "danger.solid"),
)


class ShiftChoice(QWidget):
    """The day with a step before and after it, and the shifts; `chosen` carries the day and the shift's key."""

    chosen = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.before = IconButton("chevron-left", "前一天", size=34, framed=True)
        self.after = IconButton("chevron-right", "后一天", size=34, framed=True)
        self.day_words = Words("", Role.STRONG)
        self.day_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        for piece in (self.before, self.day_words, self.after):
            self._row.addWidget(piece)
        self.chips: ChipRow | None = None
        self._day: date | None = None
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))

    def show_board(self, board: Board, today: date) -> None:
        if self.chips is None:
            self.chips = ChipRow(tuple((one.key, f"{one.words} {one.hours}") for one in board.shifts))
            self.chips.group.buttonClicked.connect(self._tell)
            self._row.addWidget(self.chips, 1)
        self._day = board.day
        self.chips.choose(board.shift.key)
        near = {0: "今天 ", 1: "昨天 "}.get((today - board.day).days, "")
        self.day_words.setText(f"{near}{board.day:%m-%d} 周{_WEEKDAYS[board.day.weekday()]}")

    def step(self, days: int) -> None:
        """The same shift of another day."""
        if self._day is not None:
            self._day += _DAY * days
            self._tell()

    def _tell(self) -> None:
        if self.chips is not None and self._day is not None:
            self.chosen.emit(self._day, self.chips.key)


class Settled(QWidget):
    """How much of the shift is settled, in figures; `bar` shows the same by outcome."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = SettledBar()
        self.words = Words("", Role.HINT, ink="text2")
        self.late = Words("", Role.LABEL, ink="danger")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.words)
        row.addWidget(self.late)

    def show_board(self, board: Board) -> None:
        found = counted(board.slots)
        blank = sum(found[state] for state in SlotState if state.blank)
        whole = len(board.slots)
        self.bar.say(found, whole)
        due = f"　待做 {found[SlotState.DUE]}" if found[SlotState.DUE] else ""
        self.words.setText(f"已有记录 {whole - blank}/{whole}{due}")
        self.late.setText(f"未记录 {found[SlotState.OVERDUE]}" if found[SlotState.OVERDUE] else "")
        self.late.setVisible(bool(found[SlotState.OVERDUE]))


class SettledBar(Painted):
    """A thin bar: done, otherwise, away, unrecorded, and pale what is still to come."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._found: dict[SlotState, int] = {}
        self._whole = 0

    def say(self, found: dict[SlotState, int], whole: int) -> None:
        self._found, self._whole = found, whole
        self.setAccessibleName(f"共 {whole} 项")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(120), look.sp(6))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(60), look.sp(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        room = QRectF(self.rect())
        painter.setBrush(look.colour("border"))
        painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
        left = room.left()
        for states, ink in _PARTS:
            part = sum(self._found.get(state, 0) for state in states)
            width = room.width() * part / self._whole if self._whole else 0
            if width:
                painter.setBrush(look.colour(ink))
                painter.drawRoundedRect(QRectF(left, room.top(), width, room.height()), 3, 3)
                left += width
