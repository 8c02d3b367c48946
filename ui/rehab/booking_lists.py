"""The lists over the week board: what is still to be put on it, and missed sessions that wait."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from app.rehab.form.week import week_words
from app.rehab.queries.missed import MissedRow, MissedSessions
from app.rehab.queries.week_rows import ProgrammeLine
from app.rehab.queries.week_unplaced import ProgrammeLines
from ui.kit import Column, Key, RowsTable, SearchField, Sheet, StateView, bind, cells, latest
from ui.kit.errands import Errands
from ui.kit.view import View
from ui.style import Tone, look

_TONES = {"未记录": Tone.DANGER}


class LinesSheet(Sheet):
    """N: a line of the programme is chosen; those with the most missing stand on top. `chosen` carries it."""

    chosen = Signal(object)

    def __init__(self, view: View, *, missing_only: bool = False) -> None:
        title = "未排满的项目" if missing_only else "排训练"
        super().__init__(view, title, "选一个治疗项目，Enter 下一步。", width=700)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._missing_only = missing_only
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.search = SearchField("找老人", "姓名、拼音首字母或床位")
        self.table: RowsTable[ProgrammeLine] = RowsTable(
            (
                Column("老人", lambda row: cells.Name(row.name, f"{row.short} {row.words}"), least=180),
                Column("每周时间", lambda row: cells.Text(week_words(row.week) or "还没有"), 210, 1),
                Column("已排", lambda row: cells.Text(f"{len(row.week)}/{row.per_week}"), 60),
                Column("", _missing, 96),
            ),
            key=lambda row: row.item.rid,
            words="治疗项目",
        )
        self.table.setMinimumHeight(look.sp(320))
        self.state = StateView(self.table)
        for piece in (self.search, self.state):
            self.body.addWidget(piece)
        self.offer("下一步").clicked.connect(self._take)
        self.search.searched.connect(lambda _words: self.ask())
        self.search.returnPressed.connect(self._take)
        self.table.on_opened(lambda _row: self._take())
        bind(self, Key("Down", "到列表里", self._into_list))
        self.search.setFocus()
        self.ask()

    @latest
    async def ask(self) -> None:
        with self.state.asking(self.ask):
            found = await self.errands.ask(ProgrammeLines(self.search.text()))
            self._show([one for one in found if one.missing or not self._missing_only])

    def _show(self, rows: Sequence[ProgrammeLine]) -> None:
        self.table.set_rows(rows)
        if self.table.current() is None:
            self.table.pick_first()
        if rows:
            self.state.content()
        else:
            self.state.empty("没有符合的治疗项目", "康复计划里有治疗项目的老人会列在这里。")

    def _into_list(self) -> None:
        self.table.setFocus()

    def _take(self) -> None:
        row = self.table.current()
        if row is not None:
            self.accept()
            self.chosen.emit(row)


class MissedSheet(Sheet):
    """B: missed sessions that wait. Enter makes up for one (`to_make_up`), Delete lets one go (`to_let_go`)."""

    to_make_up = Signal(object)
    to_let_go = Signal(object)

    def __init__(self, view: View, question: MissedSessions) -> None:
        super().__init__(view, "待补的训练", "Enter 安排补训，Delete 不补（写明原因）。", width=700)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._question = question
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.table: RowsTable[MissedRow] = RowsTable(
            (
                Column("老人", lambda row: cells.Name(row.name, f"{row.short} {row.words}"), least=180),
                Column("原时间", lambda row: cells.Text(f"{row.day:%m-%d} {row.time}"), 110),
                Column("康复师", lambda row: cells.Text(row.therapist_name), 90, 1),
                Column("情况", lambda row: cells.State(row.state, _TONES.get(row.state, Tone.ORANGE)), 110),
                Column("原因", lambda row: cells.Text(row.why), 120, 2),
            ),
            key=lambda row: row.key,
            words="待补的训练",
        )
        self.table.setMinimumHeight(look.sp(300))
        self.state = StateView(self.table)
        self.body.addWidget(self.state)
        self.let_go = self.offer("不补", "plain", cancel="关闭")
        self.let_go.setDefault(False)
        make_up = self.offer("安排补训", cancel="")
        make_up.clicked.connect(lambda: self._say(make_up=True))
        self.let_go.clicked.connect(lambda: self._say(make_up=False))
        self.table.on_opened(lambda _row: self._say(make_up=True))
        bind(self, Key("Delete", "不补", lambda: self._say(make_up=False)))
        self.table.setFocus()
        self.ask()

    @latest
    async def ask(self) -> None:
        with self.state.asking(self.ask):
            rows = await self.errands.ask(self._question)
            self.table.set_rows(rows)
            if self.table.current() is None:
                self.table.pick_first()
            if rows:
                self.state.content()
            else:
                self.state.empty("没有待补的训练", "缺席、拒绝或没有记录的训练会列在这里。")

    def _say(self, *, make_up: bool) -> None:
        row = self.table.current()
        if row is not None:
            self.accept()
            (self.to_make_up if make_up else self.to_let_go).emit(row)


def _missing(row: ProgrammeLine) -> cells.Cell:
    return cells.State(f"缺 {row.missing} 次", Tone.WARN) if row.missing else cells.Text("已排满", "text3")
