"""What referrals add to a resident's chart: the tab of all of them, and the open one as a strip above every tab."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from app.core.changes import Changes
from app.core.errors import Refusal, Trouble
from app.core.roles import Right
from app.referrals.queries.of_resident import ReferralsOf
from app.referrals.queries.rows import ReferralLine
from ui.kit import Card, Foot, Key, RowsTable, StateView, Words, bind, latest
from ui.kit.chart import ChartPart, Who
from ui.kit.guarded import GuardedButton
from ui.kit.strip import Strip
from ui.kit.view import Bench
from ui.referrals.follow_marks import clock_words
from ui.referrals.list_columns import referral_columns
from ui.style import Role, Tone

KINDS = frozenset({"referral", "referral_return", "absence"})


class ReferralsTab(ChartPart):
    """Every referral of the resident, the newest first; Enter opens one."""

    kinds: ClassVar[frozenset[str]] = KINDS

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "转诊")
        self.table: RowsTable[ReferralLine] = RowsTable(
            referral_columns(bench.station.settings.zone, bench.desk.clock.now, whose=False),
            lambda row: row.rid,
            words="这位老人的转诊",
        )
        self.state = StateView(self.table)
        self.new = GuardedButton(self, Right.REFER, "新转诊", "primary", icon="plus")
        card = Card(flush=True)
        card.body.addWidget(self.state, 1)
        foot = Foot()
        foot.row.addWidget(Words("↑↓ 选择　Enter 打开　N 新转诊", Role.HINT))
        foot.row.addStretch(1)
        foot.row.addWidget(self.new)
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        self.table.on_opened(self._open)
        self.new.allowed.connect(self._begin)
        bind(self, Key("Up Down", "选择"), Key("Return", "打开转诊"), Key("N", "新转诊", self.new.ask))

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask for the resident's referrals."""
        who = self.who
        if who is None:
            return
        with self.state.asking(self.refresh):
            rows = await self.errands.ask(ReferralsOf(who.rid))
            if who is not self.who:
                return
            self.table.set_rows(rows)
            if rows:
                self.state.content()
                if self.table.current() is None:
                    self.table.pick_first()
            else:
                self.state.empty("没有转诊", "要转到医院时按 N，内容从病历里取好。")

    def arrive(self) -> None:
        (self.table if self.table.isVisibleTo(self) else self).setFocus()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the selected referral."""
        row = self.table.current()
        return None if row is None else ("referral", row.rid)

    def _open(self, row: ReferralLine) -> None:
        self.bench.go("referral-follow", {"referral": row.rid, "back": self._here()})

    def _begin(self) -> None:
        if self.who is not None:
            self.bench.go("referral", {"resident": self.who.rid, "back": self._here()})

    def _here(self) -> tuple[str, dict[str, object]]:
        return ("chart", {"resident": self.who.rid if self.who else None, "tab": "referrals"})


class ReferralStrip(ChartPart):
    """The open referral in the head of the chart; nothing to say takes no room."""

    kinds: ClassVar[frozenset[str]] = KINDS

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "转诊")
        self.row: ReferralLine | None = None
        self.strip = Strip("ambulance", Tone.VIOLET)
        self.strip.acted.connect(self._open)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.strip)
        self.hide()

    def show_resident(self, who: Who) -> None:
        """Of another resident nothing stays on screen meanwhile."""
        if self.who is not None and who.rid != self.who.rid:
            self._show(None)
        super().show_resident(who)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """What cannot be read is said, never left out."""
        who = self.who
        if who is None:
            return
        try:
            rows = await self.errands.ask(ReferralsOf(who.rid))
        except (Refusal, Trouble) as error:
            self._say(f"转诊读不出来：{error.text}", "")
            return
        if who is self.who:
            self._show(next((one for one in rows if not one.status.over), None))

    def _show(self, row: ReferralLine | None) -> None:
        self.row = row
        if row is None:
            self._say("", "")
            return
        clock, _ink = clock_words(row, self.bench.desk.clock.now())
        parts = (f"转诊{row.status.words}", row.partner_words, clock, row.number)
        self._say("　".join(filter(None, parts)), "打开转诊")

    def _say(self, words: str, act: str) -> None:
        self.strip.say(words, act)
        self.setVisible(bool(words))

    def _open(self) -> None:
        if self.row is not None:
            back = ("chart", {"resident": self.row.resident})
            self.bench.go("referral-follow", {"referral": self.row.rid, "back": back})
