"""What can be done from the tab: enter, correct, retract, move, set limits, print; each in a sheet of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.access.queries import MayI
from app.core.clock import date_in
from app.core.roles import Right
from app.vitals.queries.record import VitalLine, VitalRecordRow
from app.vitals.service import TakeBackSet
from ui.kit import errand
from ui.kit.chart import Who
from ui.kit.sheet import Sheet
from ui.kit.view import View
from ui.vitals.change_sheets import CorrectSheet, RetractSheet, WrongResidentSheet
from ui.vitals.entry_sheet import EntrySheet
from ui.vitals.print_sheet import PrintSheet
from ui.vitals.profile_sheet import ProfileSheet


@dataclass(frozen=True)
class Shown:
    """What the acts ask of the tab: whose record it is, the value under the cursor, what would be printed."""

    whose: Callable[[], tuple[Who, VitalRecordRow] | None]
    line: Callable[[], VitalLine | None]
    to_print: Callable[[], tuple[str, tuple[date, date]]]
    arrive: Callable[[], None]
    """Give the focus back once a sheet has closed."""


class VitalActs:
    """One sheet is open at a time."""

    def __init__(self, view: View, shown: Shown) -> None:
        self.view, self.shown = view, shown
        self.bench, self.errands = view.bench, view.errands
        self.sheet: Sheet | None = None

    def start_entry(self) -> None:
        """V: the sheet of all signs."""

        def act(who: Who, record: VitalRecordRow) -> None:
            self._open(EntrySheet(self.view, who, record.profile, self._recorded))

        self._if_may(Right.RECORD_VITALS, act)

    def start_correction(self) -> None:
        """E: the value under the cursor."""
        self._on_line(
            lambda who, line, record: CorrectSheet(self.view, who, line, self._told, record.profile)
        )

    def start_retraction(self) -> None:
        """D: the value under the cursor was an error."""
        self._on_line(lambda who, line, _record: RetractSheet(self.view, who, line, self._told))

    def start_moving(self) -> None:
        """W: the visit under the cursor was another resident's."""

        def sheet(who: Who, line: VitalLine, record: VitalRecordRow) -> Sheet:
            visit = tuple(one for one in record.standing() if one.taken.set_id == line.taken.set_id)
            return WrongResidentSheet(self.view, who, visit, self._told)

        self._on_line(sheet)

    def start_limits(self) -> None:
        """L: what holds for this person."""
        self._if_may(
            Right.SET_VITAL_LIMITS,
            lambda who, record: self._open(ProfileSheet(self.view, who, record.profile, self._told)),
        )

    def start_printing(self) -> None:
        """P: which sheet, of which days."""
        self._if_may(Right.PRINT_RECORDS, lambda _who, _record: self._choose_sheet())

    @errand
    async def take_back(self, set_id: UUID) -> None:
        """The visit just recorded was a slip."""
        await self.errands.do(TakeBackSet(set_id))
        self.bench.notice.done("已撤销刚才的录入，变更历史里仍可查看。")

    def _on_line(self, make: Callable[[Who, VitalLine, VitalRecordRow], Sheet]) -> None:
        line = self.shown.line()
        if line is None:
            self.bench.notice.refused("请先在“曲线”里用 ←→，或在“记录”里用 ↑↓，选中一个数值。")
        elif line.retracted:
            self.bench.notice.refused(f"这条记录已作废（{line.reason}），不能再改。")
        else:
            self._if_may(Right.RECORD_VITALS, lambda who, record: self._open(make(who, line, record)))

    def _if_may(self, right: Right, act: Callable[[Who, VitalRecordRow], None]) -> None:
        """Do it, or say who may."""
        whose = self.shown.whose()
        if whose is None or self.sheet is not None:
            return
        if self.bench.actor.may(right):
            act(*whose)
        else:
            self.errands.start(f"who may {right.name}", lambda: self._say_who_may(right))

    async def _say_who_may(self, right: Right) -> None:
        await self.errands.ask(MayI(right))

    def _choose_sheet(self) -> None:
        zone = self.bench.station.settings.zone
        sheet, span = self.shown.to_print()
        choice = PrintSheet(self.view, sheet, span, date_in(zone, self.bench.desk.clock.now()))
        choice.asked.connect(self._preview)
        self._open(choice)

    def _preview(self, sheet: str, first: object, last: object) -> None:
        whose = self.shown.whose()
        if whose is not None:
            resident = whose[0].rid
            back = ("chart", {"resident": resident, "tab": "vitals"})
            span = {"first": first, "last": last}
            self.bench.go("preview", {"sheet": sheet, "resident": resident, **span, "back": back})

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(self._closed)
        sheet.open()

    def _closed(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
            self.sheet = None
        self.shown.arrive()

    def _recorded(self, set_id: UUID, words: str) -> None:
        self.bench.notice.done(words, undo=lambda: self.take_back(set_id))

    def _told(self, words: str) -> None:
        self.bench.notice.done(words)
