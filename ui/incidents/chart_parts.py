"""What incidents add to a resident's chart: the tab of all of them, and the card that proposes a re-assessment."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.assessments.proposals import Proposal, ReassessmentProposals
from app.core.changes import Changes
from app.core.errors import Refusal
from app.core.roles import Right
from app.incidents.queries import IncidentRow, IncidentsOf
from ui.incidents.decline_sheet import ask_to_decline
from ui.incidents.incident_columns import incident_columns
from ui.kit import Card, Foot, Key, RowsTable, StateView, Words, bind, latest
from ui.kit.chart import ChartPart, Who
from ui.kit.guarded import GuardedButton
from ui.kit.view import Bench
from ui.style import Role


class IncidentsTab(ChartPart):
    """Every incident of the resident, the newest first; retracted ones stay, marked."""

    kinds: ClassVar[frozenset[str]] = frozenset({"incident"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "不良事件")
        self.table: RowsTable[IncidentRow] = RowsTable(
            incident_columns(bench.station.settings.zone, bench.desk.clock.now, whose=False),
            lambda row: row.rid,
            words="这位老人的不良事件",
        )
        self.state = StateView(self.table)
        self.report = GuardedButton(self, Right.REPORT_INCIDENTS, "上报", "primary", icon="plus")
        card = Card(flush=True)
        card.body.addWidget(self.state, 1)
        foot = Foot()
        foot.row.addWidget(Words("↑↓ 选择　Enter 打开　I 上报", Role.HINT))
        foot.row.addStretch(1)
        foot.row.addWidget(self.report)
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        self.table.on_opened(self._open)
        self.report.allowed.connect(self._report)
        bind(self, Key("Up Down", "选择"), Key("Return", "打开事件"))

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask for the resident's incidents."""
        who = self.who
        if who is None:
            return
        with self.state.asking(self.refresh):
            rows = await self.errands.ask(IncidentsOf(who.rid))
            if who is not self.who:
                return
            self.table.set_rows(rows)
            if rows:
                self.state.content()
                if self.table.current() is None:
                    self.table.pick_first()
            else:
                self.state.empty("没有不良事件", "跌倒、噎食、走失等发生后，按 I 上报。")

    def arrive(self) -> None:
        self.table.setFocus()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the selected incident."""
        row = self.table.current()
        return None if row is None else ("incident", row.rid)

    def _open(self, row: IncidentRow) -> None:
        self.bench.go("incident", {"incident": row.rid, "back": self._here()})

    def _report(self) -> None:
        if self.who is not None:
            self.bench.go("incident-report", {"resident": self.who.rid, "back": self._here()})

    def _here(self) -> tuple[str, dict[str, object]]:
        return ("chart", {"resident": self.who.rid if self.who else None, "tab": "incidents"})


class ReassessmentCard(ChartPart):
    """Shown only while a re-assessment is proposed: why, and the two answers to it."""

    kinds: ClassVar[frozenset[str]] = frozenset({"incident", "assessment"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "建议重新评估")
        self.proposal: Proposal | None = None
        self.why = Words("", wrap=True)
        self.begin = GuardedButton(self, Right.ASSESS, "开始评估", "primary", icon="clipboard-pen")
        self.decline = GuardedButton(self, Right.ASSESS, "不重新评估")
        card = Card("建议重新评估")
        card.body.addWidget(self.why)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.begin)
        row.addWidget(self.decline)
        row.addStretch(1)
        card.body.addLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        self.begin.allowed.connect(self._begin)
        self.decline.allowed.connect(self._decline)
        self.hide()

    def show_resident(self, who: Who) -> None:
        if self.who is None or self.who.rid != who.rid:
            self.proposal = None
            self.hide()  # of another resident nothing stays
        super().show_resident(who)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask whether a re-assessment is proposed."""
        who = self.who
        if who is None:
            return
        try:
            found = await self.errands.ask(ReassessmentProposals(who.rid))
        except Refusal:
            found = ()
        if who is self.who:
            self.proposal = found[0] if found else None
            self.why.setText(f"{found[0].why}，达到等级变更条件。已签名的评估不会自动改变。" if found else "")
            self.setVisible(bool(found))

    def _begin(self) -> None:
        if self.proposal is not None:
            self.bench.go("assessment", {"resident": self.proposal.resident})

    def _decline(self) -> None:
        if self.proposal is not None:
            ask_to_decline(self, self.proposal)
