"""辅具: what is out or overdue, what plans prescribe and nobody lent, what came back; lent and returned by keys."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from app.core.changes import Changes
from app.core.clock import date_in
from app.core.orders import Order
from app.rehab.aids import Aids, AidsRow, LoanRow, RetractLoan
from app.rehab.queries.people import RehabPerson
from app.residents.queries import Chart
from ui.kit import Key, Sheet, bind, errand, latest
from ui.kit.view import Bench, Crumb, View
from ui.kit.why_sheet import WhySheet
from ui.rehab.aid_sheets import CorrectLoanSheet, LendSheet, ReturnSheet
from ui.rehab.aids_layout import FILTERS, OUT, OVERDUE, RETURNED, WANTED, AidsPieces
from ui.rehab.people_sheet import PeopleSheet

_EMPTY = {
    OUT: ("没有借出的辅具", "按 N 把辅具借给老人；康复计划里写的辅具在“未领”里。"),
    OVERDUE: ("没有逾期未还的辅具", "过了应还日期还没有归还的辅具会列在这里。"),
    WANTED: ("没有未领的辅具", "康复计划里写了、还没有借给老人的辅具会列在这里。"),
    RETURNED: ("没有归还的辅具", "归还的辅具连同归还时的状况会列在这里。"),
}


@dataclass(frozen=True)
class AidLine:
    """A loan, or without one an aid that a plan prescribes."""

    resident: UUID
    name: str
    words: str
    loan: LoanRow | None = None

    @property
    def key(self) -> Hashable:
        return self.loan.seen.rid if self.loan is not None else (self.resident, self.words)


class AidsView(View):
    """Opened with `{"resident": rid}` it shows that resident alone; with `{"view": …}` one of its lists."""

    kinds: ClassVar[frozenset[str]] = frozenset({"aid_loan", "rehab_plan", "resident"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "辅具")
        self.crumbs = (Crumb("康复", "rehab"), Crumb("辅具"))
        self.aids = AidsRow((), ())
        self.resident: UUID | None = None
        self.pieces = AidsPieces(self)
        self.table, self.state = self.pieces.table, self.pieces.state
        self._connect()

    def opened(self, params: Mapping[str, Any]) -> None:
        self.resident = params.get("resident")
        self.pieces.chips.choose(params["view"] if params.get("view") in dict(FILTERS) else OUT)
        self.refresh()
        self._take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.state.asking(self.refresh):
            self.aids = await self.errands.ask(Aids(self.resident, returned=True))
            if self.resident is None:
                self.pieces.say_scope("")
            else:
                self.pieces.say_scope((await self.errands.ask(Chart(self.resident))).name)
            self._show()

    def lines(self, which: str) -> tuple[AidLine, ...]:
        """One of the lists."""
        if which == WANTED:
            return tuple(AidLine(rid, name, words) for rid, name, words in self.aids.wanted)
        kept = {
            OUT: lambda one: one.returned_at is None,
            OVERDUE: lambda one: one.overdue,
            RETURNED: lambda one: one.returned_at is not None,
        }[which]
        return tuple(AidLine(one.resident, one.name, one.words, one) for one in self.aids.loans if kept(one))

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the loan."""
        loan = self._loan()
        return None if loan is None else ("aid_loan", loan.seen.rid)

    # acts ---------------------------------------------------------------------------------------------------------

    def lend(self) -> None:
        """N: to the resident of the row that wants one, or of this page; else somebody is picked."""
        row = self.table.current()
        if row is not None and row.loan is None:
            self._lend_to(row.resident, row.words)
        elif self.resident is not None:
            self._lend_to(self.resident, "")
        else:
            today = date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())
            sheet = PeopleSheet(self, today)
            sheet.picked.connect(lambda person: self._ask(LendSheet(self, person)))
            sheet.rejected.connect(self._take_keys)
            sheet.open()

    def opened_row(self, row: AidLine) -> None:
        """Enter: lend what is wanted, take back what is out, put right what came back."""
        if row.loan is None:
            self.pieces.lend.ask()
        elif row.loan.returned_at is None:
            self.pieces.back.ask()
        else:
            self.pieces.correct.ask()

    def take_back(self) -> None:
        """R."""
        loan = self._loan()
        if loan is None:
            self._say("先选中一件借出的辅具。")
        elif loan.returned_at is not None:
            self._say(f"{loan.words}已经归还。")
        else:
            self._ask(ReturnSheet(self, loan))

    def correct(self) -> None:
        """E."""
        loan = self._loan()
        if loan is None:
            self._say("先选中一条借用记录。")
        else:
            self._ask(CorrectLoanSheet(self, loan))

    def retract(self) -> None:
        """X: it was entered in error."""
        loan = self._loan()
        if loan is None:
            self._say("先选中一条借用记录。")
            return
        text = f"{loan.name}　{loan.words}。记录保留，变更历史里能查到。"
        sheet = WhySheet(self, "撤销借用记录", text, "撤销")
        sheet.words.setPlaceholderText("如：录错老人、重复登记")
        sheet.said.connect(
            lambda why: self._do(RetractLoan(loan.seen, why), f"{loan.name}的借用记录已撤销。")
        )
        self._open(sheet)

    def show_everybody(self) -> None:
        """A: everybody again."""
        self.resident = None
        self.refresh()

    # inside -------------------------------------------------------------------------------------------------------

    @errand
    async def _lend_to(self, resident: UUID, words: str) -> None:
        chart = await self.errands.ask(Chart(resident))
        person = RehabPerson(resident, chart.number, chart.name, chart.sex, chart.bed, "")
        self._ask(LendSheet(self, person, words))

    @errand
    async def _do(self, order: Order[Any], said: str) -> None:
        await self.errands.do(order)
        self.bench.notice.done(said)

    def _ask(self, sheet: Any) -> None:
        sheet.kept.connect(self.bench.notice.done)
        self._open(sheet)

    def _open(self, sheet: Sheet) -> None:
        sheet.finished.connect(self._take_keys)
        sheet.open()

    def _loan(self) -> LoanRow | None:
        row = self.table.current()
        return row.loan if row is not None else None

    def _say(self, words: str) -> None:
        self.bench.notice.say(words, seconds=8)

    def _show(self) -> None:
        chips = self.pieces.chips
        for key, words in FILTERS:
            count = len(self.lines(key))
            chips.say(key, f"{words} {count}" if count and key != RETURNED else words)
        shown = self.lines(chips.key)
        keys_here = self.hasFocus() or self.table.hasFocus()
        self.table.set_rows(shown)
        self.pieces.say_count(chips.key, len(shown))
        if shown:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        else:
            self.state.empty(*_EMPTY[chips.key])
        if keys_here:
            self._take_keys()

    def _choose(self, key: str) -> None:
        self.pieces.chips.choose(key)
        self._show()

    def _take_keys(self) -> None:
        """The focus on the table, or while a sentence stands in its place on the view."""
        (self.table if self.table.isVisibleTo(self) else self).setFocus()

    def _open_plan(self) -> None:
        row = self.table.current()
        resident = row.resident if row is not None else self.resident
        if resident is not None:
            self.bench.go("rehab", {"resident": resident})

    def _connect(self) -> None:
        pieces = self.pieces
        pieces.chips.group.buttonClicked.connect(self._show)
        pieces.everybody.clicked.connect(self.show_everybody)
        pieces.lend.allowed.connect(self.lend)
        pieces.back.allowed.connect(self.take_back)
        pieces.correct.allowed.connect(self.correct)
        pieces.retract.allowed.connect(self.retract)
        self.table.on_opened(self.opened_row)
        bind(
            self,
            Key("Up Down", "选择"),
            Key("Return", "借出、归还或更正这一件"),
            Key("N", "借出", pieces.lend.ask),
            Key("R", "归还", pieces.back.ask),
            Key("E", "更正", pieces.correct.ask),
            Key("X", "撤销录错的记录", pieces.retract.ask),
            Key("A", "看全部老人", self.show_everybody),
            Key("O", "打开老人的康复计划", self._open_plan),
            *(
                Key(str(place), words, partial(self._choose, key))
                for place, (key, words) in enumerate(FILTERS, 1)
            ),
        )
