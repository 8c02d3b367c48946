"""月表: the month of one resident, every medicine and every dose; walked by arrows, printed as 用药执行单."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.changes import Changes
from app.core.clock import date_in
from app.medication.queries.month import WHEN_NEEDED_LINE, MonthGrid, MonthSheet
from app.medication.queries.month_detail import CellDetail
from app.medication.queries.neighbours import Neighbours
from app.medication.rules.slots import DoseState
from app.residents.queries import Chart, ResidentList
from ui.kit import Key, Stack, bind, errand, latest
from ui.kit.grid_table import GridCard
from ui.kit.view import Bench, Crumb, View
from ui.medication.month_detail_sheet import MonthDetailSheet
from ui.medication.month_grid import MonthGridWidget
from ui.medication.month_head import MonthHeadCard
from ui.medication.month_legend import MonthLegend
from ui.medication.month_pick import MonthPick
from ui.medication.reconcile_strip import ReconcileStrip
from ui.medication.sections import Sections


class MonthView(View):
    """Opened with `resident`, and `month` for another than this one; without a resident it asks whose."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"dose", "med_order", "resident", "stay", "absence", "allergy", "staff", "med_decision"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "月表")
        self.sheet: MonthSheet | None = None
        self.resident: UUID | None = None
        self.month = self._this_month()
        self.head, self.grid, self.legend = MonthHeadCard(self), MonthGridWidget(), MonthLegend()
        self.pick, self.pages = MonthPick(), Stack()
        self.card = GridCard(self.grid)
        self.unreconciled = ReconcileStrip(self, "month-grid")
        self.state, self.said = self.card.state, self.card.said
        self._lay_out()
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        self.resident = params.get("resident", self.resident)
        self.month = params.get("month", self._this_month() if "resident" in params else self.month)
        self.say_title(Crumb("用药", "medication"), Crumb("月表"))
        if self.resident is None:
            self.choose_other()
            return
        self.pages.show_page(self.page)
        self.refresh()
        self._take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for the month shown."""
        if self.resident is None:
            await self._find(self.pick.search.text().strip())
            return
        with self.state.asking(self.refresh, self._forget):
            if changes is None or changes.kinds & {"resident", "stay", "allergy"}:
                self.head.show_person(await self.errands.ask(Chart(self.resident)))
            self._show(await self.errands.ask(MonthGrid(self.resident, self.month)))

    def turn_month(self, step: int) -> None:
        """[ and ]: the month before or after."""
        middle = self.month.replace(day=15) + timedelta(days=30 * step)
        self.month = middle.replace(day=1)
        self.refresh()

    @errand
    async def turn_resident(self, step: int) -> None:
        """PgUp and PgDn: who lies before or after on the floor."""
        if self.resident is None:
            return
        before, after = await self.errands.ask(Neighbours(self.resident))
        found = before if step < 0 else after
        if found is None:
            where = "第一位" if step < 0 else "最后一位"
            self.bench.notice.say(f"这是本楼层{where}老人。", seconds=8)
            return
        self.show_resident(found)

    def show_resident(self, resident: UUID) -> None:
        """The month of another one; it stays the same month."""
        self.resident = resident
        self.pages.show_page(self.page)
        self.refresh()
        self._take_keys()

    def choose_other(self) -> None:
        """Ctrl+F: whose month is to be shown."""
        self.pages.show_page(self.pick)
        self.search("")
        self.pick.search.clear()
        self.pick.search.setFocus()

    @latest
    async def search(self, text: str) -> None:
        await self._find(text)

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the order under the cursor, else the resident."""
        row = self.grid.row()
        if row is not None and self.pages.current is self.page:
            return ("med_order", row.order.rid)
        return None if self.resident is None else ("resident", self.resident)

    # acts ---------------------------------------------------------------------------------------------------------

    def open_detail(self) -> None:
        """Enter: everything that is recorded of the cell."""
        row, cell = self.grid.row(), self.grid.cell()
        if row is None or cell is None:
            return
        name = "" if row.line.name == WHEN_NEEDED_LINE else row.line.name
        title = f"{cell.day:%m-%d} {row.line.name}　{row.order.words}"
        MonthDetailSheet(self, CellDetail(row.order.rid, cell.day, name), title).open()

    def print_month(self) -> None:
        """Ctrl+P: the month as 用药执行单."""
        if self.resident is None or self.sheet is None:
            return
        back = ("month-grid", {"resident": self.resident, "month": self.month})
        span = {"first": self.sheet.days[0], "last": self.sheet.days[-1]}
        self.bench.go("preview", {"sheet": "mar", "resident": self.resident, **span, "back": back})

    def new_order(self) -> None:
        """N: a new order for this resident."""
        if self.resident is not None:
            self.bench.go("order", {"resident": self.resident})

    # inside -------------------------------------------------------------------------------------------------------

    async def _find(self, text: str) -> None:
        with self.pick.state.asking():
            self.pick.show_rows((await self.errands.ask(ResidentList(text=text, limit=60))).rows)

    def _show(self, sheet: MonthSheet) -> None:
        self.sheet, self.month = sheet, sheet.month
        self.head.show_month(sheet.month)
        self.legend.show_sheet(sheet)
        cells = (cell for _order, line in sheet.lines for cell in line.cells)
        waits = any(cell.state is DoseState.UNRECONCILED for cell in cells)
        self.unreconciled.params = {"resident": sheet.resident, "month": sheet.month}
        self.unreconciled.show_people([(sheet.resident, self.head.name.text())] if waits else [])
        keys_here = self.grid.hasFocus() or self.hasFocus()
        self.grid.show_sheet(sheet)
        if sheet.orders:
            self.state.content()
        else:
            how = "按 N 新开医嘱，或按 [ ] 看别的月份。"
            self.state.empty(f"{sheet.month.month} 月没有医嘱", how)
        if keys_here:
            self._take_keys()

    def _forget(self) -> None:
        self.sheet = None
        self.grid.show_sheet(None)

    def _take_keys(self) -> None:
        (self.grid if self.grid.isVisibleTo(self) else self).setFocus()

    def _moved(self) -> None:
        self.said.setText(self.grid.said())

    def _this_month(self) -> date:
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now()).replace(day=1)

    def _connect(self) -> None:
        head = self.head
        self.grid.opened.connect(self.open_detail)
        self.grid.moved.connect(self._moved)
        self.pick.searched.connect(self.search)
        self.pick.chosen.connect(lambda rid: self.show_resident(rid))  # noqa: PLW0108  # the signal carries object
        head.back.clicked.connect(lambda: self.turn_month(-1))
        head.forward.clicked.connect(lambda: self.turn_month(1))
        head.other.clicked.connect(self.choose_other)
        head.print.allowed.connect(self.print_month)
        head.order.allowed.connect(self.new_order)
        bind(
            self,
            Key("Up Down Left Right", "在药品和日期间移动"),
            Key("Home End", "到 1 日，到月末"),
            Key("Return", "这一格的详情"),
            Key("[", "前一个月", lambda: self.turn_month(-1)),
            Key("]", "后一个月", lambda: self.turn_month(1)),
            Key("PgUp", "前一位老人", lambda: self.turn_resident(-1)),
            Key("PgDown", "后一位老人", lambda: self.turn_resident(1)),
            Key("Ctrl+F", "换老人", self.choose_other),
            Key("Ctrl+P", "打印用药执行单", head.print.ask),
            Key("N", "新开医嘱", head.order.ask),
            self.unreconciled.key(),
        )
        self._clock = QTimer(self)
        self._clock.setInterval(60 * 1000)  # what was planned becomes due, what was due becomes unrecorded
        self._clock.timeout.connect(lambda: self.refresh() if self.isVisible() else None)
        self._clock.start()

    def _lay_out(self) -> None:
        self.page = QWidget()
        column = QVBoxLayout(self.page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addWidget(self.unreconciled)
        column.addWidget(self.card, 1)
        column.addWidget(self.legend)
        for page in (self.page, self.pick):
            self.pages.add(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(Sections(self, "month-grid"))
        box.addWidget(self.pages, 1)
