"""What is done from the list of work: the row leads to where it is done, or its sheet opens right here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from app.core.clock import date_in
from app.core.orders import Order
from app.core.roles import Right
from app.rehab.around import InTwoPlaces
from app.rehab.queries.week_rows import ProgrammeLine
from app.rehab.queries.work import GOAL, MISSED, OPEN, RARE, REVIEW, SIGN, UNPLACED, WorkRow
from app.rehab.scheduling import LetGo, UndoBooking
from app.residents.stating import Seen
from ui.kit import Sheet, errand
from ui.kit.why_sheet import WhySheet
from ui.rehab.accepting import ask_whether
from ui.rehab.booking_asked import make_up_asked, once_asked
from ui.rehab.booking_sheets import Asked, PlaceSheet
from ui.rehab.booking_weekly import WeeklySheet

if TYPE_CHECKING:
    from ui.kit.errands import Errands
    from ui.rehab.work_view import WorkView

BACK: tuple[str, dict[str, Any]] = ("rehab-work", {})


class WorkActs:
    """`undoable`: what the last acts wrote, taken back by Z; nothing of it after an act that Z cannot take back."""

    def __init__(self, view: WorkView) -> None:
        self._view, self._bench = view, view.bench
        self.errands: Errands = view.errands
        self.undoable: list[tuple[Seen, ...]] = []
        self._ways: dict[str, Callable[[WorkRow], None]] = {
            REVIEW: self.review,
            SIGN: self.sign,
            MISSED: self.make_up,
            UNPLACED: self.place,
            GOAL: self.open_plan,
            RARE: self.place_once,
            OPEN: self.open_session,
        }

    def act(self, row: WorkRow) -> None:
        """Enter."""
        self._ways[row.what](row)

    def review(self, row: WorkRow) -> None:
        """The middle evaluation, with what it is made for."""
        if not self._bench.actor.may(Right.PLAN_REHAB):
            self.open_plan(row)
            return
        params = {"resident": row.resident, "stage": "middle", "cause": row.cause, "back": BACK}
        self._bench.go("rehab-evaluation", params)

    def sign(self, row: WorkRow) -> None:
        self._bench.go("rehab-plan", {"plan": row.plan, "act": "sign", "back": BACK})

    def open_plan(self, row: WorkRow) -> None:
        self._bench.go("rehab", {"resident": row.resident})

    def open_session(self, row: WorkRow) -> None:
        """To the session as it stands, to be ended or written down."""
        self._bench.go("rehab-session", {"key": row.session, "back": BACK})

    def open_week(self, row: WorkRow) -> None:
        self._bench.go("rehab-week", {"resident": row.resident})

    def make_up(self, row: WorkRow) -> None:
        """One more instead of the one that was missed."""
        if row.missed is not None and self._may():
            self._ask_place(make_up_asked(row.missed, self._today, self._view.work.therapists))

    def let_go(self) -> None:
        """Delete: a missed session is not made up for, and why."""
        row = self._view.table.current()
        if row is None or row.missed is None:
            self._bench.notice.say("只有缺次可以不补。", seconds=8)
            return
        if not self._may():
            return
        missed = row.missed
        title = f"不补 {row.name} {missed.words}"
        sheet = WhySheet(
            self._view, title, f"{missed.day:%m-%d} {missed.time} 的训练，{missed.state}。", "不补"
        )
        sheet.words.setPlaceholderText("如：老人不愿补、病情变化")
        said = f"{row.name} {missed.day:%m-%d} 的训练不补"
        sheet.said.connect(lambda why: self._do(LetGo(missed.key, why), said))
        self._open(sheet)

    def place(self, row: WorkRow) -> None:
        """Fixed times of the week for a line that has not all of them."""
        line = row.line
        if line is None or not self._may():
            return
        sheet = WeeklySheet(self._view, line)
        sheet.written.connect(self.undoable.clear)
        sheet.once.clicked.connect(sheet.accept)
        sheet.once.clicked.connect(lambda: self._ask_once(line))
        self._open(sheet)

    def place_once(self, row: WorkRow) -> None:
        if row.line is not None and self._may():
            self._ask_once(row.line)

    @errand
    async def undo(self) -> None:
        """Z: what was just done was a slip."""
        if not self.undoable:
            self._bench.notice.say("没有可以撤销的改动。", seconds=8)
            return
        await self._undo(())

    async def _undo(self, accept: tuple[str, ...]) -> None:
        """The place it goes back to may be somebody else's by now: then it is asked about."""
        seen = self.undoable[-1]
        try:
            await self.errands.do(UndoBooking(seen, accept))
        except InTwoPlaces as found:
            sheet = ask_whether(
                self._view,
                found,
                lambda names: self.errands.start("undo in spite", partial(self._undo, (*accept, *names))),
            )
            sheet.finished.connect(self._view.take_keys)
            return
        self.undoable.remove(seen)
        self._bench.notice.done("已撤销。")

    # inside -------------------------------------------------------------------------------------------------------

    def _ask_once(self, line: ProgrammeLine) -> None:
        self._ask_place(once_asked(line, self._today, self._view.work.therapists))

    def _ask_place(self, asked: Asked) -> None:
        sheet = PlaceSheet(self._view, asked)
        head = asked.title.split("：")[-1]
        sheet.placed.connect(
            lambda placing, place: self._done(placing.seen, f"{head} 已排在 {place.day:%m-%d} {place.time}")
        )
        self._open(sheet)

    def _do(self, order: Order[Any], said: str) -> None:
        self.errands.start("work", partial(self._act, order, said))

    async def _act(self, order: Order[Seen], said: str) -> None:
        self._done((await self.errands.do(order),), said)

    def _done(self, seen: tuple[Seen, ...], said: str) -> None:
        self.undoable.append(seen)
        self._bench.notice.done(f"{said}。", undo=self.undo)

    def _open(self, sheet: Sheet) -> None:
        sheet.finished.connect(self._view.take_keys)
        sheet.open()

    def _may(self) -> bool:
        may = self._bench.actor.may(Right.SCHEDULE_REHAB)
        if not may:
            self._bench.notice.refused("您没有“排康复训练”的权限，可以看，不能改。")
        return may

    @property
    def _today(self) -> Any:
        return date_in(self._bench.station.settings.zone, self._bench.desk.clock.now())
