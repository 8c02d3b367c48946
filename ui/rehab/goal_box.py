"""One goal as a block: term and date, how far it has come, its words, a bar, and the steps of goal attainment."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.rehab.progress.goals import GoalRow
from ui.kit import Tag, Words
from ui.kit.paint import Painted
from ui.rehab.gas_row import STEPS, GasRow, step_words
from ui.rehab.state_marks import short_day
from ui.style import Role, Tone, look


class WayBar(Painted):
    """How much of the way is gone."""

    def __init__(self) -> None:
        super().__init__()
        self._way, self._ink = 0.0, "primary"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, way: float, ink: str) -> None:
        self._way, self._ink = way, ink
        self.setAccessibleName(f"完成 {round(way * 100)}%")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(80), look.sp(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        room = QRectF(self.rect())
        painter.setBrush(look.colour("sunken"))
        painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
        if self._way > 0:
            painter.setBrush(look.colour(self._ink))
            room.setWidth(max(room.width() * self._way, room.height()))
            painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)


class GoalBox(QWidget):
    """Takes the focus: digits 1 to 5 rate −2 … +2, Enter asks for the value, Space takes a fresh reading."""

    rated = Signal(object, object)
    """The goal, and the step asked for (None: the one its value makes)."""
    taken = Signal(object)
    """The goal whose fresh reading is to be written."""

    def __init__(self, goal: GoalRow, today: date) -> None:
        super().__init__()
        self.goal = goal
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.gas = GasRow()
        self.bar = WayBar()
        self._lay_out(goal, today)
        self.gas.asked.connect(self._ask)
        reached = "，已达成" if goal.attained else ""
        self.setAccessibleName(f"{_term(goal)}目标 {goal.words}，{goal.figure}{reached}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.text() in {"1", "2", "3", "4", "5"}:
            self._ask(STEPS[int(event.text()) - 1])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.rated.emit(self.goal, None)
        elif event.key() == Qt.Key.Key_Space and self.goal.fresh is not None:
            self.taken.emit(self.goal)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.hasFocus():
            painter.fillRect(self.rect(), look.colour("sel"))
            painter.fillRect(0, 0, 3, self.height(), look.colour("primary"))
        painter.fillRect(16, self.height() - 1, self.width() - 32, 1, look.colour("grid"))

    def _ask(self, step: int) -> None:
        self.rated.emit(self.goal, step)

    def _lay_out(self, goal: GoalRow, today: date) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 11, 20, 12)
        box.setSpacing(7)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Tag(_term(goal), Tone.VIOLET if goal.term == "long" else Tone.NEUTRAL))
        words, ink = _when(goal, today)
        head.addWidget(Words(words, Role.HINT, ink=ink))
        head.addStretch(1)
        head.addWidget(Words(goal.figure, Role.STRONG))
        box.addLayout(head)
        box.addWidget(Words(goal.words, Role.BODY, wrap=True))
        self.bar.say(goal.way, "ok.solid" if goal.attained else "primary")
        box.addWidget(self.bar)
        fresh = goal.fresh
        self.gas.show_step(
            goal.gas, None if fresh is None else fresh.gas, "ok.text" if goal.attained else "primary"
        )
        box.addWidget(self.gas, 0, Qt.AlignmentFlag.AlignLeft)
        if fresh is not None:
            said = f"{short_day(fresh.on, today)} 评为 {fresh.value:g} {goal.unit}".rstrip()
            box.addWidget(
                Words(f"{said}，应为 {step_words(fresh.gas)}：按空格记入", Role.HINT, ink="info", wrap=True)
            )
        elif goal.rating is not None and goal.rating.note:
            box.addWidget(Words(goal.rating.note, Role.HINT, wrap=True))


def _term(goal: GoalRow) -> str:
    return "长期" if goal.term == "long" else "短期"


def _when(goal: GoalRow, today: date) -> tuple[str, str]:
    """`期限 12-31`, `11-11 达成`, `逾期 3 天`, with its ink."""
    if goal.attained and goal.attained_on is not None:
        return f"✓ {short_day(goal.attained_on, today)} 达成", "ok"
    if goal.status == "dropped":
        return "已放弃", "text3"
    late = (today - goal.due_on).days
    if late > 0:
        return f"期限 {short_day(goal.due_on, today)} · 逾期 {late} 天", "danger"
    return f"期限 {short_day(goal.due_on, today)}", "text3"
