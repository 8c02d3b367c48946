"""The list of the day's sessions: time, who, what, how it stands; what is typed on it goes into the form."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.rehab.queries.session_day import DayLine
from ui.kit import Column, RowsTable, cells
from ui.rehab.state_marks import STATES
from ui.style import Tone


class SessionList(RowsTable[DayLine]):
    """`typed`: a digit pressed here, the first of a value."""

    typed = Signal(str)

    def __init__(self) -> None:
        columns = (
            Column[DayLine]("时间", _time, 52),
            Column[DayLine]("老人 · 项目", _who, least=120),
            Column[DayLine]("", _state, 88),
        )
        super().__init__(columns, lambda row: row.key, words="当天的训练")
        self.horizontalHeader().hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sign = event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if len(sign) == 1 and sign.isascii() and sign.isdigit() and plain:
            self.typed.emit(sign)
            return
        super().keyPressEvent(event)


def _time(row: DayLine) -> cells.Text:
    """Its day, where it was begun on an earlier one."""
    return cells.Text(f"{row.key[1]:%m-%d}" if row.forgotten else row.time, "text2")


def _who(row: DayLine) -> cells.Name:
    return cells.Name(row.name, f"{row.badge} {row.together or row.words}")


def _state(row: DayLine) -> cells.State:
    if row.forgotten:
        return cells.State("训练未结束", Tone.DANGER)
    if row.wanting:
        return cells.State("待补全", Tone.WARN)
    if row.tentative:
        return cells.State("未生效", Tone.NEUTRAL)
    mark = STATES[row.state]
    return cells.State(mark.text, mark.tone)
