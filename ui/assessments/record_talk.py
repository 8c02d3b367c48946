"""What a person does at a signed assessment beside reading it: decide about care, write down what others say of it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.assessments.care_decisions import DecideCare
from app.assessments.care_proposals import CareProposals
from app.assessments.record_queries import Revision
from app.assessments.statements import StatementRow, StatementsOf
from app.assessments.statements.said import AGREE, ASSESSOR, DOUBT, INFORMANT
from app.core.roles import Right
from app.residents.queries import ChartRow
from ui.assessments.decline_sheet import DeclineSheet
from ui.assessments.record_page import RecordPage
from ui.assessments.statement_sheet import StatementSheet, TakeBackSheet
from ui.kit import Errands, Sheet, errand, latest
from ui.kit.view import Bench

KINDS = frozenset({"assessment_statement", "care_task"})
"""What the two cards show beside the record itself."""


class RecordTalk(QObject):
    """The work behind the cards 照护建议 and 意见与签名 of one record at a time."""

    def __init__(self, owner: QWidget, bench: Bench, page: RecordPage, errands: Errands) -> None:
        super().__init__(owner)
        self._owner, self._bench, self._page = owner, bench, page
        self.errands = errands
        self._chart: ChartRow | None = None
        self._now: Revision | None = None
        self.sheet: Sheet | None = None
        page.care.deciding.connect(self.decide)
        page.care.plan_asked.connect(self._to_plan)
        page.voices.asked.connect(self.ask)
        page.voices.correct_asked.connect(self._correct)
        page.voices.retract_asked.connect(self._take_back)
        bench.bulletin.subscribe(page, KINDS, lambda _changes: self.refresh())

    def begin(self, chart: ChartRow, now: Revision) -> None:
        """Another record, or the same anew."""
        self._chart, self._now = chart, now
        self.refresh()

    @property
    def offered(self) -> frozenset[str]:
        """Which statements this person may write down of this record."""
        now, actor = self._now, self._bench.actor
        if now is None or now.state == "retracted":
            return frozenset()
        offered: set[str] = set()
        if actor.may(Right.ASSESS) or actor.may(Right.WRITE_NOTES):
            offered |= {AGREE, DOUBT}
        if actor.may(Right.ASSESS):
            offered.add(INFORMANT)
            if actor.rid in {one.signer for one in now.signatures}:
                offered.add(ASSESSOR)
        return frozenset(offered)

    @latest
    async def refresh(self) -> None:
        """Ask again what is proposed, decided and said."""
        if self._now is None:
            return
        record, zone = self._now.record, self._bench.station.settings.zone
        proposal = await self.errands.ask(CareProposals(record))
        rows = await self.errands.ask(StatementsOf(record))
        if self._now.record == record:
            may = self._bench.actor.may(Right.PLAN_CARE)
            self._page.care.show_proposal(proposal, zone, may=may)
            self._page.voices.show_statements(rows, zone, self.offered)

    def ask(self, what: str) -> None:
        """A new statement: its sheet."""
        if self._chart is None or self._now is None or self.sheet is not None or what not in self.offered:
            return
        sheet = StatementSheet(self._owner, self._bench, self._chart, (what, self._now.record))
        sheet.said.connect(self._bench.notice.done)
        self._open(sheet)

    def decide(self) -> None:
        """Take what is ticked; what is left out needs a reason first."""
        care = self._page.care
        if care.proposal is None or self.sheet is not None:
            return
        if not care.left_out:
            self._decide("")
            return
        sheet = DeclineSheet(self._owner, care.left_out, len(care.chosen))
        sheet.done_with.connect(lambda: self._decide(sheet.why, sheet) if sheet.check() else None)
        self._open(sheet)

    # inside -------------------------------------------------------------------------------------------------------

    @errand
    async def _decide(self, why: str, sheet: DeclineSheet | None = None) -> None:
        care = self._page.care
        if care.proposal is None:
            return
        chosen, noted = care.chosen, care.precautions
        order = DecideCare(care.proposal.seen, chosen, dict.fromkeys(care.left_out, why), noted)
        busy = sheet.main if sheet is not None else care.accept
        added = await self.errands.do(order, busy=busy)
        if sheet is not None:
            sheet.accept()
        parts = (
            f"已加入照护计划 {len(added.made)} 项" if added.made else "",
            f"{len(added.renewed)} 项依据已更新" if added.renewed else "",
            f"不采纳 {len(order.declined)} 项" if order.declined else "",
        )
        self._bench.notice.done(
            "，".join(part for part in parts if part) + "。" if any(parts) else "注意事项已记录。"
        )

    def _correct(self, row: object) -> None:
        if (
            isinstance(row, StatementRow)
            and self._chart is not None
            and self._now is not None
            and self.sheet is None
        ):
            sheet = StatementSheet(self._owner, self._bench, self._chart, (row.what, self._now.record), row)
            sheet.said.connect(self._bench.notice.done)
            self._open(sheet)

    def _take_back(self, row: object) -> None:
        if isinstance(row, StatementRow) and self.sheet is None:
            sheet = TakeBackSheet(self._owner, self._bench, row)
            sheet.said.connect(self._bench.notice.done)
            self._open(sheet)

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(self._close)
        sheet.open()

    def _close(self) -> None:
        self.sheet = None

    def _to_plan(self) -> None:
        if self._now is not None:
            where: dict[str, UUID | str] = {"resident": self._now.resident, "tab": "care"}
            self._bench.go("chart", where)
