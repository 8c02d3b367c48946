"""The sheet in which a resident in rehab is picked: by name, pinyin or bed, or with the arrows; others on demand."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.rehab.queries.people import InRehab, RehabPerson
from ui.kit import Column, Errands, RowsTable, SearchField, SideSheet, StateView, cells, latest
from ui.kit.view import View
from ui.rehab.state_marks import short_day
from ui.style import Tone

_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class PeopleSheet(SideSheet):
    """`picked` carries the row. What is typed finds those without a plan as well, so that one can be begun."""

    picked = Signal(object)

    def __init__(self, view: View, today: date) -> None:
        super().__init__(view, "康复中的老人", width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._today = today
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.search = SearchField("找老人", "姓名、拼音、床位；没有计划的老人也能找到")
        columns: tuple[Column[RehabPerson], ...] = (
            Column("老人", self._name, None, 0, 170),
            Column("今日", self._sessions, 84),
            Column("复评", self._review, 128),
        )
        self.table: RowsTable[RehabPerson] = RowsTable(
            columns, lambda row: row.resident, words="康复中的老人"
        )
        self.states = StateView(self.table)
        self.body.addWidget(self.search)
        self.body.addWidget(self.states, 1)
        self.offer("打开")
        self.search.searched.connect(lambda _text: self.refresh())
        self.search.installEventFilter(self)
        self.table.on_opened(lambda _row: self.take())
        self.done_with.connect(self.take)

    def open(self) -> None:
        super().open()
        self.search.setFocus()
        self.refresh()

    @latest
    async def refresh(self) -> None:
        words = self.search.text().strip()
        with self.states.asking(self.refresh):
            rows = await self.errands.ask(InRehab(words, everybody=bool(words)))
            self.table.set_rows(rows)
            if rows:
                self.states.content()
                if self.table.current() is None:
                    self.table.pick_first()
            elif words:
                self.states.empty(f"没有找到“{words}”", "", ("清空", self.search.clear))
            else:
                self.states.empty("还没有人有康复计划", "输入姓名找一位老人，打开后新建计划。")

    def take(self) -> None:
        """Enter: this one."""
        row = self.table.current()
        if row is not None:
            self.accept()
            self.picked.emit(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search box move in the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            QApplication.sendEvent(self.table, QKeyEvent(event))
            return True
        return super().eventFilter(watched, event)

    @staticmethod
    def _name(row: RehabPerson) -> cells.Cell:
        under = " · ".join(part for part in (row.bed or "未安排床位", row.words or "没有康复计划") if part)
        return cells.Name(row.name, under)

    @staticmethod
    def _sessions(row: RehabPerson) -> cells.Cell:
        if not row.sessions:
            return cells.Text("—", "text3")
        return cells.Text(
            f"{row.held} / {row.sessions}", "text" if row.open else "text3", strong=row.open > 0
        )

    def _review(self, row: RehabPerson) -> cells.Cell:
        if row.plan is None:
            return cells.Text("")
        if not row.running:
            return cells.State("待签名", Tone.WARN)
        if row.paused:
            return cells.State("暂停", Tone.ORANGE)
        if row.review_on is None:
            return cells.Text("")
        late = (self._today - row.review_on).days
        words = short_day(row.review_on, self._today)
        return cells.State(f"逾期 {late} 天", Tone.DANGER) if late > 0 else cells.Text(words)
