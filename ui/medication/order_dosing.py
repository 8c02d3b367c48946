"""The rows of a dose that differs: by the time of day, in turn, step by step, or by the blood glucose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.medication.rules.dosing import SCALE, TAPER, TIMES, TURN
from ui.kit import Button, LineField, Words
from ui.style import Role, look

_COLUMNS = {
    TIMES: (("剂量", "0 就是这次不用"),),
    TURN: (("剂量", "0 就是这次不用"),),
    TAPER: (("剂量", "如 30"), ("天数", "如 7")),
    SCALE: (("血糖低于（mmol/L）", "最后一段空着"), ("剂量", "0 不打；报告医生")),
}
_LEAST = {TURN: 2, TAPER: 2, SCALE: 3}
_HINTS = {
    TIMES: "每个给药时间一个剂量。",
    TURN: "从第一次起逐次轮流，用完从头再来。",
    TAPER: "一步接一步，最后一步完了医嘱自己停止。",
    SCALE: "从低到高分段；某段不给药写 0，要叫医生写“报告医生”。",
}
MOST = 12


class DosingRows(QWidget):
    """`rows()` is what stands in the fields; Enter goes to the next one, from the last one on (`finished`)."""

    edited = Signal()
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.way = ""
        self.fields: list[tuple[LineField, ...]] = []
        self._names: tuple[str, ...] = ()
        self._kept: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._hint = Words("", Role.HINT, wrap=True)
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self.more = Button("再加一行", "link", icon="plus")
        self.less = Button("去掉最后一行", "link", icon="minus")
        acts = QHBoxLayout()
        acts.setSpacing(16)
        acts.addWidget(self.more)
        acts.addWidget(self.less)
        acts.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self._hint)
        box.addWidget(self._inside)
        box.addLayout(acts)
        self.more.clicked.connect(lambda: self._resize(1))
        self.less.clicked.connect(lambda: self._resize(-1))
        self.hide()

    def show_way(self, way: str, names: Sequence[str]) -> None:
        """Rows of another way, or for other times; what was typed for each way comes back with it."""
        if way == self.way and (way != TIMES or tuple(names) == self._names):
            return
        before = self.rows()
        if self.way:
            self._kept[self.way] = before
        self.way, self._names = way, tuple(names)
        self._build(before if way == TIMES and before and way in self._kept else self._kept.get(way, ()))

    def put_rows(self, way: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these rows."""
        self._kept = {way: tuple(tuple(row) for row in rows)}
        self.way, self._names = way, tuple(names)
        self._build(self._kept[way])

    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(field.text() for field in row) for row in self.fields)

    def focus_first(self) -> None:
        if self.fields:
            self.fields[0][0].setFocus()

    # inside -------------------------------------------------------------------------------------------------------

    def _resize(self, step: int) -> None:
        rows = list(self.rows())
        rows = [*rows, ("",) * len(_COLUMNS[self.way])] if step > 0 else rows[:-1]
        self._build(rows)
        self.edited.emit()
        if step > 0 and self.fields:
            self.fields[-1][0].setFocus()

    def _build(self, rows: Sequence[Sequence[str]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.fields = []
        columns = _COLUMNS.get(self.way, ())
        if columns:
            count = len(self._names) if self.way == TIMES else min(max(len(rows), _LEAST[self.way]), MOST)
            self._head(columns)
            for place in range(count):
                self._row(place, rows[place] if place < len(rows) else ())
        free = self.way in _LEAST
        self._hint.setText(_HINTS.get(self.way, ""))
        self.more.setVisible(free and len(self.fields) < MOST)
        self.less.setVisible(free and len(self.fields) > _LEAST.get(self.way, 0))
        self.setVisible(bool(columns))
        self.updateGeometry()

    def _head(self, columns: tuple[tuple[str, str], ...]) -> None:
        for place, (words, _) in enumerate(columns):
            self._grid.addWidget(Words(words, Role.LABEL), 0, place + 1)

    def _row(self, place: int, values: Sequence[str]) -> None:
        name = self._names[place] if self.way == TIMES else f"第 {place + 1} {_word(self.way)}"
        label = Words(name, Role.BODY, ink="text2")
        label.setMinimumWidth(look.sp(64))
        self._grid.addWidget(label, place + 1, 0)
        row = []
        for column, (words, hint) in enumerate(_COLUMNS[self.way]):
            field = LineField(f"{name} {words}", hint)
            field.setText(values[column] if column < len(values) else "")
            field.textEdited.connect(self.edited)
            field.returnPressed.connect(lambda field=field: self._on(field))
            self._grid.addWidget(field, place + 1, column + 1)
            row.append(field)
        self.fields.append(tuple(row))

    def _on(self, field: LineField) -> None:
        every = [one for row in self.fields for one in row]
        place = every.index(field) + 1
        if place < len(every):
            every[place].setFocus()
        else:
            self.finished.emit()


def _word(way: str) -> str:
    return {TURN: "次", TAPER: "步", SCALE: "段"}[way]
