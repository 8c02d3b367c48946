"""巡诊: rounds by date at the left, one with its residents at the right; planned, held, signed by keys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from app.core.changes import Changes
from app.core.orders import Order
from app.referrals.rounds import PersonRow, RoundById, RoundLine, Rounds, RoundWorkNow, SettledLines, ToWrite
from ui.kit import Key, Stack, StateView, bind, errand, latest
from ui.kit.list_and_page import ListAndPage
from ui.kit.view import Bench, Crumb, View
from ui.referrals.round_acts import RoundActs
from ui.referrals.round_list import ORDERS, ROUNDS, WIDTH, RoundList
from ui.referrals.round_orders import RoundOrders
from ui.referrals.round_page import RoundPage
from ui.referrals.sections import Sections

KINDS = frozenset({"doctor_round", "round_visit", "agreement", "med_order", "referral"})


class RoundsView(View):
    """`{"round": rid}`: that one, `resident` on it; `{"view": "orders"}`: 待转医嘱, `written`: the line of it."""

    kinds: ClassVar[frozenset[str]] = KINDS

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "巡诊")
        self.crumbs = (Crumb("转诊", "referrals"), Crumb("巡诊"))
        self.acts = RoundActs(self)
        self.left = RoundList(self, self.acts.today)
        self.page, self.orders = RoundPage(self), RoundOrders(self)
        self.was_inside = False
        self._wanted: UUID | None = None
        self._person: UUID | None = None
        self._lay_out()
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    @property
    def shows_orders(self) -> bool:
        return self.left.chips.key == ORDERS

    @property
    def inside(self) -> bool:
        """The cursor is at the right."""
        return self.page.table.hasFocus() or self.orders.table.hasFocus()

    def opened(self, params: Mapping[str, Any]) -> None:
        if "view" in params or "round" in params:
            orders = params.get("view") == ORDERS
            self.left.chips.choose(ORDERS if orders else ROUNDS)
            self.was_inside = orders
        self._wanted = params.get("round") or self._wanted
        self._person = params.get("resident")
        self.was_inside = self.was_inside or self._person is not None
        self.refresh()
        self.take_keys()
        written = params.get("written")
        if isinstance(written, ToWrite):
            self.acts.settle(written)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.left.state.asking(self.refresh, self._forget):
            lines = await self.errands.ask(Rounds())
            work = await self.errands.ask(RoundWorkNow())
            keys_here = self.hasFocus() or self.left.table.hasFocus() or self.inside
            self.left.show_rounds(lines, work, self.acts.today)
            self.orders.show_rows(work.to_write, await self.errands.ask(SettledLines()))
            self._settle()
            await self._show_chosen()
            if keys_here:
                self.take_keys()

    def pick(self, rid: UUID) -> None:
        """What was just planned, once it is in the list."""
        self._wanted, self.was_inside = rid, True
        self.refresh()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8 and F9: the visit under the cursor, else the round."""
        row = self.page.table.current() if self.page.table.hasFocus() else None
        if row is not None and row.visit is not None:
            return ("round_visit", row.visit.seen.rid)
        line = self.left.table.current()
        return None if line is None or self.shows_orders else ("doctor_round", line.seen.rid)

    def take_keys(self) -> None:
        """The focus back to where it was: the rows of the right, or the list; else to the view."""
        right = self.orders.table if self.shows_orders else self.page.table
        for table, wanted in (
            (right, self.was_inside or self.shows_orders),
            (self.left.table, not self.shows_orders),
        ):
            if wanted and table.isVisibleTo(self):
                table.setFocus()
                return
        self.setFocus()

    @errand
    async def do(self, order: Order[Any], said: str) -> None:
        await self.errands.do(order)
        self.bench.notice.done(said)

    # inside -------------------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        table = self.left.table
        if self._wanted is not None and table.pick(self._wanted):
            self._wanted = None
        elif table.current() is None:
            table.pick_first()

    async def _show_chosen(self) -> None:
        if self.shows_orders:
            self._stack.show_page(self.orders)
            self._beside.content()
            return
        line = self.left.table.current()
        if line is None:
            self.page.whole = None
            self._beside.empty("没有选中的巡诊", "从左边选一次，或按 N 安排。")
            return
        whole = await self.errands.ask(RoundById(line.seen.rid))
        self.page.show_whole(whole, self.acts.today)
        if self._person is not None:
            self.page.table.pick(self._person)
            self._person = None
        self._stack.show_page(self.page)
        self._beside.content()

    @latest
    async def _chosen(self, _line: RoundLine | None = None) -> None:
        await self._show_chosen()

    def _forget(self) -> None:
        self.page.whole = None
        self.left.table.set_rows(())
        self._beside.empty("没有可以显示的巡诊", "")

    def _choose(self, key: str) -> None:
        self.left.chips.choose(key)
        self._turned()

    def _turned(self) -> None:
        self.was_inside = False
        self.refresh()
        self.take_keys()

    def _go_in(self, _line: RoundLine | None = None) -> None:
        self.was_inside = True
        self.take_keys()

    def _go_out(self) -> None:
        if not self.shows_orders:
            self.was_inside = False
            self.take_keys()

    def open_visit(self, row: PersonRow) -> None:
        """Enter: what was found of them."""
        whole = self.page.whole
        if whole is None:
            return
        self.was_inside = True
        if whole.line.arrived is None:
            self.bench.notice.refused("还没有登记医师到达，先按 B 登记，再逐位记录。")
            return
        self.bench.go("round-visit", {"round": whole.line.seen.rid, "resident": row.resident})

    def _open_chart(self) -> None:
        row = self.orders.table.current() if self.shows_orders else self.page.table.current()
        if row is not None:
            self.bench.go("chart", {"resident": row.resident, "back": "rounds"})

    def _refer(self) -> None:
        row = self.page.table.current()
        if row is not None and not self.shows_orders:
            self.acts.refer(row)

    def _write(self) -> None:
        if (row := self.orders.waiting) is not None:
            self.acts.write(row)
        elif (done := self.orders.settled) is not None:
            self.bench.notice.refused(f"“{done.words}”已处理：{done.how}。要重新待转按 Z。")

    def _settle_line(self) -> None:
        if (row := self.orders.waiting) is not None:
            self.acts.settle(row)
        else:
            self._write()

    def _reopen(self) -> None:
        row = self.orders.settled if self.shows_orders else None
        if row is not None:
            self.acts.reopen(row.visit, row.words)
        else:
            self.bench.notice.refused("待转医嘱里选一条已处理的，再按 Z。")

    def _lay_out(self) -> None:
        self._stack = Stack()
        self._stack.add(self.page)
        self._stack.add(self.orders)
        self._beside = StateView(self._stack)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(Sections(self, "rounds"))
        box.addWidget(ListAndPage(self.left, self._beside, WIDTH), 1)

    def _connect(self) -> None:
        left, page, orders, acts = self.left, self.page, self.orders, self.acts
        left.chips.group.buttonClicked.connect(self._turned)
        left.table.on_picked(lambda _line: self._chosen())
        left.table.on_opened(self._go_in)
        left.due_strip.acted.connect(left.plan.ask)
        page.table.on_opened(self.open_visit)
        orders.table.on_opened(lambda _row: self._write())
        page.print_button.clicked.connect(acts.print_out)
        for button, act in (
            (left.plan, acts.plan),
            (page.change, acts.change),
            (page.add, acts.add),
            (page.begin, acts.begin),
            (page.end, acts.end),
            (page.sign, acts.sign),
            (orders.reopen, self._reopen),
            (orders.settle, self._settle_line),
            (orders.write, self._write),
        ):
            button.allowed.connect(act)
        bind(orders.table, Key("Space", "已转成哪条医嘱，或为什么不转", orders.settle.ask))
        self._bind()

    def _bind(self) -> None:
        left, page = self.left, self.page

        def when(button: Any, words: str) -> Any:
            """A key does what its button does, and only while the button is there."""
            return lambda: button.ask() if button.isVisibleTo(self) else self.bench.notice.refused(words)

        def guarded(act: Any) -> Any:
            return lambda: act() if left.plan.may else left.plan.ask()

        bind(
            self,
            Key("Up Down", "选择"),
            Key("Return", "进入这一次；在右边：记录、打开；待转医嘱：转成医嘱"),
            Key("Right", "到右边", self._go_in),
            Key("Left", "回到左边", self._go_out),
            Key("1", "巡诊", partial(self._choose, ROUNDS)),
            Key("2 T", "待转医嘱", partial(self._choose, ORDERS)),
            Key("N", "安排巡诊", left.plan.ask),
            Key("E", "修改、更正", guarded(self.acts.change)),
            Key("X", "取消巡诊；还没看时收回到达", guarded(self.acts.cancel)),
            Key("A", "列入老人和要问的问题", when(page.add, "这次巡诊已经结束，请选下一次巡诊再列入。")),
            Key("Delete", "移出名单", guarded(self.acts.take_off)),
            Key("B", "医师到达", when(page.begin, "这次巡诊不用登记到达。")),
            Key("L", "结束巡诊", when(page.end, "还没有登记医师到达，或已经结束。")),
            Key("G", "签名：先医师，后护士", when(page.sign, "没有待签名的巡诊记录。")),
            Key("Z", "已处理的用药调整重新待转", self.orders.reopen.ask),
            Key("R", "给选中的老人开转诊", self._refer),
            Key("P", "打印巡诊记录", self.acts.print_out),
            Key("O", "打开老人档案", self._open_chart),
        )
