"""The sheet in which the resident a new referral is about is chosen: name, pinyin, bed or number, and the arrows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.residents.queries import ResidentList, ResidentRow
from ui.kit import Column, Errands, RowsTable, SearchField, Sheet, StateView, cells, latest
from ui.kit.view import View
from ui.style import look

_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_MOST = 50
_SEXES = {"1": "男", "2": "女"}


class WhoseSheet(Sheet):
    """`chosen` carries the row; Enter takes the one that is marked."""

    chosen = Signal(object)

    def __init__(self, view: View) -> None:
        super().__init__(view, "新转诊", "转谁？选好后转诊单按病历填好。", width=620)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.search = SearchField("找老人", "姓名、拼音、床位或编号")
        self.table: RowsTable[ResidentRow] = RowsTable(_columns(), lambda row: row.rid, words="老人")
        self.table.setMinimumHeight(look.sp(44 + 6 * 56))
        self.states = StateView(self.table)
        self._found = ""
        self.body.addWidget(self.search)
        self.body.addWidget(self.states, 1)
        self.offer("转诊")
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
        with self.states.asking(self.refresh):
            await self._look_for(self.search.text().strip())

    @latest
    async def take(self) -> None:
        """Enter: this one; what was typed is looked for first where that has not happened yet."""
        sought = self.search.text().strip()
        if sought != self._found:
            await self._look_for(sought)
        row = self.table.current()
        if row is not None:
            self.accept()
            self.chosen.emit(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search box move in the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            QApplication.sendEvent(self.table, QKeyEvent(event))
            return True
        return super().eventFilter(watched, event)

    async def _look_for(self, sought: str) -> None:
        page = await self.errands.ask(ResidentList(sought, limit=_MOST))
        self._found = sought
        self.table.set_rows(page.rows)
        if not page.rows:
            self.states.empty("没有找到老人" if sought else "院里还没有老人", "", ("清空", self.search.clear))
            return
        self.states.content()
        self.table.pick_first()


def _columns() -> tuple[Column[ResidentRow], ...]:
    return (
        Column("老人", lambda row: cells.Name(row.name, row.bed or row.where or "未安排床位"), None, 0, 240),
        Column("性别·年龄", _who, 96),
        Column("编号", lambda row: cells.Text(row.number, "text2"), 110),
    )


def _who(row: ResidentRow) -> cells.Cell:
    age = f"{row.age} 岁" if row.age is not None else ""
    return cells.Text(" ".join(part for part in (_SEXES.get(row.sex, ""), age) if part), "text2")
