"""家庭病床: who has one, whose round is late, and one of them with its rounds, by keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from app.core.changes import Changes
from app.core.orders import Order
from app.referrals.home_beds import HomeBedById, HomeBedLine, HomeBedPage, HomeBeds
from ui.kit import Card, ChipRow, Key, bind, errand, latest
from ui.kit.guarded import GuardedButton
from ui.kit.list_and_page import ListAndPage
from ui.kit.view import Bench, Crumb, View
from ui.referrals.homebed_acts import HomeBedActs
from ui.referrals.homebed_list import WIDTH, HomeBedList
from ui.referrals.homebed_page import HomeBedCard
from ui.referrals.partner_beside import BesideCard
from ui.referrals.sections import Sections

VIEWS = (
    ("running", "在管"), ("late", "查床迟"), ("applied", "待评估"), ("ending", "将到期"), ("over", "已撤床"),
)  # fmt: skip


class HomeBedsView(View):
    """Opened with `{"home_bed": rid}` it shows that one, with `{"view": …}` one of its lists, with `{"apply": rid}`
    the application for a resident."""

    kinds: ClassVar[frozenset[str]] = frozenset({"home_bed", "round_visit", "resident", "stay", "absence"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "家庭病床")
        self.crumbs = (Crumb("转诊", "referrals"), Crumb("家庭病床"))
        self.page: HomeBedPage | None = None
        self._wanted: UUID | None = None
        self.was_inside = False
        self.chips = ChipRow(VIEWS)
        self.left, self.right = HomeBedList(self), HomeBedCard(self)
        self.card = BesideCard(self.right)
        self.beside = self.card.state
        self.acts = HomeBedActs(self)
        self._lay_out()
        self._connect()

    def opened(self, params: Mapping[str, Any]) -> None:
        if params.get("view") in dict(VIEWS):
            self.chips.choose(params["view"])
        if "home_bed" in params:
            self.pick(params["home_bed"])
        else:
            self.refresh()
        self.take_keys()
        if "apply" in params and self.left.add.may:
            self.acts.apply_for(params["apply"])

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.left.state.asking(self.refresh, self._forget):
            board = await self.errands.ask(HomeBeds(self.chips.key, self.left.search.text()))
            for key, words in VIEWS:
                self.chips.say(key, f"{words} {board.counts[key]}" if board.counts[key] else words)
            self.left.show_lines(board.lines, self.chips.key)
            table = self.left.table
            if self._wanted is not None and table.pick(self._wanted):
                self._wanted = None
            elif table.current() is None:
                table.pick_first()
            await self._show_chosen()

    def pick(self, rid: UUID) -> None:
        """One that was just applied for or asked for, among those in hand."""
        self._wanted = rid
        self.chips.choose("running")
        self.left.search.clear()
        self.refresh()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8 and F9: the round under the cursor, else the home bed."""
        row = self.right.table.current() if self.right.table.hasFocus() else None
        if row is not None:
            return ("round_visit", row.seen.rid)
        return None if self.page is None else ("home_bed", self.page.line.seen.rid)

    def take_keys(self) -> None:
        """The focus back to where it was."""
        inside = self.was_inside and self.right.table.isVisibleTo(self)
        table = self.right.table if inside else self.left.table
        (table if table.isVisibleTo(self) else self).setFocus()

    @errand
    async def do(self, order: Order[Any], said: str) -> None:
        await self.errands.do(order)
        self.bench.notice.done(said)

    # inside -------------------------------------------------------------------------------------------------------

    @latest
    async def _chosen(self, _line: HomeBedLine | None = None) -> None:
        await self._show_chosen()

    async def _show_chosen(self) -> None:
        line = self.left.table.current()
        if line is None:
            self.page = None
            self.beside.empty("没有选中的家庭病床", "从左边选一张，或按 N 申请。")
            return
        self.page = await self.errands.ask(HomeBedById(line.seen.rid))
        if self.page is None:
            self.beside.empty("这张家庭病床已被撤销", "从左边另选一张。")
            return
        self.right.show_page(self.page)
        self.beside.content()

    def _forget(self) -> None:
        self.page = None
        self.left.table.set_rows(())
        self.beside.empty("没有可以显示的家庭病床", "")

    def _choose(self, key: str) -> None:
        self.chips.choose(key)
        self._turned()

    def _turned(self) -> None:
        self.was_inside = False
        self.refresh()
        self.take_keys()

    def _search(self) -> None:
        self.refresh()

    def _go_in(self, _line: HomeBedLine | None = None) -> None:
        """To the rounds; of one that waits, to its evaluation."""
        if self.page is not None and self.page.line.status == "applied":
            self.right.evaluate.ask()
            return
        self.was_inside = True
        self.take_keys()

    def _go_out(self) -> None:
        self.was_inside = False
        self.take_keys()

    def _lay_out(self) -> None:
        head = Card()
        head.body.setContentsMargins(16, 10, 16, 10)
        head.body.addWidget(self.chips)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(Sections(self, "home-beds"))
        box.addWidget(head)
        box.addWidget(ListAndPage(self.left, self.card, WIDTH), 1)

    def _connect(self) -> None:
        left, right, acts = self.left, self.right, self.acts
        self.chips.group.buttonClicked.connect(self._turned)
        left.search.searched.connect(self._search)
        left.table.on_picked(lambda _line: self._chosen())
        left.table.on_opened(self._go_in)
        right.table.on_opened(lambda _row: right.change.ask())
        for button, act in (
            (left.add, acts.apply),
            (right.correct, acts.correct),
            (right.close_bed, acts.end),
            (right.renew, acts.renew),
            (right.evaluate, acts.evaluate),
            (right.visit, acts.rounds.visit),
            (right.sign, acts.rounds.sign),
            (right.change, acts.rounds.change),
            (right.retract, acts.rounds.retract),
        ):
            button.allowed.connect(act)
        self._bind()

    def _bind(self) -> None:
        left, right, acts = self.left, self.right, self.acts

        def guarded(button: GuardedButton, act: Callable[[], object]) -> Callable[[], object]:
            return lambda: act() if button.may else button.ask()

        bind(
            self,
            Key("Up Down", "选择"),
            Key("Return", "到查床记录；待评估的去评估；在右边：更正这一条"),
            Key("Right", "到右边", self._go_in),
            Key("Left", "回到左边", self._go_out),
            Key("Space", "查床", guarded(right.visit, acts.rounds.visit)),
            Key("G", "医师签名", guarded(right.sign, acts.rounds.sign)),
            Key("N", "申请建床", guarded(left.add, acts.apply)),
            Key("V", "建床评估", guarded(right.evaluate, acts.evaluate)),
            Key("R", "续床", guarded(right.renew, acts.renew)),
            Key("X", "撤床；已撤床的恢复", guarded(right.close_bed, acts.end)),
            Key("E", "更正申请；在右边：更正查床", guarded(right.visit, acts.edit)),
            Key("Delete", "撤销录错的记录", guarded(right.visit, acts.retract)),
            *(
                Key(str(place), words, partial(self._choose, key))
                for place, (key, words) in enumerate(VIEWS, 1)
            ),
            Key("Ctrl+F", "查找", left.search.setFocus),
        )
