"""转诊: the list of referrals by what they wait for."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from app.core.changes import Changes
from app.referrals.queries.list import ReferralLine, ReferralList
from ui.kit import Card, Column, RowsTable, StateView, cells, latest
from ui.kit.view import Bench, View
from ui.referrals.sections import WORK_KINDS, Sections


class ListView(View):
    kinds = WORK_KINDS

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "转诊")
        self.table: RowsTable[ReferralLine] = RowsTable(
            (
                Column("老人", lambda row: cells.Name(row.name, row.bed), None),
                Column("状态", lambda row: cells.Text(row.status.words), 140),
                Column("接收医院", lambda row: cells.Text(row.partner_words), 240),
            ),
            lambda row: row.rid,
            words="转诊",
        )
        self.state = StateView(self.table)
        card = Card(flush=True)
        card.body.addWidget(self.state)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(Sections(self, "referrals"))
        box.addWidget(card, 1)

    def opened(self, params: object) -> None:
        self.refresh()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.state.asking(self.refresh):
            page = await self.errands.ask(ReferralList())
            self.table.set_rows(page.rows)
            if page.rows:
                self.state.content()
            else:
                self.state.empty("没有待处理的转诊", "新的转诊会列在这里。")
