"""用药: the tab of a resident's chart with the orders, running ones by kind, then those that are over; acts by keys."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from app.core.changes import Changes
from app.core.roles import Right
from app.medication.checking import StandingFindings
from app.medication.orders import ResumeOrder
from app.medication.queries.order_lists import OrderDetail, OrdersOf, ResidentOrders
from app.medication.queries.order_people import Person, WhoFor
from app.medication.queries.order_rows import OrderRow
from ui.kit import Key, RowsTable, StateView, bind, errand, latest
from ui.kit.chart import ChartPart
from ui.kit.view import Bench
from ui.medication.order_act_sheets import (
    ActSheet,
    CancelSheet,
    CheckSheet,
    DetailSheet,
    PauseSheet,
    StopSheet,
)
from ui.medication.order_columns import chart_columns
from ui.medication.order_sign_sheets import who_words
from ui.medication.order_tab_layout import TabPieces, lay_out
from ui.medication.standing_findings import FindingsSheet

_GROUPS = (("long", "长期"), ("once", "临时"), ("needed", "备用"), ("over", "已结束"))


class OrderTab(ChartPart):
    """Who may not act reads; the acts then say who may."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"med_order", "dose", "allergy", "skin_test", "diagnosis", "entry"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "用药")
        self.orders: ResidentOrders | None = None
        self.person: Person | None = None
        self._zone = bench.station.settings.zone
        self._groups: dict[object, str] = {}
        columns = chart_columns(self._zone, self._groups)
        self.table: RowsTable[OrderRow] = RowsTable(columns, lambda row: row.seen.rid, words="医嘱")
        self.state = StateView(self.table)
        self.pieces = TabPieces()
        lay_out(self, self.pieces, self.state)
        self._connect()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        if self.who is None:
            return
        with self.state.asking(self.refresh, self._forget):
            orders = await self.errands.ask(OrdersOf(self.who.rid, self.pieces.over.isChecked()))
            self.person = await self.errands.ask(WhoFor(self.who.rid))
            findings = await self.errands.ask(StandingFindings(self.who.rid))
            self.pieces.standing.show_findings(findings)
            self._show(orders)

    def arrive(self) -> None:
        (self.table if self.table.isVisibleTo(self) else self).setFocus()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8, F9: the order under the cursor."""
        row = self.table.current()
        return None if row is None else ("med_order", row.seen.rid)

    # acts ---------------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """N: another order."""
        if self.who is not None and self._may_write():
            self.bench.go("order", {"resident": self.who.rid})

    def change(self) -> None:
        """M: another dose or time is another order, which stops this one."""
        if (row := self._running()) is not None and self._may_write() and self.who is not None:
            self.bench.go("order", {"resident": self.who.rid, "replaces": row.seen.rid})

    def copy(self) -> None:
        """A: the same again."""
        row = self.table.current()
        if row is not None and self._may_write() and self.who is not None:
            self.bench.go("order", {"resident": self.who.rid, "copy_of": row.seen.rid})

    def check(self) -> None:
        """C: looked at by another person, it runs."""
        row = self.table.current()
        if row is None or not self._may(Right.CHECK_ORDERS):
            return
        if row.status != "issued":
            self.bench.notice.say("这条医嘱已核对过。" if row.runs else "这条医嘱已结束。", seconds=6)
            return
        CheckSheet(self, self._who(), row).open()

    def stop(self) -> None:
        self._act(StopSheet)

    def cancel(self) -> None:
        self._act(CancelSheet)

    def pause(self) -> None:
        """P: suspended, or resumed."""
        row = self._running()
        if row is not None and row.status == "paused":
            self._resume()
        else:
            self._act(PauseSheet)

    @errand
    async def detail(self) -> None:
        """Enter: everything about it."""
        row = self.table.current()
        if row is not None:
            facts = await self.errands.ask(OrderDetail(row.seen.rid))
            DetailSheet(self, self._who(), facts).open()

    def findings(self) -> None:
        """F: all that the checks say between the orders that run."""
        if self.who is not None:
            FindingsSheet(self, self.who.rid, self.who.name, self.pieces.standing.findings).open()

    def print_sheet(self) -> None:
        """L: 长期医嘱单; with an order given once under the cursor, 临时医嘱单."""
        row = self.table.current()
        if self.who is not None and self._may(Right.PRINT_RECORDS):
            once = row is not None and row.kind not in ("long", "prn")
            back = ("chart", {"resident": self.who.rid, "tab": "medication"})
            kind = "order-sheet-once" if once else "order-sheet"
            self.bench.go("preview", {"sheet": kind, "resident": self.who.rid, "back": back})

    def month(self) -> None:
        """G: what was given, day by day."""
        if self.who is not None:
            self.bench.go("month-grid", {"resident": self.who.rid})

    # inside -------------------------------------------------------------------------------------------------------

    def _act(self, kind: type[ActSheet]) -> None:
        row = self._running()
        if row is not None and self._may_write():
            kind(self, self._who(), row).open()

    @errand
    async def _resume(self) -> None:
        if (row := self.table.current()) is not None and self._may_write():
            await self.errands.do(ResumeOrder(row.seen))
            self.bench.notice.done(f"{row.title}：已恢复，从现在起按医嘱给药。")

    def _running(self) -> OrderRow | None:
        """The order under the cursor if it is not over; else that is said."""
        row = self.table.current()
        if row is not None and not row.runs:
            self.bench.notice.say(f"这条医嘱{row.standing.value}。要再用请按 A 复制成新医嘱。", seconds=8)
            return None
        return row

    def _may_write(self) -> bool:
        actor = self.bench.actor
        if actor.may(Right.ORDER_MEDICINES) or actor.may(Right.TRANSCRIBE_ORDERS):
            return True
        return self._may(Right.ORDER_MEDICINES)

    def _may(self, right: Right) -> bool:
        may = self.bench.actor.may(right)
        if not may:
            self.bench.notice.refused(f"您没有“{right.value}”的权限，请找医生或护士。")
        return may

    def _who(self) -> str:
        return who_words(self.person) if self.person is not None else ""

    def _show(self, orders: ResidentOrders) -> None:
        keys_here = self.hasFocus() or self.table.hasFocus()
        self.orders = orders
        self._groups.clear()
        for key, words in _GROUPS:
            rows: tuple[OrderRow, ...] = getattr(orders, key)
            if rows:
                self._groups[rows[0].seen.rid] = words
        self.table.set_rows(orders.rows)
        self.pieces.show_orders(orders)
        if orders.rows:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        elif orders.hidden:
            self.state.empty("没有在用的医嘱", f"有 {orders.hidden} 条已结束，按 B 显示。")
        else:
            act = ("开医嘱", self.new) if self.bench.actor.may(Right.TRANSCRIBE_ORDERS) else None
            act = act or (("开医嘱", self.new) if self.bench.actor.may(Right.ORDER_MEDICINES) else None)
            self.state.empty("还没有医嘱", "医生开立或护士转抄后，这里按长期、临时、备用列出。", act)
        self._moved()
        if keys_here:
            self.arrive()

    def _turn_over(self) -> None:
        """Those that are over are shown, or put away."""
        self.refresh()

    def _forget(self) -> None:
        self.orders = None

    def _moved(self) -> None:
        self.pieces.show_current(self._zone, self.table.current())

    def _connect(self) -> None:
        pieces = self.pieces
        self.table.on_opened(lambda _row: self.detail())
        self.table.on_picked(lambda _row: self._moved())
        acts = (
            (pieces.new, self.new), (pieces.change, self.change), (pieces.stop, self.stop),
            (pieces.check, self.check), (pieces.month, self.month), (pieces.sheet, self.print_sheet),
        )  # fmt: skip
        for button, act in acts:
            button.clicked.connect(act)
        pieces.over.toggled.connect(self._turn_over)
        pieces.standing.asked.connect(self.findings)
        bind(
            self,
            Key("Up Down", "选择医嘱"),
            Key("Return", "看这条医嘱的全部"),
            Key("N", "开医嘱", self.new),
            Key("M", "改（停这条，开新的）", self.change),
            Key("A", "复制成新医嘱", self.copy),
            Key("C", "核对", self.check),
            Key("S", "停止", self.stop),
            Key("X", "取消", self.cancel),
            Key("P", "暂停或恢复", self.pause),
            Key("F", "用药检查", self.findings),
            Key("G", "给药月表", self.month),
            Key("L", "打印医嘱单", self.print_sheet),
            Key("B", "显示或收起已结束的", pieces.over.click),
        )
