"""处方: long and extended ones with how long they still go, free medicines of a month; begun, renewed, ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtGui import QResizeEvent

from app.core.changes import Changes
from app.medication.prescriptions import EXTENDED, FREE, LONG, PrescriptionRow, RxBoard, RxSheet
from app.medication.queries.order_people import WhoFor
from ui.kit import Key, RowsTable, bind, latest
from ui.kit.view import Bench, View
from ui.medication.rx_detail import RxFactsSheet
from ui.medication.rx_layout import EMPTY, ENDING, LISTS, RxPieces, lay_out
from ui.medication.rx_sheets import EndSheet, HandOutSheet, PickSheet
from ui.style import look

PANEL_FROM = 980
"""Width from which the whole of a prescription stands beside the list; below it Enter opens it."""
_TITLES = {LONG: "新长期处方", EXTENDED: "新延伸处方", FREE: "发放免费基本药物"}


class RxView(View):
    """`resident`: only theirs; `view`: which list; `pick`: the prescription to stand on."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"prescription", "med_statement", "med_order", "absence", "resident", "stay", "staff"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "处方")
        self.sheet: RxSheet | None = None
        self.only: UUID | None = None
        self.month: date | None = None
        self._wanted: UUID | None = None
        self.pieces = RxPieces(self)
        self.chips, self.state = self.pieces.chips, self.pieces.state
        lay_out(self, self.pieces)
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        if params.get("view") in dict(LISTS):
            self.chips.choose(params["view"])
        elif params.get("resident") is not None and self.chips.key == ENDING:
            self.chips.choose(LONG)
        if "resident" in params:
            self.only = params["resident"]
        self._wanted = params.get("pick")
        self.refresh()
        self._take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.state.asking(self.refresh, self._forget):
            self.pieces.show_only(
                "" if self.only is None else (await self.errands.ask(WhoFor(self.only))).name
            )
            self.sheet = await self.errands.ask(RxBoard(self.only, self.month))
            self._show(self.sheet)

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8, F9: the prescription under the cursor."""
        row = self.table.current()
        return None if row is None else ("prescription", row.seen.rid)

    @property
    def table(self) -> RowsTable[PrescriptionRow]:
        """The list that shows."""
        return self.pieces.tables[self.chips.key]

    def turn_month(self, step: int) -> None:
        """[ and ]: the free medicines of the month before or after."""
        if self.sheet is None or self.chips.key != FREE:
            return
        self.month = (self.sheet.month.replace(day=15) + timedelta(days=30 * step)).replace(day=1)
        self.refresh()

    def show_all(self) -> None:
        """Esc: those of everybody."""
        if self.only is not None:
            self.only = None
            self.refresh()

    # acts ---------------------------------------------------------------------------------------------------------

    def begin(self, what: str) -> None:
        """N, E, F: another prescription, for the one whose list this is or whoever is picked."""
        if self.only is not None:
            self._go_to_form(what, self.only)
            return
        sheet = PickSheet(self, _TITLES[what])
        sheet.picked.connect(lambda resident: self._go_to_form(what, resident))
        sheet.open()

    def renew(self) -> None:
        """R: a new one, filled in from the one under the cursor."""
        if (row := self.table.current()) is not None:
            self._go_to_form(row.what, row.resident, row)

    def hand_out(self) -> None:
        """H: the next part of an extended one."""
        row = self.table.current()
        if row is None or row.what != EXTENDED or row.ended:
            self.bench.notice.refused("只有在用的延伸处方分次领取，请先选一张。")
            return
        sheet = HandOutSheet(self, row)
        sheet.noted.connect(self.bench.notice.done)
        sheet.open()

    def end(self) -> None:
        """X: it ends before its time."""
        row = self.table.current()
        if row is None or row.ended:
            self.bench.notice.refused("请先选一张还没结束的处方。")
            return
        sheet = EndSheet(self, row)
        sheet.noted.connect(self.bench.notice.done)
        sheet.open()

    def print_list(self) -> None:
        """P: the free medicines of the month as 登记表."""
        if self.sheet is None or self.chips.key != FREE or not self.sheet.free:
            self.bench.notice.refused("请先转到有发放记录的“免费基本药物”月份，再打印月清单。")
            return
        back = ("prescriptions", {"view": FREE})
        record = self.sheet.free[0].seen.rid
        asked = {"sheet": "free-list", "resident": record, "about": "prescription", "first": self.sheet.month}
        self.bench.go("preview", {**asked, "back": back})

    def open_row(self) -> None:
        """Enter: the prescription whole."""
        if (row := self.table.current()) is not None:
            RxFactsSheet(self, row).open()

    def open_chart(self) -> None:
        if (row := self.table.current()) is not None:
            self.bench.go("chart", {"resident": row.resident, "tab": "medication", "back": "prescriptions"})

    # inside -------------------------------------------------------------------------------------------------------

    def _go_to_form(self, what: str, resident: UUID, row: PrescriptionRow | None = None) -> None:
        self.bench.go("prescription", {"what": what, "resident": resident, "renews": row})

    def _choose(self, key: str) -> None:
        self.chips.choose(key)
        if self.sheet is not None:
            self._show(self.sheet)
        self._take_keys()

    def _show(self, sheet: RxSheet) -> None:
        keys_here = self.hasFocus() or any(table.hasFocus() for table in self.pieces.tables.values())
        self.pieces.show_sheet(sheet)
        table = self.table
        if table.rows_model.rows:
            self.state.content()
            # a list that is turned to gets the focus, and with it a current row that is not selected
            selected = table.selectionModel().hasSelection()
            if not (self._wanted and table.pick(self._wanted)) and not selected:
                table.pick_first()
            self._wanted = None
        else:
            self.state.empty(*EMPTY[self.chips.key])
        self.pieces.show_current(table.current())
        if keys_here:
            self._take_keys()

    def _forget(self) -> None:
        self.sheet = None
        self.pieces.show_current(None)

    def _take_keys(self) -> None:
        (self.table if self.table.isVisibleTo(self) else self).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pieces.panel.setVisible(self.width() >= look.sp(PANEL_FROM))

    def _connect(self) -> None:
        pieces = self.pieces
        self.chips.group.buttonClicked.connect(lambda: self._choose(self.chips.key))
        for table in pieces.tables.values():
            table.on_opened(lambda _row: self.open_row())
            table.on_picked(pieces.show_current)
        pieces.only.clicked.connect(self.show_all)
        pieces.long.allowed.connect(partial(self.begin, LONG))
        pieces.extended.allowed.connect(partial(self.begin, EXTENDED))
        pieces.free.allowed.connect(partial(self.begin, FREE))
        for button, act in (
            (pieces.renew, self.renew),
            (pieces.hand, self.hand_out),
            (pieces.end, self.end),
            (pieces.print, self.print_list),
        ):
            button.allowed.connect(act)
        bind(
            self,
            *(
                Key(str(place), words, partial(self._choose, key))
                for place, (key, words) in enumerate(LISTS, 1)
            ),
            Key("Up Down", "选择"),
            Key("Return", "看整张处方"),
            Key("N", "新长期处方", pieces.long.ask),
            Key("E", "新延伸处方", pieces.extended.ask),
            Key("F", "发放免费基本药物", pieces.free.ask),
            Key("R", "续方：照这张再开", pieces.renew.ask),
            Key("H", "延伸处方领取", pieces.hand.ask),
            Key("X", "结束；免费药作废", pieces.end.ask),
            Key("P", "打印免费药月清单", pieces.print.ask),
            Key("[", "免费药：前一个月", partial(self.turn_month, -1)),
            Key("]", "免费药：后一个月", partial(self.turn_month, 1)),
            Key("O", "打开老人用药", self.open_chart),
            Key("Esc", "看全部老人", self.show_all),
        )
