"""总查对 of a floor: every running order gone through by two, one key each, what is not right in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from PySide6.QtCore import Qt

from app.core.changes import Changes
from app.core.errors import Refusal
from app.medication.orders.reviewing import ReviewOrders
from app.medication.queries.order_floor import FloorOrders, ReviewRow, WorkRow
from ui.kit import Key, Labelled, LineField, RowsTable, Sheet, StateView, Words, bind, errand, latest
from ui.kit.errands import Errands
from ui.kit.proof_sheet import ProofSheet
from ui.medication.order_columns import confirm_words, review_columns
from ui.style import Role, look

if TYPE_CHECKING:
    from ui.kit.view import View


class ReviewSheet(Sheet):
    """Space: it is right, on to the next. R: all of this resident are. N: what is not right. News come in."""

    kinds: ClassVar[frozenset[str]] = frozenset({"med_order", "stay", "absence"})

    def __init__(self, view: View, floor: ReviewRow) -> None:
        super().__init__(view, f"总查对：{floor.floor.words}", width=920)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view, self.floor = view, floor
        self._zone = view.bench.station.settings.zone
        self.said: dict[object, str] = {}
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        columns = review_columns(self._zone, self.said)
        self.table: RowsTable[WorkRow] = RowsTable(columns, lambda row: row.order.seen.rid, words="总查对")
        self.state = StateView(self.table)
        self.whole = Words("", Role.HINT, wrap=True)
        self.words = LineField("不符的情况", "如：与处方不符、老人已停药")
        self.proof: ProofSheet | None = None
        self._lay_out()
        self._connect()
        view.bench.bulletin.subscribe(self, self.kinds, self._hear)
        self.ask_again()
        self.table.setFocus()

    @property
    def left(self) -> int:
        """How many were not looked at."""
        return sum(row.order.seen.rid not in self.said for row in self.table.rows_model.rows)

    @latest
    async def ask_again(self) -> None:
        with self.state.asking(self.ask_again):
            rows = await self.errands.ask(FloorOrders(self.floor.floor.rid))
            self.table.set_rows(rows)
            if rows:
                self.state.content()
                if self.table.current() is None:
                    self.table.pick_first()
            else:
                self.state.empty("这一层没有在用的医嘱")
            self._say()

    def right(self) -> None:
        """Space: it is as it should be."""
        self._set("")

    def right_all(self) -> None:
        """R: all of this resident that were not looked at yet."""
        row = self.table.current()
        if row is None:
            return
        mine = [one for one in self.table.rows_model.rows if one.person.rid == row.person.rid]
        for one in mine:
            self.said.setdefault(one.order.seen.rid, "")
        self._after(mine[-1])

    def wrong(self) -> None:
        """N: to the words."""
        self.words.setFocus()

    def keep_words(self) -> None:
        """Enter in the words: that is what is not right with the order under the cursor."""
        if words := self.words.text().strip():
            self._set(words)
            self.words.clear()
        self.table.setFocus()

    def finish(self) -> None:
        """Ctrl+Enter: the second person signs; what was not looked at is gone to."""
        if self.left:
            row = next(one for one in self.table.rows_model.rows if one.order.seen.rid not in self.said)
            self.table.pick(row.order.seen.rid)
            self.notice.refused(f"还有 {self.left} 条没有查对。")
            return
        wrong = sum(bool(words) for words in self.said.values())
        text = f"{self.floor.floor.words} {len(self.said)} 条医嘱，{wrong} 条有问题。请第二人签名确认。"
        self.proof = ProofSheet(self, "总查对：第二人签名", text)
        self.proof.done_with.connect(self.save)
        self.proof.open()

    @errand
    async def save(self) -> None:
        """A refusal leaves every answer as it was given."""
        sheet, station = self.proof, self.view.bench.station
        if sheet is None:
            return
        rows = self.table.rows_model.rows
        here = {row.order.seen.rid for row in rows}
        found: dict[UUID, str] = {rid: words for rid, words in self._found() if words and rid in here}
        try:
            second = await station.aside(station.prove, sheet.number.text().strip(), sheet.secret.text())
            order = ReviewOrders(self.floor.floor.rid, second, frozenset(here), found)
            await self.errands.do(order, busy=sheet.main)
        except Refusal as refusal:
            sheet.refuse(refusal.field, refusal.text)
            return
        sheet.accept()
        said = f"{len(found)} 条有问题，请报告医生" if found else "全部相符"
        self.view.bench.notice.done(f"{self.floor.floor.words}总查对完成：{len(rows)} 条，{said}。")
        self.accept()

    # inside -------------------------------------------------------------------------------------------------------

    def _found(self) -> list[tuple[UUID, str]]:
        return [(rid, words) for rid, words in self.said.items() if isinstance(rid, UUID)]

    def _set(self, words: str) -> None:
        if (row := self.table.current()) is not None:
            self.said[row.order.seen.rid] = words
            self._after(row)

    def _after(self, row: WorkRow) -> None:
        rows = self.table.rows_model.rows
        place = rows.index(row) + 1
        self.table.viewport().update()
        if place < len(rows):
            self.table.pick(rows[place].order.seen.rid)
        self._say()

    def _say(self) -> None:
        total = len(self.table.rows_model.rows)
        self.text.setText(
            f"{total} 条医嘱，还有 {self.left} 条没有查对。空格 相符　R 这位老人全部相符　N 写问题"
        )
        self.text.show()
        if self.main is not None:
            self.main.say(f"完成（还差 {self.left} 条）" if self.left else "完成，第二人签名")

    def _moved(self, row: WorkRow | None) -> None:
        self.whole.setText("" if row is None else confirm_words(self._zone, row.order))

    def _hear(self, _changes: Changes) -> None:
        if self.isVisible() and not self.errands.running:
            self.ask_again()

    def _connect(self) -> None:
        self.table.on_picked(self._moved)
        self.table.on_opened(lambda _row: self.right())
        self.words.returnPressed.connect(self.keep_words)
        self.done_with.connect(self.finish)
        bind(
            self.table,
            Key("Space", "相符，下一条", self.right),
            Key("R", "这位老人全部相符", self.right_all),
            Key("N", "写不符的情况", self.wrong),
        )
        bind(self, Key("Ctrl+Return", "完成，第二人签名", self.finish))

    def _lay_out(self) -> None:
        high = self.view.window().height() - look.sp(400)
        self.state.setMinimumHeight(max(look.sp(180), min(high, look.sp(520))))
        self.whole.setMinimumHeight(look.sp(40))
        self.body.addWidget(self.state, 1)
        self.body.addWidget(self.whole)
        self.body.addWidget(Labelled("不符的情况（这一条）", self.words))
        self.offer("完成").setDefault(False)
