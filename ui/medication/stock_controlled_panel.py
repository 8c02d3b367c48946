"""麻精药品: every shelf of a controlled medicine, counted by two at each hand-over; Enter opens its 专用账册."""

from __future__ import annotations

from app.core.changes import Changes
from app.medication.stock.queries import ControlledRow, ControlledShelves
from ui.kit import Key, RowsTable, bind, latest
from ui.kit.view import View
from ui.medication.stock_columns import controlled_columns
from ui.medication.stock_count_sheet import CountSheet
from ui.medication.stock_ledger_sheet import LedgerSheet
from ui.medication.stock_panel import PanelAct, StockPanel
from ui.medication.stock_tasks import disposal_task, empties_task


class ControlledPanel(StockPanel):
    """J: the whole list is counted for the hand-over."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.table: RowsTable[ControlledRow] = RowsTable(
            controlled_columns(self.bench.station.settings.zone), lambda row: row.key, words="麻精药品"
        )
        self.lay_out(
            self.table,
            (
                PanelAct("J", "交接班清点", self.hand_over, "clipboard-check", main=True),
                PanelAct("C", "盘点", self.count_shelf, "list-checks"),
                PanelAct("V", "空瓶废贴回收", self.return_empties, "undo-2"),
                PanelAct("D", "报损", self.dispose, "trash-2"),
            ),
        )
        self.table.on_opened(self.open_book)
        bind(self, Key("Up Down", "选择"), Key("Return", "专用账册"))

    def arrive(self) -> None:
        self.table.setFocus()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.state.asking(self.refresh):
            rows = await self.errands.ask(ControlledShelves())
            self.table.set_rows(rows)
            left = sum(not row.counted for row in rows)
            said = f"本班还有 {left} 种待清点" if left else "本班已清点"
            self.count.say(said if rows else "", "warn" if left else "")
            if rows:
                self.state.content()
                if self.table.current() is None:
                    self.table.pick_first()
            else:
                self.state.empty("没有麻精药品", "麻醉、精神和毒性药品入库后列在这里，每班两人清点。")

    def open_book(self, row: ControlledRow) -> None:
        sheet = LedgerSheet(self.view, row.row)
        sheet.changed.connect(self.refresh)
        sheet.open()

    def hand_over(self) -> None:
        """J: all of them, lot by lot, signed by two."""
        rows = [one.row for one in self.table.rows_model.rows]
        if rows:
            self._count(CountSheet(self.view, rows, handover=True))

    def count_shelf(self) -> None:
        if (one := self.table.current()) is not None:
            self._count(CountSheet(self.view, [one.row]))

    def return_empties(self) -> None:
        if (one := self.table.current()) is not None:
            self.open_task(empties_task(one.row))

    def dispose(self) -> None:
        one = self.table.current()
        if one is not None and one.row.lots:
            self.open_task(disposal_task(one.row))

    def _count(self, sheet: CountSheet) -> None:
        sheet.kept.connect(self.done)
        sheet.open()
