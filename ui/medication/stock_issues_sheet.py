"""发药记录: what was handed over in the last month in a side sheet; X takes one back with why, P prints its sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from app.medication.stock.issuing import RetractIssue
from app.medication.stock.queries import IssueRow, Issues
from ui.kit import Button, Errands, Key, RowsTable, SideSheet, StateView, Words, bind, errand, latest
from ui.kit.view import View
from ui.kit.why_sheet import WhySheet
from ui.medication.stock_columns import issue_columns
from ui.style import Role


class IssuesSheet(SideSheet):
    """`changed` when one was taken back; `printed` carries the row whose sheet is wanted."""

    changed = Signal()
    printed = Signal(object)

    def __init__(self, view: View) -> None:
        super().__init__(view, "发药记录", "最近 31 天发给本人或家属的药。", width=900)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        columns = issue_columns(view.bench.station.settings.zone)
        self.table: RowsTable[IssueRow] = RowsTable(columns, lambda row: row.seen.rid, words="发药记录")
        self.state = StateView(self.table)
        self.said = Words("", Role.HINT, wrap=True)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(self.said)
        self.retract = Button("作废这次发药", "plain", icon="x")
        self.paper = Button("打印发药单", "plain", icon="printer")
        self.back = Button("返回", "plain")
        for button in (self.retract, self.paper, self.back):
            self.acts.addWidget(button)
        self.retract.clicked.connect(self.ask_why)
        self.paper.clicked.connect(self.print_one)
        self.back.clicked.connect(self.reject)
        self.table.on_picked(self._picked)
        bind(
            self,
            Key("Up Down", "选择"),
            Key("X", "作废这次发药", self.ask_why),
            Key("P", "打印发药单", self.print_one),
            Key("Esc", "返回", self.reject),
        )
        self._picked(None)
        self.refresh()

    @latest
    async def refresh(self) -> None:
        with self.state.asking(self.refresh):
            self.show_rows(await self.errands.ask(Issues()))

    def show_rows(self, rows: tuple[IssueRow, ...]) -> None:
        self.table.set_rows(rows)
        if rows:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
            self.table.setFocus()
        else:
            self.state.empty("最近 31 天没有发药", "在“摆药”按 I 发药，发出的会列在这里。")
        self._picked(self.table.current())

    def ask_why(self) -> None:
        """X: what is under the cursor was never handed over, or to somebody else."""
        row = self.table.current()
        if row is None:
            return
        whose = f"{row.name} {row.bed}　{row.span}　{row.receiver}领取"
        text = f"{whose}\n{'、'.join(row.medicines)}\n药放回药柜，原记录仍可查看。"
        sheet = WhySheet(self, "作废这次发药", text, "作废")
        sheet.said.connect(lambda why: self.take_back(row, why))
        sheet.open()

    @errand
    async def take_back(self, row: IssueRow, why: str) -> None:
        await self.errands.do(RetractIssue(row.seen, why))
        self.notice.done(f"{row.name}的这次发药已作废，药柜已恢复。")
        self.changed.emit()
        self.refresh()

    def print_one(self) -> None:
        """P: its sheet, on paper."""
        if (row := self.table.current()) is not None:
            self.accept()
            self.printed.emit(row)

    def _picked(self, row: IssueRow | None) -> None:
        for button in (self.retract, self.paper):
            button.setEnabled(row is not None)
        self.said.setText("、".join(row.medicines) if row is not None else "")
