"""The book of one shelf in a side sheet: lots, each movement and dose with the balance after it; X retracts one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal

from app.core.orders import Order
from app.medication.stock.issuing import RetractIssue
from app.medication.stock.moving import RetractMove
from app.medication.stock.queries import Ledger, LedgerLine, MovesOf, StockRow
from ui.kit import Button, Errands, Key, RowsTable, SideSheet, StateView, Words, bind, errand, latest
from ui.kit.view import View
from ui.kit.why_sheet import WhySheet
from ui.medication.stock_columns import ledger_columns, lot_line
from ui.medication.stock_tasks import row_words
from ui.style import Role


class LedgerSheet(SideSheet):
    """`changed` when an entry was retracted."""

    changed = Signal()

    def __init__(self, view: View, row: StockRow) -> None:
        title = f"专用账册（{row.control}）" if row.controlled else "出入明细"
        super().__init__(view, title, row_words(row), width=860)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view, self.row = view, row
        zone = view.bench.station.settings.zone
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.table: RowsTable[LedgerLine] = RowsTable(
            ledger_columns(zone, row.unit),
            lambda line: (line.at, line.what, line.lot, line.about),
            words="出入明细",
        )
        self.state = StateView(self.table)
        self.lots = Words("\n".join(lot_line(lot, row.unit) for lot in row.lots), Role.HINT, wrap=True)
        self.brought = Words("", Role.HINT)
        self.body.addWidget(self.lots)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(self.brought)
        self.retract = Button("作废这一条", "plain", icon="x")
        self.back = Button("返回", "plain")
        for button in (self.retract, self.back):
            self.acts.addWidget(button)
        self.retract.clicked.connect(self.ask_why)
        self.back.clicked.connect(self.reject)
        self.table.on_picked(self._picked)
        bind(
            self,
            Key("Up Down", "选择"),
            Key("X", "作废这一条", self.ask_why),
            Key("Esc", "返回", self.reject),
        )
        self.refresh()

    @latest
    async def refresh(self) -> None:
        with self.state.asking(self.refresh):
            ledger: Ledger = await self.errands.ask(MovesOf(*self.row.key))
            self.show_ledger(ledger)

    def show_ledger(self, ledger: Ledger) -> None:
        self.row = ledger.row
        self.text.setText(row_words(ledger.row))
        self.lots.setText("\n".join(lot_line(lot, ledger.row.unit) for lot in ledger.row.lots))
        self.lots.setVisible(bool(ledger.row.lots))
        self.table.set_rows(ledger.lines)
        self.brought.setText(f"90 天前结存 {ledger.brought:f} {ledger.row.unit}" if ledger.brought else "")
        self.brought.setVisible(bool(ledger.brought))
        if ledger.lines:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
            self.table.setFocus()
        else:
            self.state.empty("最近 90 天没有出入", "入库、给药、盘点等会一笔笔列在这里。")

    def ask_why(self) -> None:
        """X: the entry under the cursor was an error."""
        line = self.table.current()
        if line is None or line.seen is None:
            self.notice.say("给药记录请在给药班次或月表里更正，这里会跟着变。", seconds=8)
            return
        title, more = "作废出入记录", ""
        if line.issue is not None:
            title, more = "作废这次发药", "一起发的药都放回药柜。"
        text = f"{line.words}　{line.about}\n{more}作废后账面恢复，原记录仍可查看。"
        sheet = WhySheet(self, title, text, "作废")
        sheet.said.connect(lambda why: self.take_out(line, why))
        sheet.open()

    @errand
    async def take_out(self, line: LedgerLine, why: str) -> None:
        if line.seen is not None:
            order: Order[Any] = RetractMove(line.seen, why)
            if line.issue is not None:
                order = RetractIssue(line.issue, why)
            await self.errands.do(order)
            self.notice.done("已作废，账面已恢复。")
            self.changed.emit()
            self.refresh()

    def _picked(self, line: LedgerLine | None) -> None:
        self.retract.setEnabled(line is not None and line.seen is not None)
