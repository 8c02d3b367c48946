"""Whose month grid: residents found by name, pinyin, initials or bed, when nobody has been chosen yet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from app.residents.forms import SEXES
from app.residents.queries import ResidentRow
from ui.kit import Card, Column, RowsTable, SearchField, StateView, Words, cells
from ui.style import Role


class MonthPick(Card):
    """`searched` carries what was typed, `chosen` the resident: Enter in the list, or in the field for the first."""

    searched = Signal(str)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.search = _Search(self)
        self.table: RowsTable[ResidentRow] = RowsTable(_columns(), lambda row: row.rid, words="选择老人")
        self.state = StateView(self.table)
        head = QVBoxLayout()
        head.setContentsMargins(18, 14, 18, 12)
        head.setSpacing(8)
        head.addWidget(Words("看谁的月表？", Role.CARD_TITLE))
        head.addWidget(self.search)
        self.body.addLayout(head)
        self.body.addWidget(self.state, 1)
        self.search.searched.connect(self.searched)
        self.search.returnPressed.connect(self._take_first)
        self.table.on_opened(lambda row: self.chosen.emit(row.rid))

    def show_rows(self, rows: tuple[ResidentRow, ...]) -> None:
        self.table.set_rows(rows)
        if rows:
            self.state.content()
        else:
            self.state.empty("没有找到在住老人", "按姓名、拼音首字母、床位或住养号找。")

    def _take_first(self) -> None:
        row = self.table.current() or next(iter(self.table.rows_model.rows), None)
        if row is not None:
            self.chosen.emit(row.rid)


class _Search(SearchField):
    """The arrow down goes into the list."""

    def __init__(self, pick: MonthPick) -> None:
        super().__init__("找老人", "姓名、拼音首字母、床位或住养号")
        self._pick = pick

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._pick.table.rows_model.rows:
            self._pick.table.setFocus()
            self._pick.table.pick_first()
        else:
            super().keyPressEvent(event)


def _columns() -> tuple[Column[ResidentRow], ...]:
    def who(row: ResidentRow) -> str:
        age = "" if row.age is None else f"{row.age} 岁"
        return " · ".join(part for part in (SEXES.get(row.sex, ""), age) if part)

    return (
        Column("老人", lambda row: cells.Name(row.name, row.bed), least=180),
        Column("性别年龄", lambda row: cells.Text(who(row)), 140),
        Column("过敏", lambda row: cells.Text(row.allergy or "不详"), 240, 2),
    )
