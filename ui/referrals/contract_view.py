"""签约: whose family-doctor contract runs, what it owes and what was delivered, by keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.changes import Changes
from app.core.orders import Order
from app.referrals.contracts import (
    ContractCoverage,
    ContractLine,
    ContractOf,
    ContractPage,
    ContractRates,
    Contracts,
)
from ui.kit import Card, ChipRow, Key, Words, bind, errand, latest
from ui.kit.list_and_page import ListAndPage
from ui.kit.view import Bench, Crumb, View
from ui.referrals.contract_acts import ContractActs
from ui.referrals.contract_columns import TABS
from ui.referrals.contract_list import WIDTH, ContractList
from ui.referrals.contract_page import ContractCard
from ui.referrals.partner_beside import BesideCard
from ui.referrals.sections import Sections
from ui.style import Role

VIEWS = (("all", "全部"), ("none", "未签约"), ("key", "重点未签"), ("behind", "履约落后"), ("due", "待续签"))


class ContractsView(View):
    """Opened with `{"resident": rid}` it shows that one, with `{"view": …}` one of its lists."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"family_contract", "contract_service", "resident", "stay", "diagnosis", "assessment"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "家庭医生签约")
        self.crumbs = (Crumb("转诊", "referrals"), Crumb("签约"))
        self.page: ContractPage | None = None
        self._wanted: UUID | None = None
        self.was_inside = False
        self.chips = ChipRow(VIEWS)
        self.rates = Words("", Role.HINT)
        self.left, self.right = ContractList(self), ContractCard(self)
        self.card = BesideCard(self.right)
        self.beside = self.card.state
        self.acts = ContractActs(self)
        self._lay_out()
        self._connect()

    def opened(self, params: Mapping[str, Any]) -> None:
        if "resident" in params:
            self.chips.choose("all")
            self.left.search.clear()
            self._wanted = params["resident"]
        elif params.get("view") in dict(VIEWS):
            self.chips.choose(params["view"])
        self.refresh()
        self.take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.left.state.asking(self.refresh, self._forget):
            board = await self.errands.ask(Contracts(self.chips.key, self.left.search.text()))
            for key, words in VIEWS:
                self.chips.say(key, f"{words} {board.counts[key]}" if board.counts[key] else words)
            self.left.show_lines(board.lines, self.chips.key)
            table = self.left.table
            if self._wanted is not None and table.pick(self._wanted):
                self._wanted = None
            elif table.current() is None:
                table.pick_first()
            await self._show_chosen()
            self.rates.setText(rates_words(await self.errands.ask(ContractCoverage())))

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8 and F9: the delivery under the cursor, else the contract."""
        line = self.right.table.current() if self.right.table.hasFocus() else None
        if line is not None and line.delivered is not None:
            return ("contract_service", line.delivered.seen.rid)
        stand = self.page.stand if self.page is not None else None
        return None if stand is None else ("family_contract", stand.seen.rid)

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
    async def _chosen(self, _line: ContractLine | None = None) -> None:
        await self._show_chosen()

    async def _show_chosen(self) -> None:
        line = self.left.table.current()
        if line is None:
            self.page = None
            self.beside.empty("没有选中的老人", "从左边选一位。")
            return
        self.page = await self.errands.ask(ContractOf(line.resident))
        if self.page is None or self.page.stand is None:
            groups = "、".join(line.group_words)
            how = f"属于重点人群：{groups}。" if groups else ""
            self.beside.empty(f"{line.name}还没有签约", f"{how}按 N 签约。", ("签约", self.left.add.ask))
            return
        self.right.show_page(self.page)
        self.beside.content()

    def _forget(self) -> None:
        self.page = None
        self.left.table.set_rows(())
        self.beside.empty("没有可以显示的签约", "")

    def _choose(self, key: str) -> None:
        self.chips.choose(key)
        self._turned()

    def _turned(self) -> None:
        self.was_inside = False
        self.refresh()
        self.take_keys()

    def _search(self) -> None:
        self.refresh()

    def _tab(self, key: str) -> None:
        if self.page is not None and self.page.stand is not None:
            self.right.chips.choose(key)
            self.right.show_tab()
            self._go_in()

    def _go_in(self, _line: ContractLine | None = None) -> None:
        """To the rows of the right; whoever has no contract is signed."""
        if self.page is not None and self.page.stand is None:
            self.left.add.ask()
            return
        self.was_inside = True
        self.take_keys()

    def _go_out(self) -> None:
        self.was_inside = False
        self.take_keys()

    def _lay_out(self) -> None:
        head = Card()
        head.body.setContentsMargins(16, 10, 16, 10)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.chips, 1)
        row.addWidget(self.rates)
        head.body.addLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(Sections(self, "contracts"))
        box.addWidget(head)
        box.addWidget(ListAndPage(self.left, self.card, WIDTH), 1)

    def _connect(self) -> None:
        left, right, acts = self.left, self.right, self.acts
        self.chips.group.buttonClicked.connect(self._turned)
        left.search.searched.connect(self._search)
        left.table.on_picked(lambda _line: self._chosen())
        left.table.on_opened(self._go_in)
        right.chips.group.buttonClicked.connect(lambda: self._tab(right.chips.key))
        right.table.on_opened(lambda _line: right.deliver.ask())
        for button, act in (
            (left.add, acts.sign),
            (right.rate, acts.rate),
            (right.stop, acts.end),
            (right.correct, acts.correct),
            (right.retract, acts.retract),
            (right.renew, acts.renew),
            (right.deliver, acts.deliver),
        ):
            button.allowed.connect(act)
        self._bind()

    def _bind(self) -> None:
        left, acts = self.left, self.acts

        def guarded(act: Callable[[], object]) -> Callable[[], object]:
            return lambda: act() if left.add.may else left.add.ask()

        bind(
            self,
            Key("Up Down", "选择"),
            Key("Return", "进入这一位；未签约的签约；在右边：登记履约"),
            Key("Right", "到右边", self._go_in),
            Key("Left", "回到左边", self._go_out),
            Key("Space", "登记这一项履约", guarded(acts.deliver)),
            Key("N", "签约", guarded(acts.sign)),
            Key("R", "续签", guarded(acts.renew)),
            Key("E", "更正签约", guarded(acts.correct)),
            Key("X", "解约；已解约的恢复", guarded(acts.end)),
            Key("M", "满意度", guarded(acts.rate)),
            Key("Delete", "撤销录错的记录", guarded(acts.retract)),
            *(
                Key(press, words, partial(self._tab, key))
                for press, (key, words) in zip("FLO", TABS, strict=True)
            ),
            *(
                Key(str(place), words, partial(self._choose, key))
                for place, (key, words) in enumerate(VIEWS, 1)
            ),
            Key("Ctrl+F", "查找", left.search.setFocus),
        )


def rates_words(rates: ContractRates) -> str:
    """`签约率 78 %　重点人群 81 %　履约率 64 %　续签率 90 %`: those that have something to be a part of."""
    said = (
        ("签约率", rates.signed, rates.residents),
        ("重点人群", rates.key_signed, rates.key),
        ("履约率", rates.met, rates.expected),
        ("续签率", rates.renewed, rates.ran_out),
    )
    return "　".join(f"{words} {round(part / whole * 100)}\u00a0%" for words, part, whole in said if whole)
