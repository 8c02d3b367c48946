"""What was reached of the goals a session serves: from where, to where, the last time, and a field for today."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rehab.queries.session_rows import GoalLine
from ui.kit import FieldError, Words
from ui.rehab.session_values import NumberField
from ui.style import Role, look

WIDE = 116


class GoalInputs(QWidget):
    """Left empty, nothing is rated."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[UUID, NumberField] = {}
        self.error = FieldError()
        self._goals: tuple[GoalLine, ...] = ()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._box.addWidget(self.error)

    def show_goals(self, goals: tuple[GoalLine, ...]) -> None:
        """Other goals; what is typed stays where they are the same."""
        if goals == self._goals:
            return
        texts = {goal: field.text() for goal, field in self.fields.items()}
        for place in reversed(range(self._box.count())):
            item = self._box.itemAt(place)
            row = item.widget() if item is not None else None
            if row is not None and row is not self.error:
                self._box.removeWidget(row)
                row.hide()
                row.deleteLater()
        self._goals, self.fields = goals, {}
        for place, goal in enumerate(goals):
            self._box.insertWidget(place, self._row(goal))
            self.fields[goal.rid].setText(texts.get(goal.rid, ""))

    def values(self) -> dict[UUID, float]:
        """What is typed; what is no number is said here and left out."""
        found: dict[UUID, float] = {}
        for goal, field in self.fields.items():
            text = field.text().strip()
            if text and (number := _number(text)) is not None:
                found[goal] = number
        return found

    def check(self) -> bool:
        """Whether everything typed is a number."""
        for field in self.fields.values():
            if _number(field.text().strip() or "0") is None:
                self.error.say("目标的数值请填数字。")
                field.set_wrong(True)
                field.setFocus()
                return False
        return True

    def texts(self) -> dict[str, str]:
        return {str(goal): text for goal, field in self.fields.items() if (text := field.text())}

    def put(self, texts: Mapping[str, str]) -> None:
        for goal, field in self.fields.items():
            field.setText(texts.get(str(goal), ""))

    def say_wrong(self, goal: str, text: str) -> bool:
        self.error.say(text)
        field = next((field for rid, field in self.fields.items() if str(rid) == goal), None)
        if field is not None:
            field.set_wrong(True)
            field.setFocus()
        return field is not None

    def _row(self, goal: GoalLine) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Words(goal.words, Role.BODY, wrap=True))
        begun = "" if goal.baseline is None else f"起点 {goal.baseline:g}，"
        last = "还没有评过" if goal.last is None else f"上次 {goal.last:g}"
        texts.addWidget(Words(f"{begun}目标 {goal.target:g} {goal.unit}，{last}", Role.HINT))
        field = NumberField(goal.words)
        field.setFixedWidth(look.sp(WIDE))
        field.put_right(Words(goal.unit, Role.SMALL, ink="text3"))
        field.textEdited.connect(lambda: self._edited(field))
        field.entered.connect(self.entered)
        self.fields[goal.rid] = field
        box.addLayout(texts, 1)
        box.addWidget(field, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _edited(self, field: NumberField) -> None:
        self.error.say("")
        field.set_wrong(False)
        self.changed.emit()


def _number(text: str) -> float | None:
    """None for what is none; `nan` and `inf` are none either."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
