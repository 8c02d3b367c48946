"""What incidents add to a resident's chart: the tab of all, and the card of the last ones."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.assessments.proposals import Proposal, ReassessmentProposals
from app.core.changes import Changes
from app.core.roles import Right
from app.incidents.queries import IncidentRow, IncidentsOf
from ui.incidents.decline_sheet import ask_to_decline
from ui.incidents.incident_cards import empty
from ui.incidents.incident_columns import incident_columns
from ui.incidents.signs import harm_words, kind_words, status_tone, status_words, when
from ui.kit import Badge, Card, Foot, Key, Line, RowsTable, StateView, Words, bind, latest
from ui.kit.chart import ChartPart, Who
from ui.kit.flow import Flow
from ui.kit.guarded import GuardedButton
from ui.kit.view import Bench
from ui.style import Role

MOST = 3
"""Incidents shown on the card; the tab has them all."""


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


class IncidentsCard(ChartPart):
    """The last few incidents; above them, while a re-assessment is proposed, why and the two answers to it."""

    kinds: ClassVar[frozenset[str]] = frozenset({"incident", "assessment"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "不良事件")
        self.proposal: Proposal | None = None
        self.why = Words("", wrap=True, ink="warn")
        self.begin = GuardedButton(self, Right.ASSESS, "开始评估", "primary")
        self.decline = GuardedButton(self, Right.ASSESS, "不重新评估")
        self.proposing = QWidget()
        self.lines = QVBoxLayout()
        self.lines.setSpacing(10)
        self.card = Card("不良事件", " ")
        self._lay_out()
        self.begin.allowed.connect(self._begin)
        self.decline.allowed.connect(self._decline)

    def show_resident(self, who: Who) -> None:
        if self.who is None or self.who.rid != who.rid:
            self._show((), None)  # of another resident nothing stays
        super().show_resident(who)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask for the incidents, and whether a re-assessment is proposed."""
        who = self.who
        if who is None:
            return
        rows = await self.errands.ask(IncidentsOf(who.rid))
        found = await self.errands.ask(ReassessmentProposals(who.rid))
        if who is self.who:
            self._show(tuple(row for row in rows if not row.retracted), found[0] if found else None)

    def _show(self, rows: tuple[IncidentRow, ...], proposal: Proposal | None) -> None:
        self.proposal = proposal
        self.proposing.setVisible(proposal is not None)
        self.why.setText(f"建议重新评估。{proposal.why}，达到等级变更条件。" if proposal else "")
        self.card.hint.setText(f"共 {len(rows)} 起" if rows else " ")
        empty(self.lines)
        for row in rows[:MOST]:
            self.lines.addWidget(self._line(row))
        if not rows:
            self.lines.addWidget(Words("没有不良事件。发生后按 I 上报。", Role.HINT, wrap=True))

    def _line(self, row: IncidentRow) -> QWidget:
        widget = QWidget()
        box = QHBoxLayout(widget)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        zone, now = self.bench.station.settings.zone, self.bench.desk.clock.now()
        texts.addWidget(Words(f"{kind_words(row.kind)}，{harm_words(row.harm)}", wrap=True))
        texts.addWidget(Words(f"{when(zone, row.at, now)}　{row.place}", Role.HINT, wrap=True))
        box.addLayout(texts, 1)
        box.addWidget(Badge(status_words(row), status_tone(row)))
        return widget

    def _lay_out(self) -> None:
        box = QVBoxLayout(self.proposing)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.why)
        acts = Flow()
        acts.addWidget(self.begin)
        acts.addWidget(self.decline)
        box.addLayout(acts)
        box.addWidget(Line())
        self.card.body.addWidget(self.proposing)
        self.card.body.addLayout(self.lines)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)

    def _begin(self) -> None:
        if self.proposal is not None:
            self.bench.go("assessment", {"resident": self.proposal.resident})

    def _decline(self) -> None:
        if self.proposal is not None:
            ask_to_decline(self, self.proposal)
