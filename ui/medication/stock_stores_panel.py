"""冰箱: temperatures of the refrigerator and cupboards; Enter records one, below them the last month of readings."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.clock import date_in
from app.medication.stock.stores import ReadingRow, RetractReading, StoreBoard, StoreRow
from ui.kit import Key, RowsTable, Words, bind, errand, latest
from ui.kit.view import View
from ui.kit.why_sheet import WhySheet
from ui.medication.stock_columns import reading_columns, store_columns
from ui.medication.stock_panel import PanelAct, StockPanel
from ui.medication.stock_tasks import reading_task
from ui.style import Role, look


class StoresPanel(StockPanel):
    """What is out of range asks for an act at once."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        zone = self.bench.station.settings.zone
        self._zone = zone
        today = date_in(zone, self.bench.desk.clock.now())
        self.table: RowsTable[StoreRow] = RowsTable(
            store_columns(zone, today), lambda row: row.store.key, words="药柜"
        )
        self.readings: RowsTable[ReadingRow] = RowsTable(
            reading_columns(zone), lambda row: row.seen.rid, words="温度记录"
        )
        self.title_words = Words("", Role.LABEL)
        both = QWidget()
        box = QVBoxLayout(both)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.table.setFixedHeight(look.sp(44 + 3 * 56 + 2))
        box.addWidget(self.table)
        self.title_words.setContentsMargins(16, 12, 16, 8)
        box.addWidget(self.title_words)
        box.addWidget(self.readings, 1)
        self.lay_out(
            both,
            (
                PanelAct("X", "作废记录", self.take_out, "x"),
                PanelAct("N", "记录温度", self.record, "plus", main=True),
            ),
        )
        self.table.on_picked(self._show)
        self.table.on_opened(lambda _row: self.record())
        bind(self, Key("Up Down", "选择"), Key("Return", "记录温度"), Key("Tab", "到记录列表"))

    def arrive(self) -> None:
        self.table.setFocus()

    @latest
    async def refresh(self) -> None:
        with self.state.asking(self.refresh):
            rows = await self.errands.ask(StoreBoard())
            today = date_in(self._zone, self.bench.desk.clock.now())
            self.table.set_columns(store_columns(self._zone, today))
            self.table.set_rows(rows)
            due = sum(len(row.due) for row in rows)
            self.count.say(f"今天还有 {due} 次没记录" if due else "今天该记的都记了", "warn" if due else "")
            if rows:
                self.state.content()
                if self.table.current() is None:
                    self.table.pick_first()
                self._show(self.table.current())
            else:
                self.state.empty("没有药柜", "药柜在 resources/medication/stores.toml 里设定。")

    def record(self) -> None:
        """N or Enter: what the thermometer shows."""
        if (row := self.table.current()) is not None:
            self.open_task(reading_task(row))

    def take_out(self) -> None:
        """X: a reading was an error."""
        row = self.readings.current()
        if row is None:
            self.bench.notice.say("先在下面选一条记录。", seconds=8)
            return
        seen = row.seen
        sheet = WhySheet(self, "作废温度记录", f"{row.celsius} ℃，{row.who}", "作废")
        sheet.said.connect(lambda why: self._take_out(seen, why))
        sheet.open()

    @errand
    async def _take_out(self, seen: object, why: str) -> None:
        await self.errands.do(RetractReading(seen, why))  # type: ignore[arg-type]  # a signal carries objects
        self.done("已作废，原记录仍可查看。")

    def _show(self, row: StoreRow | None) -> None:
        readings = row.readings if row is not None else ()
        self.readings.set_rows(readings)
        words = row.store.words if row is not None else ""
        self.title_words.setText(f"{words}：最近 30 天" if readings else f"{words}：最近 30 天没有记录")
