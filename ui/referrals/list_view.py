"""转诊: every referral by what is to be done, its next step by one key; found by name, reason, hospital, month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from app.core.changes import Changes
from app.core.clock import date_in
from app.core.roles import Right
from app.referrals.queries.list import AFTER, ALL, GROUPS, OUTSIDE, TO_DO, Filters, Page, ReferralList
from app.referrals.queries.one import ReferralById
from app.referrals.queries.rows import ReferralLine
from ui.kit import (
    Button,
    Card,
    ChipRow,
    Foot,
    Key,
    RowsTable,
    SearchField,
    StateView,
    Words,
    bind,
    errand,
    latest,
)
from ui.kit.guarded import GuardedButton
from ui.kit.view import Bench, View
from ui.referrals.follow_acts import Back, ReferralActs
from ui.referrals.follow_marks import TICK_MS
from ui.referrals.list_columns import referral_columns
from ui.referrals.list_filters import ListFilters
from ui.referrals.list_whose_sheet import WhoseSheet
from ui.referrals.sections import WORK_KINDS, Sections
from ui.style import Role, look

PAGE = 100
_EMPTY = {
    TO_DO: ("没有待处理的转诊", "草稿、待审批、等对方答复的转诊列在这里。按 N 新建。"),
    OUTSIDE: ("没有人在外就诊", "出发以后、返院以前的转诊列在这里。"),
    AFTER: ("没有待返院处理的转诊", "返院后还要登记回转、评估、归档的列在这里。"),
    ALL: ("还没有转诊", "按 N 新建，或在老人档案里新建。"),
}


class ListView(View):
    """Opened with `{"view": group}` or `{"search": text}`."""

    kinds: ClassVar[frozenset[str]] = WORK_KINDS | {"resident", "partner"}

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "转诊")
        zone, clock = bench.station.settings.zone, bench.desk.clock
        self.search = SearchField("找转诊", "老人、拼音或编号", keys="Ctrl F")
        self.chips = ChipRow(tuple(GROUPS.items()))
        self.filters = ListFilters()
        self.new = GuardedButton(self, Right.REFER, "新转诊", "primary", icon="plus")
        self.table: RowsTable[ReferralLine] = RowsTable(
            referral_columns(zone, clock.now), lambda row: row.rid, words="转诊"
        )
        self.state = StateView(self.table)
        self.count, self.hint = Words("", Role.HINT), Words("", Role.HINT)
        self.step = Button("下一步　空格", "plain", icon="arrow-right")
        self.acts = ReferralActs(self, self.take_keys, self._here)
        self._total = 0
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)
        self._lay_out()
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        if params.get("view") in GROUPS:
            self.chips.choose(params["view"])
        if "search" in params:
            self.search.setText(str(params["search"]))
        self.refresh()
        self.take_keys()
        self._clock.start()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for what shows, and for the counts of the groups."""
        with self.state.asking(self.refresh):
            await self.filters.know(self.errands, self._today)
            await self._ask(max(PAGE, len(self.table.rows_model.rows)))

    @latest
    async def look_up(self) -> None:
        """Search as typed, another group or filter."""
        with self.state.asking(self.refresh):
            await self._ask(PAGE)

    @errand
    async def load_more(self) -> None:
        """Put the next stretch under the last row."""
        rows = self.table.rows_model.rows
        if len(rows) >= self._total:
            return
        asked = self._filters()
        page = await self.errands.ask(ReferralList(asked, PAGE, len(rows)))
        if asked == self._filters() and self.table.rows_model.rows is rows:
            self.table.rows_model.add_rows(page.rows)

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the selected referral."""
        row = self.table.current()
        return None if row is None else ("referral", row.rid)

    def take_keys(self) -> None:
        """The focus on the table, or while a sentence stands in its place on the view."""
        (self.table if self.table.isVisibleTo(self) else self).setFocus()

    def open_row(self, row: ReferralLine) -> None:
        self.bench.go("referral-follow", {"referral": row.rid, "back": self._here()})

    @errand
    async def next_step(self) -> None:
        """Space: the next step of the selected one, without opening it."""
        line = self.table.current()
        if line is not None:
            self.acts.main(await self.errands.ask(ReferralById(line.rid)))

    def begin(self) -> None:
        """N: whose; the form fills itself."""
        sheet = WhoseSheet(self)
        sheet.chosen.connect(
            lambda row: self.bench.go("referral", {"resident": row.rid, "back": self._here()})
        )
        sheet.finished.connect(lambda _how: self.take_keys())
        sheet.open()

    # inside -------------------------------------------------------------------------------------------------------

    @property
    def _today(self) -> date:
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())

    def _here(self) -> Back:
        return ("referrals", {"view": self.chips.key})

    def _filters(self) -> Filters:
        cause, partner, month = self.filters.chosen
        return Filters(self.chips.key, self.search.text().strip(), cause, partner, month)

    async def _ask(self, limit: int) -> None:
        asked = self._filters()
        page = await self.errands.ask(ReferralList(asked, limit))
        if asked == self._filters():
            self._show(page)

    def _show(self, page: Page) -> None:
        for key, words in GROUPS.items():
            number = page.groups[key]
            self.chips.say(key, f"{words} {number}" if number else words)
        keys_here = self.hasFocus() or self.table.hasFocus()
        self._total = page.count
        self.table.set_rows(page.rows)
        late = sum(row.late > 0 for row in page.rows)
        self.count.setText(
            f"共 {page.count:,} 份" + (f"，{late} 份超时" if late else "") if page.count else ""
        )
        self.step.setVisible(bool(page.rows))
        if page.rows:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        elif self.search.text().strip() or self.filters.narrowed:
            self.state.empty("没有符合条件的转诊", "", ("清空条件", self._clear))
        else:
            self.state.empty(*_EMPTY[self.chips.key])
        if keys_here:
            self.take_keys()

    def _clear(self) -> None:
        self.filters.clear()
        self.search.clear()
        self.look_up()

    def _choose(self, key: str) -> None:
        self.chips.choose(key)
        self.look_up()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _tick(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._clock.stop()

    def _near_the_end(self) -> None:
        bar = self.table.verticalScrollBar()
        if bar.maximum() - bar.value() < 2 * self.table.viewport().height():
            self.load_more()

    def _connect(self) -> None:
        self.search.searched.connect(self.look_up)
        self.search.returnPressed.connect(self.table.setFocus)
        self.chips.group.buttonClicked.connect(self.look_up)
        self.filters.changed.connect(self.look_up)
        self.table.on_opened(self.open_row)
        self.table.verticalScrollBar().valueChanged.connect(self._near_the_end)
        self.new.allowed.connect(self.begin)
        self.step.clicked.connect(self.next_step)
        bind(self.table, Key("Space", "下一步：提交、登记答复、出发、到达……", self.next_step))
        bind(
            self,
            Key("Ctrl+F", "找转诊", self._find),
            Key("Up Down", "选择"),
            Key("Return", "打开"),
            Key("N", "新转诊", self.new.ask),
            *(
                Key(str(place), words, lambda key=key: self._choose(key))  # type: ignore[misc]  # bound now
                for place, (key, words) in enumerate(GROUPS.items(), 1)
            ),
        )

    def _lay_out(self) -> None:
        card = Card(flush=True)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(12)
        acts = self.filters.row(self.search)
        self.search.setMinimumWidth(look.sp(170))
        self.search.setMaximumWidth(look.sp(300))
        acts.addWidget(self.new)
        head.addLayout(acts)
        head.addWidget(self.chips)
        card.body.addLayout(head)
        card.body.addWidget(self.state, 1)
        foot = Foot()
        foot.row.addWidget(self.count)
        foot.row.addStretch(1)
        foot.row.addWidget(Words("↑↓ 选择　Enter 打开　N 新转诊", Role.HINT))
        foot.row.addWidget(self.step)
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(Sections(self, "referrals"))
        box.addWidget(card, 1)
