"""One session of today as a line that takes the focus: its time, what and how much, by whom, its state."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rehab.queries.plan_rows import SessionRow
from app.rehab.rules.sessions import SessionState
from app.residents.rules.stays import ABSENCES
from ui.kit import ElidedWords, Tag, Words
from ui.rehab.state_marks import STATES
from ui.style import Role, look


class SessionLine(QWidget):
    """`chosen` when it is clicked or has the keys, `opened` by Enter or a double click."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, row: SessionRow) -> None:
        super().__init__()
        self.row = row
        self.marked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        mark = STATES[row.state]
        self.setAccessibleName(f"{row.time} {row.badge} {row.words} {mark.text}")
        box = QHBoxLayout(self)
        box.setContentsMargins(20, 6, 20, 7)
        box.setSpacing(12)
        box.addWidget(Words(row.time, Role.BODY, ink="text2"), 0, Qt.AlignmentFlag.AlignVCenter)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(ElidedWords(f"{row.badge} {row.words}", Role.STRONG))
        texts.addWidget(ElidedWords(_told(row), Role.SMALL, ink="text2"))
        box.addLayout(texts, 1)
        box.addWidget(Tag(mark.text, mark.tone))

    def mark(self, marked: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        """The acts at the foot are of this one."""
        self.marked = marked
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.row)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.chosen.emit(self.row)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.hasFocus():
            painter.fillRect(self.rect(), look.colour("sel"))
        if self.marked:
            painter.fillRect(0, 0, 3, self.height(), look.colour("primary"))
        painter.fillRect(20, self.height() - 1, self.width() - 40, 1, look.colour("grid"))


def _told(row: SessionRow) -> str:
    """`林海涛 · 30 分钟 · RPE 12`, `苏婉 · 已 12 / 20 分钟`, `许德海 · 疲劳`."""
    minutes = f"{row.minutes} 分钟" if row.running is None else f"已 {row.running} / {row.minutes} 分钟"
    rpe = "" if row.rpe is None else f"RPE {row.rpe:g}"
    away = ABSENCES.get(row.why, row.why) if row.state is SessionState.AWAY else row.why
    waits = "计划未生效" if row.tentative else ""
    moved = "改期" if row.moved else ""
    return " · ".join(
        part for part in (row.therapist or "未定治疗师", minutes, row.dose, rpe, moved, away, waits) if part
    )
