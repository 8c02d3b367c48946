"""医嘱: what waits among the orders of the house: to be checked, signed, renewed, tested, gone through once a week."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer

from app.core.changes import Changes
from app.core.errors import Refusal, Trouble
from app.core.roles import Right
from app.medication.orders import CheckOrders, RetractSkinTest, SignOrders
from app.medication.orders.skin_tests import RESULTS
from app.medication.queries.order_floor import ReviewRow, WorkRow
from app.medication.queries.order_work import EndingRow, OrderWork, OrderWorkSheet, SkinRow
from app.residents.stating import Seen
from ui.kit import Key, bind, errand, latest
from ui.kit.proof_sheet import ProofSheet
from ui.kit.view import Bench, View
from ui.kit.why_sheet import WhySheet
from ui.medication.order_review_sheet import ReviewSheet
from ui.medication.orders_layout import EMPTY, LISTS, SIGN, WorkPieces, lay_out
from ui.medication.skin_test_sheets import MakeTestSheet, ReadTestSheet, taken_back_words


class OrdersView(View):
    """Digits choose the list; Enter or Space does what a row waits for."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"med_order", "skin_test", "order_review", "prescription", "stay", "resident", "allergy"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "医嘱")
        self.work = OrderWorkSheet()
        self.marked: set[object] = set()
        self.pieces = WorkPieces(bench.station.settings.zone, self.marked)
        self.chips, self.state = self.pieces.chips, self.pieces.state
        self._proof: ProofSheet | None = None
        self._under_way: set[UUID] = set()
        lay_out(self, self.pieces)
        self._connect()

    def opened(self, params: Mapping[str, Any]) -> None:
        """`view`: which list to show."""
        if params.get("view") in dict(LISTS):
            self.chips.choose(params["view"])
        self.refresh()
        self._take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.state.asking(self.refresh):
            self.work = await self.errands.ask(OrderWork())
            self._show()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8, F9: the order or the test under the cursor."""
        row = self.table.current()
        if isinstance(row, WorkRow):
            return ("med_order", row.order.seen.rid)
        if isinstance(row, SkinRow) and row.test is not None:
            return ("skin_test", row.test.rid)
        return None

    @property
    def table(self) -> Any:
        """The list that shows."""
        return self.pieces.tables[self.chips.key]

    # acts ---------------------------------------------------------------------------------------------------------

    def act(self) -> None:
        """Enter: what the row waits for."""
        row = self.table.current()
        if self.chips.key == SIGN:
            self.sign()
        elif isinstance(row, WorkRow):
            self.check()
        elif isinstance(row, EndingRow):
            self._open_chart()
        elif isinstance(row, SkinRow):
            self._test(row)
        elif isinstance(row, ReviewRow):
            self._review(row)

    def space(self) -> None:
        """Space: checks one order; among those to be signed it marks one."""
        if self.chips.key != SIGN:
            self.act()
            return
        row = self.table.current()
        if isinstance(row, WorkRow):
            self.marked ^= {row.order.seen.rid}
            self.table.viewport().update()
            self._step(row)

    def check(self) -> None:
        """The order under the cursor was looked at and runs."""
        row = self.table.current()
        if isinstance(row, WorkRow) and row.order.seen.rid not in self._under_way:
            self._begin_check((row,))

    def check_all(self) -> None:
        """Ctrl+Enter: all of this resident; among those to be signed, the signature."""
        row = self.table.current()
        if self.chips.key == SIGN:
            self.sign()
        elif isinstance(row, WorkRow):
            self._begin_check(tuple(one for one in self.work.to_check if one.person.rid == row.person.rid))

    def sign(self) -> None:
        """A doctor signs those that are marked, else the one under the cursor."""
        rows = [one for one in self.work.to_sign if one.order.seen.rid in self.marked]
        current = self.table.current()
        if not rows and isinstance(current, WorkRow):
            rows = [current]
        if not rows:
            return
        words = "\n".join(f"{one.person.name}：{one.order.title}　{one.order.asks}" for one in rows[:8])
        more = f"\n等 {len(rows)} 条" if len(rows) > 8 else ""
        actor = self.bench.actor
        number = actor.number if actor.may(Right.ORDER_MEDICINES) else ""
        sheet = ProofSheet(self, f"医师签名：{len(rows)} 条医嘱", words + more, number)
        self._proof = sheet
        seen = tuple(one.order.seen for one in rows)
        sheet.done_with.connect(lambda: self._sign(seen))
        sheet.open()

    def renew(self) -> None:
        """N: the course that ends goes on as another order."""
        row = self.table.current()
        if not isinstance(row, EndingRow) or row.order is None:
            return
        if self.bench.actor.may(Right.ORDER_MEDICINES) or self.bench.actor.may(Right.TRANSCRIBE_ORDERS):
            self.bench.go("order", {"resident": row.person.rid, "copy_of": row.order.seen.rid})
        else:
            self.bench.notice.refused(f"您没有“{Right.ORDER_MEDICINES.value}”的权限，请找医生或护士。")

    def take_back(self) -> None:
        """X: the test under the cursor was entered in error; the medicine waits for another one."""
        row = self.table.current()
        if not isinstance(row, SkinRow) or not self._may_test():
            return
        if row.test is None:
            self.bench.notice.say("还没有做皮试，没有可作废的。", seconds=8)
            return
        sheet = WhySheet(self, f"作废皮试：{row.words}", taken_back_words(row), "作废")
        sheet.said.connect(lambda why: self._take_back(row, why))
        sheet.open()

    # inside -------------------------------------------------------------------------------------------------------

    def _begin_check(self, rows: tuple[WorkRow, ...]) -> None:
        if not self.bench.actor.may(Right.CHECK_ORDERS):
            self.bench.notice.refused(f"您没有“{Right.CHECK_ORDERS.value}”的权限，请找护士或药师。")
            return
        rids = {one.order.seen.rid for one in rows}
        if rids & self._under_way:
            return
        self._under_way |= rids
        self.errands.start(f"check {rows[0].order.seen.rid}", partial(self._check, rows, rids))

    async def _check(self, rows: tuple[WorkRow, ...], rids: set[UUID]) -> None:
        try:
            count = await self.errands.do(CheckOrders(tuple(one.order.seen for one in rows)))
        finally:
            self._under_way -= rids
        what = rows[0].order.title if count == 1 else f"{count} 条医嘱"
        self.bench.notice.done(f"{rows[0].person.name} {what}：已核对，可以执行。")

    @errand
    async def _sign(self, seen: tuple[Seen, ...]) -> None:
        sheet, station = self._proof, self.bench.station
        if sheet is None:
            return
        try:
            signer = await station.aside(station.prove, sheet.number.text().strip(), sheet.secret.text())
            count = await self.errands.do(SignOrders(seen, signer), busy=sheet.main)
        except Refusal as refusal:
            sheet.refuse(refusal.field, refusal.text)
            return
        except Trouble as trouble:
            sheet.notice.trouble(trouble.text, trouble.remedy)
            return
        sheet.accept()
        self.marked.clear()
        self.bench.notice.done(f"已签名 {count} 条医嘱。")

    def _test(self, row: SkinRow) -> None:
        if not self._may_test():
            return
        if row.result:
            self.bench.notice.say(
                f"{row.words}的皮试已判读为{RESULTS[row.result]}。记错了请按 X 作废。", seconds=8
            )
        elif row.test is None:
            MakeTestSheet(self, row).open()
        else:
            ReadTestSheet(self, row).open()

    def _may_test(self) -> bool:
        may = self.bench.actor.may(Right.GIVE_MEDICINES)
        if not may:
            self.bench.notice.refused(f"您没有“{Right.GIVE_MEDICINES.value}”的权限，请找护士。")
        return may

    @errand
    async def _take_back(self, row: SkinRow, why: str) -> None:
        if row.test is not None:
            await self.errands.do(RetractSkinTest(row.test, why))
            self.bench.notice.done(f"{row.person.name} {row.words}：皮试已作废。")

    def _review(self, row: ReviewRow) -> None:
        if self.bench.actor.may(Right.CHECK_ORDERS):
            ReviewSheet(self, row).open()
        else:
            self.bench.notice.refused(f"您没有“{Right.CHECK_ORDERS.value}”的权限，请找护士或药师。")

    def _open_chart(self) -> None:
        row = self.table.current()
        person = getattr(row, "person", None)
        if person is not None:
            self.bench.go("chart", {"resident": person.rid, "tab": "medication", "back": "orders"})

    def _step(self, row: WorkRow) -> None:
        rows = self.table.rows_model.rows
        place = rows.index(row) + 1
        if place < len(rows):
            self.table.pick(rows[place].order.seen.rid)

    def _choose(self, key: str) -> None:
        self.chips.choose(key)
        self._show()
        self._take_keys()

    def _show(self) -> None:
        keys_here = self.hasFocus() or any(table.hasFocus() for table in self.pieces.tables.values())
        self.pieces.show_work(self.work)
        table, key = self.table, self.chips.key
        if table.rows_model.rows:
            self.state.content()
            if table.current() is None:
                table.pick_first()
        else:
            self.state.empty(*EMPTY[key])
        self.pieces.show_current(table.current())
        if keys_here:
            self._take_keys()

    def _take_keys(self) -> None:
        (self.table if self.table.isVisibleTo(self) else self).setFocus()

    def _connect(self) -> None:
        self.chips.group.buttonClicked.connect(lambda: self._choose(self.chips.key))
        for table in self.pieces.tables.values():
            table.on_opened(lambda _row: self.act())
            table.on_picked(self.pieces.show_current)
        self.pieces.main.clicked.connect(self.act)
        self.pieces.whole.clicked.connect(self.check_all)
        self.pieces.retract.clicked.connect(self.take_back)
        self._clock = QTimer(self)
        self._clock.setInterval(60 * 1000)  # a deadline passes, a test becomes readable
        self._clock.timeout.connect(lambda: self.refresh() if self.isVisible() else None)
        self._clock.start()
        bind(
            self,
            *(
                Key(str(place), words, partial(self._choose, key))
                for place, (key, words) in enumerate(LISTS, 1)
            ),
            Key("Up Down", "选择"),
            Key("Space", "核对这一条；待医师签：选中", self.space),
            Key("Return", "处理这一条"),
            Key("Ctrl+Return", "这位老人全部核对；待医师签：签名", self.check_all),
            Key("N", "到期的续开", self.renew),
            Key("X", "作废皮试", self.take_back),
            Key("O", "打开老人用药", self._open_chart),
        )
