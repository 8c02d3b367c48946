"""The sheet in which any instrument is picked for a resident: by a part of its name, pinyin, or the arrows."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.assessments.due.choosing import ChoiceRow, InstrumentsFor
from ui.assessments.due_columns import result
from ui.assessments.phrases import due_words
from ui.kit import Column, Errands, RowsTable, SearchField, Sheet, StateView, cells, latest
from ui.kit.view import View
from ui.style import look

_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class PickSheet(Sheet):
    """`picked` carries the row; Enter takes the one that is marked."""

    picked = Signal(object)

    def __init__(self, view: View, resident: UUID, who: str, today: date) -> None:
        super().__init__(view, "另选量表", who, width=760)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resident = resident
        self._today = today
        self._rows: tuple[ChoiceRow, ...] = ()
        self._heads: set[str] = set()
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.search = SearchField("找量表", "名称或拼音首字母，如 dd、Morse")
        self.table: RowsTable[ChoiceRow] = RowsTable(self._columns(), lambda row: row.code, words="量表")
        self.table.setMinimumHeight(look.sp(44 + 3 * 56))
        self.states = StateView(self.table)
        self.body.addWidget(self.search)
        self.body.addWidget(self.states, 1)
        self.offer("开始评估")
        self.search.searched.connect(lambda _text: self._narrow())
        self.search.installEventFilter(self)
        self.table.on_opened(lambda _row: self.take())
        self.done_with.connect(self.take)

    def open(self) -> None:
        super().open()
        parent = self.parentWidget()
        room = parent.window().height() if parent is not None else self.height()
        self.resize(self.width(), max(self.minimumSizeHint().height(), min(room - 60, look.sp(700))))
        self.search.setFocus()
        self.refresh()

    @latest
    async def refresh(self) -> None:
        with self.states.asking(self.refresh):
            self._rows = await self.errands.ask(InstrumentsFor(self.resident))
            self._narrow()

    def take(self) -> None:
        """Enter: this one, if it is for the resident."""
        self._narrow()  # Enter may come before what was typed has been looked for
        row = self.table.current()
        if row is None:
            return
        if row.unfit:
            self.notice.refused(f"{row.title}：{row.unfit}，这位老人不适用。")
            return
        self.accept()
        self.picked.emit(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search box move in the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            QApplication.sendEvent(self.table, QKeyEvent(event))
            return True
        return super().eventFilter(watched, event)

    def _narrow(self) -> None:
        wanted = self.search.text().strip().lower().replace(" ", "")
        rows = tuple(row for row in self._rows if wanted in row.sought.replace(" ", " "))
        groups = [row.group for row in rows]
        self._heads = {
            row.code for place, row in enumerate(rows) if place == 0 or groups[place - 1] != row.group
        }
        if rows != self.table.rows_model.rows:
            self.table.set_rows(rows)
        if not rows:
            self.states.empty("没有这样的量表", "", ("清空", self.search.clear))
            return
        self.states.content()
        if self.table.current() is None:
            self.table.pick_first()

    def _columns(self) -> tuple[Column[ChoiceRow], ...]:
        return (
            Column("分类", self._group, 90),
            Column("量表", lambda row: cells.Text(row.short, "text", strong=True), 106),
            Column("全名", lambda row: cells.Text(row.title), None, 0, 200),
            Column("到期", self._due, 104),
            Column("上次结果", lambda row: result(row.latest), 180, 1),
        )

    def _group(self, row: ChoiceRow) -> cells.Cell:
        return cells.Text(row.group if row.code in self._heads else "", "text3")

    def _due(self, row: ChoiceRow) -> cells.Cell:
        if row.unfit:
            return cells.Text(row.unfit, "text3")
        words, tone = due_words(row.due.due_on if row.due else None, self._today)
        return cells.Text(words, f"{tone}.text" if tone else "text2", strong=tone is not None)
