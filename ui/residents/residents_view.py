"""老人: everyone in the house, found by one box, filtered by ability level, with a panel for who is selected."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout

from app.core.changes import Changes
from app.core.errors import Refusal
from app.core.roles import Right
from app.residents.queries import Chart, LevelCounts, Page, ResidentList, ResidentRow, StatusCounts
from ui.kit import (
    Button,
    Card,
    Foot,
    Key,
    RowsTable,
    SearchField,
    StateView,
    Words,
    bind,
    errand,
    latest,
)
from ui.kit.guarded import GuardedButton
from ui.kit.view import Bench
from ui.residents.folding_view import FoldingView
from ui.residents.list_filters import LISTS, ListFilters, known_level
from ui.residents.resident_columns import resident_columns
from ui.residents.resident_panel import ResidentPanel
from ui.residents.signs import level_words, today
from ui.style import Role, look

PAGE = 200
LEAST = 226
"""Height in which a sentence with its act still fits instead of the table."""
PANEL_FROM = 1040
"""Width from which list and panel stand side by side; below it the list has the room."""
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class ResidentsView(FoldingView):
    """Arrow keys move through the list even while the cursor is in the search box; Enter opens the chart."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"resident", "stay", "absence", "place", "contact", "allergy", "diagnosis", "assessment"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "老人")
        self.search = SearchField("查找老人", "姓名、拼音、床位、编号或电话末位", keys="Ctrl F")
        self.filters = ListFilters()
        self.chips = self.filters.levels
        self.beds = Button("床位图", icon="bed-single")
        self.prints = GuardedButton(self, Right.PRINT_RECORDS, "批量打印", icon="printer")
        self.bring_in = GuardedButton(self, Right.IMPORT_RESIDENTS, "导入名册", icon="file-spreadsheet")
        self.new = GuardedButton(self, Right.EDIT_RESIDENTS, "新建档案", "primary", icon="plus")
        self.table: RowsTable[ResidentRow] = RowsTable(
            resident_columns(lambda: today(bench)), lambda row: row.rid, words="老人名单"
        )
        self.state = StateView(self.table)
        self.state.setMinimumHeight(look.sp(LEAST))
        self.count = Words("", Role.HINT)
        self.panel = ResidentPanel(self)
        self._shown: ResidentList | None = None
        self._total = 0
        self._lay_out()
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """`search`: what to look for, from the search box of the frame."""
        if "search" in params:
            self.filters.reset()
            self.search.setText(params["search"])
        self.refresh()
        self.table.setFocus()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for what the list shows, and for the counts beside the levels."""
        await self._ask(len(self.table.rows_model.rows))
        self.show_current()
        if self.state.words == "" or changes is None:
            await self._count()

    @latest
    async def look_up(self) -> None:
        """Search as typed: a newer search takes over from one still under way."""
        await self._ask(0)

    @latest
    async def look_elsewhere(self) -> None:
        """Another list or level was chosen: its rows, and how many each level has there."""
        await self._ask(0)
        await self._count()

    @errand
    async def load_more(self) -> None:
        """Put the next stretch under the last row."""
        shown, rows = self._shown, self.table.rows_model.rows
        if shown is None or len(rows) >= self._total:
            return
        page = await self.errands.ask(self._question(PAGE, len(rows)))
        if self._shown is shown and self.table.rows_model.rows is rows:
            self.table.rows_model.add_rows(page.rows)

    @latest
    async def show_current(self) -> None:
        """Show the selected resident in the panel."""
        row = self.table.current()
        if row is None:
            self.panel.nobody()
        elif not self.panel.isHidden():
            self.panel.say_day(today(self.bench))
            await self.panel.ask(self, Chart(row.rid))

    def open_row(self, row: object) -> None:
        """Open the chart of a row."""
        if isinstance(row, ResidentRow):
            self.bench.go("chart", {"resident": row.rid})

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the selected resident."""
        row = self.table.current()
        return None if row is None else ("resident", row.rid)

    def assess_current(self) -> None:
        """A: begin or go on with the assessment of the selected resident."""
        self.panel.assess.ask()

    # inside -------------------------------------------------------------------------------------------------------

    def _question(self, limit: int, offset: int = 0) -> ResidentList:
        filters = self.filters
        return ResidentList(self.search.text().strip(), filters.level, limit, offset, filters.status)

    async def _ask(self, least: int) -> None:
        question = self._question(max(PAGE, least))
        with self.state.asking(self.refresh, self._forget):
            page = await self.errands.ask(question)
            if self._still(question):
                self._show(question, page)

    def _still(self, question: ResidentList) -> bool:
        """Whether the box and the chips still say what a question asked."""
        return question == self._question(question.limit, question.offset)

    def _show(self, question: ResidentList, page: Page) -> None:
        self._shown, self._total = question, page.count
        self.table.set_rows(page.rows)
        self.count.setText(f"共 {page.count:,} 位" if page.count else "")
        if page.rows:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        else:
            self._say_empty(question)

    def _forget(self) -> None:
        self._shown, self._total = None, 0
        self.table.set_rows(())
        self.count.setText("")

    def _say_empty(self, question: ResidentList) -> None:
        if question.text:
            among = f"“{level_words(known_level(question.level))}”里" if question.level is not None else ""
            how = "可以搜姓名、拼音或首字母、床位、编号、证件号或电话的末几位。"
            self.state.empty(f"{among}没有找到“{question.text}”", how, ("清空搜索", self._clear))
        elif question.level is not None:
            words = f"没有“{level_words(known_level(question.level))}”的老人"
            self.state.empty(words, "", ("看全部老人", self._clear))
        elif question.status != "in":
            self.state.empty(f"“{dict(LISTS)[question.status]}”里没有人", "", ("看在住老人", self._clear))
        else:
            act = ("导入名册", self.bring_in.ask) if self.bring_in.may else None
            self.state.empty("还没有老人档案", "导入机构现有的名册，或用“新建档案”逐位登记。", act)

    def _clear(self) -> None:
        self.filters.reset()
        self.search.clear()
        self.look_elsewhere()
        self.search.setFocus()

    async def _count(self) -> None:
        try:
            lists = await self.errands.ask(StatusCounts())
            counts = await self.errands.ask(LevelCounts(self.filters.status))
        except Refusal:
            return  # the list says so already
        self.filters.say_counts(lists, counts)

    def _take_enter(self) -> None:
        """Enter in the search box: open what is selected, if it is what the box now asks for."""
        row = self.table.current()
        if row is not None and self._shown is not None and self._still(self._shown):
            self.open_row(row)
        else:
            self.look_up()

    def _near_the_end(self) -> None:
        bar = self.table.verticalScrollBar()
        if bar.maximum() - bar.value() < 2 * self.table.viewport().height():
            self.load_more()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                QApplication.sendEvent(self.table, event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._take_enter()
                return True
            if event.key() == Qt.Key.Key_Escape and not self.search.text():
                self.table.setFocus()
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= look.sp(PANEL_FROM)
        if beside == self.panel.isHidden():
            self.panel.setVisible(beside)
            self.show_current()

    def _connect(self) -> None:
        self.search.installEventFilter(self)
        self.search.searched.connect(self.look_up)
        self.filters.chosen.connect(self.look_elsewhere)
        self.table.opened.connect(self.open_row)
        self.table.picked.connect(self.show_current)
        bar = self.table.verticalScrollBar()
        for moved in (bar.valueChanged, bar.rangeChanged):
            moved.connect(self._near_the_end)
        self.beds.clicked.connect(lambda: self.bench.go("beds", {}))
        for button, place in ((self.new, "resident"), (self.bring_in, "import"), (self.prints, "batch")):
            button.allowed.connect(partial(self.bench.go, place, {}))
        self.panel.asked.connect(lambda place, rid: self.bench.go(place, {"resident": rid}))
        bind(
            self,
            Key("Ctrl+F", "查找老人", self._begin_search),
            Key("Up Down", "上一位、下一位"),
            Key("Return", "打开档案"),
            Key("Esc", "清空搜索"),
            Key("N", "新建档案", self.new.ask),
            Key("Q", "登记咨询", self._enquire),
            Key("Alt+Left", "前一类名单", lambda: self.filters.turn(-1)),
            Key("Alt+Right", "后一类名单", lambda: self.filters.turn(1)),
            Key("B", "床位图", self.beds.click),
            Key("P", "批量打印", self.prints.ask),
            Key("I", "导入名册", self.bring_in.ask),
            Key("A", "开始评估", self.assess_current),
        )

    def _enquire(self) -> None:
        """Q: somebody asked for a place."""
        if self.new.may:
            self.bench.go("resident", {"enquiry": True})
        else:
            self.new.ask()

    def _begin_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _lay_out(self) -> None:
        card = Card(flush=True)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(12)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        self.search.setMinimumWidth(look.sp(200))
        self.search.setMaximumWidth(look.sp(360))
        acts.addWidget(self.search, 1)
        acts.addStretch()
        for button in (self.beds, self.prints, self.bring_in, self.new):
            acts.addWidget(button)
        head.addLayout(acts)
        head.addWidget(self.filters)
        card.body.addLayout(head)
        card.body.addWidget(self.state, 1)
        foot = Foot()
        foot.row.addWidget(self.count)
        foot.row.addStretch(1)
        foot.row.addWidget(Words("↑↓ 选择　Enter 打开　Ctrl+F 查找", Role.HINT))
        card.body.addWidget(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addWidget(card, 1)
        row.addWidget(self.panel)
