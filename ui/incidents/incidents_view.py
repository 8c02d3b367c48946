"""不良事件: all incidents by state, found by resident, number or kind; and for whom a re-assessment is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.assessments.proposals import Proposal, ReassessmentProposals
from app.core.changes import Changes
from app.core.roles import Right
from app.incidents.queries import Filters, IncidentCounts, IncidentList, IncidentRow
from ui.incidents.decline_sheet import ask_to_decline
from ui.incidents.incident_columns import incident_columns, proposal_columns
from ui.kit import Card, ChipRow, Foot, Key, RowsTable, SearchField, StateView, Words, bind, errand, latest
from ui.kit.guarded import GuardedButton
from ui.kit.stack import Stack
from ui.kit.view import Bench
from ui.kit.view import View as Screen
from ui.style import Role, look

PAGE = 100
PROPOSALS = "proposals"
VIEWS = (
    ("open", "未结案"),
    ("reported", "待审核"),
    ("reviewed", "待结案"),
    ("closed", "已结案"),
    ("all", "全部"),
    ("retracted", "已作废"),
    (PROPOSALS, "建议复评"),
)
_EMPTY = {
    "open": ("没有未结案的事件", "上报后没有结案的事件会列在这里。按 N 上报。"),
    "reported": ("没有待审核的事件", "新上报的事件会列在这里。"),
    "reviewed": ("没有待结案的事件", "审核过、还没有结案的事件会列在这里。"),
    "closed": ("还没有结案的事件", "家属已告知、审核已完成的事件结案后列在这里。"),
    "all": ("还没有不良事件", "跌倒、噎食、走失、用药错误等发生后，按 N 上报。"),
    "retracted": ("没有作废的事件", "作废的事件会留在这里，随时可查看。"),
    PROPOSALS: ("没有建议复评的老人", "30天内照护风险事件达到2次的老人会列在这里。"),
}


class IncidentsView(Screen):
    """Enter opens; N reports. In 建议复评 Enter begins the assessment and D declines it."""

    kinds: ClassVar[frozenset[str]] = frozenset({"incident", "resident", "stay", "assessment"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "不良事件")
        zone, clock = bench.station.settings.zone, bench.desk.clock
        self.search = SearchField("找事件", "老人、编号或类别", keys="Ctrl F")
        self.chips = ChipRow(VIEWS)
        self.new = GuardedButton(self, Right.REPORT_INCIDENTS, "上报", "primary", icon="plus")
        self.decline = GuardedButton(self, Right.ASSESS, "不重新评估", icon="x")
        self.table: RowsTable[IncidentRow] = RowsTable(
            incident_columns(zone, clock.now), lambda row: row.rid, words="不良事件列表"
        )
        self.proposals: RowsTable[Proposal] = RowsTable(
            proposal_columns(), lambda row: row.resident, words="建议复评的老人"
        )
        self.tables = Stack()
        self.tables.add(self.table)
        self.tables.add(self.proposals)
        self.state = StateView(self.tables)
        self.count, self.hint = Words("", Role.HINT), Words("", Role.HINT)
        self._total = 0
        self._lay_out()
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """`view`: which state to show; `search`: what to look for."""
        if params.get("view") in dict(VIEWS):
            self.chips.choose(params["view"])
        if "search" in params:
            self.search.setText(params["search"])
        self.refresh()
        self._table.setFocus()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for what shows, and for the counts beside the states."""
        with self.state.asking(self.refresh):
            proposals = await self.errands.ask(ReassessmentProposals())
            counts = await self.errands.ask(IncidentCounts())
            for key, words in VIEWS:
                number = len(proposals) if key == PROPOSALS else counts[key]
                self.chips.say(key, f"{words} {number}" if number else words)
            if self.chips.key == PROPOSALS:
                self._show_proposals(proposals)
            else:
                await self._ask(max(PAGE, len(self.table.rows_model.rows)))

    @latest
    async def look_up(self) -> None:
        """Search as typed, or another state: a newer one takes over."""
        if self.chips.key == PROPOSALS:
            self.refresh()
            return
        with self.state.asking(self.refresh):
            await self._ask(PAGE)

    @errand
    async def load_more(self) -> None:
        """Put the next stretch under the last row."""
        rows = self.table.rows_model.rows
        if self.chips.key == PROPOSALS or len(rows) >= self._total:
            return
        filters = self._filters()
        page = await self.errands.ask(IncidentList(filters, PAGE, len(rows)))
        if filters == self._filters() and self.table.rows_model.rows is rows:
            self.table.rows_model.add_rows(page.rows)

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the selected incident."""
        row = self.table.current()
        return None if row is None or self.chips.key == PROPOSALS else ("incident", row.rid)

    def open_row(self, row: IncidentRow) -> None:
        self.bench.go("incident", {"incident": row.rid})

    def assess(self, row: Proposal) -> None:
        """Enter on a proposal: begin the assessment, filled with its events."""
        self.bench.go("assessment", {"resident": row.resident})

    def decline_current(self) -> None:
        """D: this time no re-assessment."""
        row = self.proposals.current()
        if self.chips.key == PROPOSALS and row is not None:
            ask_to_decline(self, row)

    def report(self) -> None:
        """N: the form of a report."""
        self.bench.go("incident-report", {"back": ("incidents", {"view": self.chips.key})})

    # inside -------------------------------------------------------------------------------------------------------

    @property
    def _table(self) -> RowsTable[Any]:
        return self.proposals if self.chips.key == PROPOSALS else self.table

    def _filters(self) -> Filters:
        return Filters(self.chips.key, text=self.search.text().strip())

    async def _ask(self, limit: int) -> None:
        filters = self._filters()
        page = await self.errands.ask(IncidentList(filters, limit))
        if filters != self._filters():
            return
        self._total = page.count
        self.table.set_rows(page.rows)
        self._settle(bool(page.rows), f"共 {page.count:,} 起" if page.count else "")

    def _show_proposals(self, proposals: tuple[Proposal, ...]) -> None:
        self.proposals.set_rows(proposals)
        self._settle(bool(proposals), f"共 {len(proposals)} 位" if proposals else "")

    def _settle(self, found: bool, count: str) -> None:  # noqa: FBT001  # whether there are rows
        proposing = self.chips.key == PROPOSALS
        self.tables.show_page(self._table)
        self.count.setText(count)
        self.decline.setVisible(proposing and found)
        self.search.setEnabled(not proposing)
        self.hint.setText("Enter 开始评估　D 不重新评估" if proposing else "↑↓ 选择　Enter 打开　N 上报")
        if found:
            self.state.content()
            if self._table.current() is None:
                self._table.pick_first()
        elif self.search.text().strip() and not proposing:
            self.state.empty(f"没有找到“{self.search.text().strip()}”", "", ("清空", self.search.clear))
        else:
            self.state.empty(*_EMPTY[self.chips.key])

    def _near_the_end(self) -> None:
        bar = self.table.verticalScrollBar()
        if bar.maximum() - bar.value() < 2 * self.table.viewport().height():
            self.load_more()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _connect(self) -> None:
        self.search.searched.connect(self.look_up)
        self.search.returnPressed.connect(self.table.setFocus)
        self.chips.group.buttonClicked.connect(self.look_up)
        self.table.on_opened(self.open_row)
        self.proposals.on_opened(self.assess)
        self.table.verticalScrollBar().valueChanged.connect(self._near_the_end)
        self.new.allowed.connect(self.report)
        self.decline.allowed.connect(self.decline_current)
        bind(
            self,
            Key("Ctrl+F", "找事件", self._find),
            Key("Up Down", "选择"),
            Key("Return", "打开"),
            Key("N", "上报不良事件", self.new.ask),
            Key("D", "不重新评估（建议复评）", self.decline.ask),
        )

    def _lay_out(self) -> None:
        card = Card(flush=True)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(12)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        self.search.setMinimumWidth(look.sp(180))
        self.search.setMaximumWidth(look.sp(360))
        acts.addWidget(self.search, 1)
        acts.addStretch()
        acts.addWidget(self.decline)
        acts.addWidget(self.new)
        head.addLayout(acts)
        head.addWidget(self.chips)
        card.body.addLayout(head)
        card.body.addWidget(self.state, 1)
        foot = Foot()
        foot.row.addWidget(self.count)
        foot.row.addStretch(1)
        foot.row.addWidget(self.hint)
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        self.decline.hide()
