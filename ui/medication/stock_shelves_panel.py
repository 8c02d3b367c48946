"""库存 and 自备药: shelves of the ward, or of residents, searched by name or barcode; every act by its key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.core.clock import date_in
from app.core.errors import Refusal
from app.incidents.queries import PeopleHere, Somebody
from app.medication.rules.drug import Drug
from app.medication.stock.form import DrugsKnown
from app.medication.stock.own import EndAgreement
from app.medication.stock.queries import Cupboard, StockRow, SupplyOf
from ui.kit import ChipRow, Key, RowsTable, SearchField, bind, errand, latest
from ui.kit.view import View
from ui.kit.why_sheet import WhySheet
from ui.medication.stock_agree_sheet import AgreeSheet
from ui.medication.stock_columns import shelf_columns
from ui.medication.stock_count_sheet import CountSheet
from ui.medication.stock_ledger_sheet import LedgerSheet
from ui.medication.stock_panel import PanelAct, StockPanel
from ui.medication.stock_sheet import StockTask
from ui.medication.stock_tasks import (
    disposal_task,
    hand_back_task,
    opening_task,
    receipt_task,
    transfer_task,
)
from ui.style import look

ALL, ALARMED = "all", "alarmed"
_EMPTY = {
    False: ("病区药柜还没有药", "按 N 入库；入库后，给药会自动扣减。"),
    True: ("还没有自备药", "老人自带药品到院时，先签协议（G），再按 N 入库。"),
}


class ShelvesPanel(StockPanel):
    """`own`: what residents brought. Enter opens the book of a shelf."""

    def __init__(self, view: View, *, own: bool) -> None:
        super().__init__(view)
        self.own = own
        words = "自备药" if own else "病区库存"
        self.search = SearchField("找药品", "药名、拼音、扫条码" + ("或老人" if own else ""), keys="Ctrl F")
        self.search.setMinimumWidth(look.sp(270))
        self.search.setMaximumWidth(look.sp(360))
        self.chips = ChipRow(((ALL, "全部"), (ALARMED, "有提醒")))
        self.table: RowsTable[StockRow] = RowsTable(shelf_columns(own=own), lambda row: row.key, words=words)
        self.lay_out(self.table, self._acts(), self.chips, self.search)
        self.search.searched.connect(self.refresh)
        self.search.returnPressed.connect(self._entered)
        self.chips.group.buttonClicked.connect(self.refresh)
        self.table.on_opened(self.open_book)
        bind(
            self,
            Key("Up Down", "选择"),
            Key("Return", "出入明细"),
            Key("A", "只看有提醒的", self._only_alarmed),
        )

    def _acts(self) -> tuple[PanelAct, ...]:
        first = (
            PanelAct("N", "入库", self.receive, "plus", main=True),
            PanelAct("C", "盘点", self.count_shelf, "list-checks"),
            PanelAct("O", "开封", self.open_pack, rare=True),
            PanelAct("D", "报损", self.dispose, "trash-2", rare=self.own),
            PanelAct("T", "调拨", self.transfer, "arrow-left-right", rare=self.own),
        )
        if not self.own:
            return (*first, PanelAct("P", "打印盘点", self.print_counts, rare=True))
        return (
            PanelAct("G", "协议", self.agree, "file-check"),
            PanelAct("B", "退还家属", self.give_back, "undo-2"),
            *first,
            PanelAct("P", "打印协议", self.print_agreement, rare=True),
        )

    def print_counts(self) -> None:
        """P: the counts of the month on paper."""
        today = date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())
        first = today.replace(day=1)
        self.print_out("stock-count", self.bench.actor.rid, about="stock_move", first=first, last=today)

    def print_agreement(self) -> None:
        """P: the agreement of this resident's family; before there is one, a form to sign by hand."""
        if (row := self.table.current()) is not None and row.owner is not None:
            self.print_out("own-supply", row.owner)

    def look_for(self) -> None:
        """Ctrl+F: the search."""
        self.search.setFocus()
        self.search.selectAll()

    def arrive(self) -> None:
        self.table.setFocus()

    @latest
    async def refresh(self) -> None:
        """Ask again for the shelves as searched."""
        with self.state.asking(self.refresh):
            question = Cupboard(self.own, self.search.text(), self.chips.key == ALARMED)
            self.show_rows(await self.errands.ask(question))

    def show_rows(self, rows: tuple[StockRow, ...]) -> None:
        self.table.set_rows(rows)
        wrong = sum(bool(row.alarms or row.note) for row in rows)
        self.count.setText(f"共 {len(rows)} 种，{wrong} 种有提醒" if rows else "")
        if rows:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        elif typed := self.search.text().strip():
            self.state.empty(f"没有找到“{typed}”", "可能还没有入库。", ("入库", self.receive))
        elif self.chips.key == ALARMED:
            self.state.empty("没有要处理的提醒", "账面为负、过期、近效期、开封超期和快用完的会列在这里。")
        else:
            self.state.empty(*_EMPTY[self.own], ("入库", self.receive))

    # acts ---------------------------------------------------------------------------------------------------------

    def open_book(self, row: StockRow) -> None:
        """Enter: every movement of the shelf."""
        sheet = LedgerSheet(self.view, row)
        sheet.changed.connect(self.refresh)
        sheet.open()

    @errand
    async def receive(self) -> None:
        """N: a lot came in; what is searched for is the medicine meant, if it is one."""
        listed = await self.errands.ask(DrugsKnown())
        people: tuple[Somebody, ...] | None = None
        if self.own:
            people = await self.errands.ask(PeopleHere())
        row = self.table.current()
        typed = self.search.text().strip()
        found = listed.search.find(typed, 2) if typed else ()
        known: tuple[Drug | None, StockRow | None] = (None, None)
        if len(found) == 1:
            known = (found[0], row if row is not None and row.drug == found[0].code else None)
        elif row is not None and self.table.hasFocus():
            known = (listed.get(row.drug), None if self.own else row)
        self.open_task(receipt_task(self._today(), listed, people, known))

    def count_shelf(self) -> None:
        """C: what is really there."""
        if (row := self._picked()) is not None:
            sheet = CountSheet(self.view, [row])
            sheet.kept.connect(self.done)
            sheet.open()

    def open_pack(self) -> None:
        if (row := self._with_lots()) is not None:
            self.open_task(opening_task(row, self._today()))

    def dispose(self) -> None:
        if (row := self._with_lots()) is not None:
            self.open_task(disposal_task(row))

    @errand
    async def transfer(self) -> None:
        people = await self.errands.ask(PeopleHere())
        if (row := self._with_lots()) is not None:
            self.open_task(transfer_task(row, people))

    def give_back(self) -> None:
        if (row := self._with_lots()) is not None and row.owner is not None:
            self._open(lambda: hand_back_task(row))

    @errand
    async def agree(self) -> None:
        """G: the family's agreement; where one stands, it can be ended."""
        row = self.table.current()
        people = await self.errands.ask(PeopleHere(row.owner if row else None))
        if row is None or row.owner is None:
            self._sign(people, None)
            return
        supply = await self.errands.ask(SupplyOf(row.owner))
        if supply.agreement is None:
            self._sign(people, row)
            return
        standing = supply.agreement
        text = f"{row.name} {row.bed}　{standing.relation} {standing.name} 已签自备药协议。{standing.words}"
        sheet = WhySheet(self, "作废自备药协议", text, "作废")
        sheet.said.connect(lambda why: self.end_agreement(standing.seen, why))
        sheet.open()

    @errand
    async def end_agreement(self, seen: object, why: str) -> None:
        await self.errands.do(EndAgreement(seen, why))  # type: ignore[arg-type]  # a signal carries objects
        self.done("协议已作废，原来的仍可查看。")

    def _sign(self, people: tuple[Somebody, ...], row: StockRow | None) -> None:
        sheet = AgreeSheet(self.view, people, row.owner if row else None)
        sheet.kept.connect(self.done)
        sheet.open()

    # inside -------------------------------------------------------------------------------------------------------

    def _open(self, make: Callable[[], StockTask]) -> None:
        try:
            self.open_task(make())
        except Refusal as refusal:
            self.bench.notice.refused(refusal.text)

    def _picked(self) -> StockRow | None:
        row = self.table.current()
        if row is None:
            self.bench.notice.say("先用 ↑↓ 选一种药。", seconds=8)
        return row

    def _with_lots(self) -> StockRow | None:
        """The row under the cursor, if there is something on its shelf; else it is said why not."""
        row = self._picked()
        if row is not None and not row.lots:
            self.bench.notice.say(f"{row.words} 账面上没有可动用的批号，请先入库或盘点。", seconds=8)
            return None
        return row

    def _entered(self) -> None:
        """Enter in the search, as a scanner sends it: to the rows, or to the receipt of what is not there yet."""
        rows = self.table.rows_model.rows
        if rows:
            self.table.setFocus()
            self.table.pick(rows[0].key)
        elif self.search.text().strip():
            self.receive()

    def _only_alarmed(self) -> None:
        self.chips.choose(ALL if self.chips.key == ALARMED else ALARMED)
        self.refresh()

    def _today(self) -> date:
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())
