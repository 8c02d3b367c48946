"""签约 in a resident's chart: the family-doctor contract, what of it is due next, and the home bed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.changes import Changes
from app.core.clock import date_in
from app.referrals.contracts import ContractOf, ContractPage, ContractStand
from app.referrals.home_beds import HomeBedLine, HomeBedOf
from ui.kit import Badge, Button, Card, Fact, Key, Line, StateView, Words, latest
from ui.kit.chart import ChartPart, Who
from ui.kit.view import Bench
from ui.referrals.contract_list import tone_of
from ui.referrals.homebed_list import state_of
from ui.style import Role, Tone


class ContractCard(ChartPart):
    """Y leads to the contract; the link beside the home bed to that."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"family_contract", "contract_service", "home_bed", "round_visit", "absence", "stay"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "签约")
        self.page: ContractPage | None = None
        self.bed: HomeBedLine | None = None
        self.card = Card("签约", " ")
        self.open = Button("打开签约 Y", "link")
        self.badge, self.days = Badge(), Words("", Role.HINT)
        self.doctor = Words("", Role.STRONG, wrap=True)
        self.done, self.next = Fact("年度服务"), Fact("下一项服务")
        self.none = Words("还没有签约家庭医生。", Role.HINT)
        self.signed, self.bedded = QWidget(), QWidget()
        self.bed_badge, self.bed_term = Badge(), Words("", Role.HINT)
        self.bed_next = Fact("下次医师查床")
        self.open_bed = Button("打开家庭病床", "link")
        holder = QWidget()
        self.state = StateView(holder)
        self._lay_out(holder)
        self.chart_keys = (Key("Y", "打开家庭医生签约", self.open_contract),)
        self.open.clicked.connect(self.open_contract)
        self.open_bed.clicked.connect(self._open_bed)

    def show_resident(self, who: Who) -> None:
        if self.who is None or self.who.rid != who.rid:
            self._show(None, None)  # of another resident nothing stays
        super().show_resident(who)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        who = self.who
        if who is None:
            return
        with self.state.asking(self.refresh):
            page = await self.errands.ask(ContractOf(who.rid))
            bed = await self.errands.ask(HomeBedOf(who.rid))
            if who is self.who:
                self._show(page, bed)
                self.state.content()

    def record_shown(self) -> tuple[str, UUID] | None:
        stand = self.page.stand if self.page is not None else None
        return None if stand is None else ("family_contract", stand.seen.rid)

    def open_contract(self) -> None:
        """Y: the contract, or where one is signed."""
        if self.who is not None:
            self.bench.go("contracts", {"resident": self.who.rid})

    # inside -------------------------------------------------------------------------------------------------------

    def _open_bed(self) -> None:
        if self.bed is not None:
            self.bench.go("home-beds", {"home_bed": self.bed.seen.rid})

    def _show(self, page: ContractPage | None, bed: HomeBedLine | None) -> None:
        self.page, self.bed = page, bed
        today = date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())
        stand = page.stand if page is not None else None
        self.none.setVisible(stand is None)
        self.signed.setVisible(stand is not None)
        if stand is not None:
            self._say(stand, today)
        self.bedded.setVisible(bed is not None)
        if bed is not None:
            self.bed_badge.say(*state_of(bed))
            self.bed_term.setText(f"至 {bed.until}" if bed.until is not None else "")
            self.bed_next.say(*_round_words(bed, today))

    def _say(self, stand: ContractStand, today: date) -> None:
        self.badge.say(stand.state_words, tone_of(stand))
        self.days.setText(f"至 {stand.ends}")
        self.doctor.setText(f"{stand.doctor}　{stand.package}")
        self.done.say(f"{stand.done} / {stand.owed} 次" if stand.owed else "按需")
        self.next.say(*_service_words(stand, today))

    def _lay_out(self, holder: QWidget) -> None:
        contract = QVBoxLayout(self.signed)
        contract.setContentsMargins(0, 0, 0, 0)
        contract.setSpacing(8)
        contract.addLayout(_row(self.badge, self.days))
        contract.addWidget(self.doctor)
        facts = QHBoxLayout()
        facts.setSpacing(16)
        facts.addWidget(self.done, 2)
        facts.addWidget(self.next, 3)
        contract.addLayout(facts)
        bed = QVBoxLayout(self.bedded)
        bed.setContentsMargins(0, 0, 0, 0)
        bed.setSpacing(8)
        bed.addWidget(Line())
        head = QHBoxLayout()
        head.addWidget(Words("家庭病床", Role.STRONG), 1)
        head.addWidget(self.open_bed)
        bed.addLayout(head)
        bed.addLayout(_row(self.bed_badge, self.bed_term))
        bed.addWidget(self.bed_next)
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(10)
        for piece in (self.none, self.signed, self.bedded):
            body.addWidget(piece)
        self.card.head.addWidget(self.open)
        self.card.body.addWidget(self.state)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.card)


def _row(badge: Badge, words: Words) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(badge)
    row.addWidget(words, 1)
    return row


def _service_words(stand: ContractStand, today: date) -> tuple[str, str]:
    """What is due next, and its ink: late ones are loud."""
    if not stand.running:
        return "", ""
    if not stand.coming:
        return "年度内已全部完成", "text2"
    day, service = stand.coming[0]
    late = (today - day).days
    if late > 0:
        return f"{service.words}　迟 {late} 天", Tone.DANGER.value + ".text"
    return f"{service.words}　{day:%m-%d} 前", "text"


def _round_words(bed: HomeBedLine, today: date) -> tuple[str, str]:
    if bed.due is None:
        return ("待建床评估" if bed.status == "applied" else "住院期间不查", "text2")
    week = f"本周 {bed.held} / {bed.visits_week} 次"
    if bed.late:
        return f"{bed.due.on:%m-%d}　迟 {bed.due.late} 天，{week}", Tone.DANGER.value + ".text"
    return f"{bed.due.on:%m-%d}　{week}" + ("，今天" if bed.due.on == today else ""), "text"
