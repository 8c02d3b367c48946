"""What the keys of the week board do: the sheets they open, and the orders these give."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from app.core.errors import Refusal, Trouble
from app.core.orders import Order
from app.core.roles import Right
from app.rehab.around import InTwoPlaces
from app.rehab.form.week import People
from app.rehab.queries.missed import MissedRow, MissedSessions
from app.rehab.queries.week_rows import BoardSession, Offer, ProgrammeLine
from app.rehab.scheduling import (
    CancelSession,
    LetGo,
    MoveSession,
    Placing,
    UndoBooking,
    when_words,
)
from app.rehab.scheduling.placing import Place
from app.residents.stating import Seen
from ui.kit import Sheet
from ui.kit.why_sheet import WhySheet
from ui.rehab.accepting import ask_whether
from ui.rehab.booking_asked import make_up_asked, move_asked, once_asked
from ui.rehab.booking_detail import SessionSheet
from ui.rehab.booking_lists import LinesSheet, MissedSheet
from ui.rehab.booking_off import OffSheet
from ui.rehab.booking_sheets import AcceptSheet, Asked, PlaceSheet
from ui.rehab.booking_weekly import WeeklySheet

if TYPE_CHECKING:
    from ui.rehab.week_view import WeekView


class WeekActs:
    """`undoable`: what the last acts wrote, taken back by Z; nothing of it after an act that Z cannot take back."""

    def __init__(self, view: WeekView) -> None:
        self._view = view
        self._grid = view.grid
        self.undoable: list[tuple[Seen, ...]] = []

    # moving -------------------------------------------------------------------------------------------------------

    def move(self) -> None:
        """M: take up the session under the cursor."""
        session = self._grid.session()
        if session is None:
            self._say("先选中一次训练，再按 M。")
        elif not self._may() or self._grid.begin_move():
            return
        else:
            self._say("这次训练已有记录或已取消，不能改期。")

    def drop(self) -> None:
        """What is being moved stays where it is; a conflict that blocks is asked about first."""
        moving = self._grid.moving
        if moving is None:
            return
        if moving.target.unmoved:
            self._grid.put_back()
            return
        if not moving.blocking:
            self._view.errands.start("move", partial(self._move, ()))
            return
        sheet = AcceptSheet(self._view, moving.told)
        names = tuple(one.name for one in moving.blocking)
        sheet.done_with.connect(lambda: self._view.errands.start("move", partial(self._move, names)))
        sheet.rejected.connect(self._grid.setFocus)
        sheet.open()

    async def _move(self, accept: tuple[str, ...]) -> None:
        moving = self._grid.moving
        if moving is None:
            return
        target, session = moving.target, moving.session
        order = MoveSession(
            session.key,
            target.day,
            target.time,
            target.therapist,
            accept=accept,
            whole_group=len(session.members) > 1,
        )
        try:
            placing = await self._view.errands.do(order)
        except (Refusal, Trouble):
            self._grid.put_back()
            raise
        self._placed(
            placing, f"{session.residents} {session.words} 已改到 {when_words(self._zone, target.at)}"
        )

    def take_offer(self, offer: Offer) -> None:
        """A conflict is settled by a time that suits both."""
        order = MoveSession(offer.key, offer.day, offer.time, why="有冲突")
        self._do(order, f"已{offer.words}")

    def move_by_form(self) -> None:
        """R: another time by date and hour."""
        session = self._grid.session()
        if session is None or not session.movable:
            self._say("先选中一次还没有记录的训练。")
        elif self._may():
            self._ask_place(move_asked(session, self._people(), self._zone))

    # putting on the board -----------------------------------------------------------------------------------------

    def add(self, *, missing_only: bool = False) -> None:
        """N: one more session, or fixed times of a line that has not all of them; U: only of these."""
        if self._may():
            sheet = LinesSheet(self._view, missing_only=missing_only)
            sheet.chosen.connect(lambda one: self._line_chosen(one))  # noqa: PLW0108  # the signal carries object
            self._open(sheet)

    def _line_chosen(self, line: ProgrammeLine) -> None:
        if not line.per_week:  # less often than every week: each session is booked by itself
            self._ask_once(line)
            return
        sheet = WeeklySheet(self._view, line)
        sheet.written.connect(self.undoable.clear)
        sheet.once.clicked.connect(sheet.accept)
        sheet.once.clicked.connect(lambda: self._ask_once(line))
        self._open(sheet)

    def _ask_once(self, line: ProgrammeLine) -> None:
        day = max(self._grid.day() or self._view.today, self._view.today)
        self._ask_place(once_asked(line, day, self._people()))

    def missed(self) -> None:
        """B: missed sessions that wait."""
        sheet = MissedSheet(self._view, MissedSessions())
        sheet.to_make_up.connect(lambda one: self._make_up(one))  # noqa: PLW0108  # the signal carries object
        sheet.to_let_go.connect(lambda one: self._let_go(one))  # noqa: PLW0108  # the signal carries object
        self._open(sheet)

    def _make_up(self, row: MissedRow) -> None:
        if self._may():
            self._ask_place(make_up_asked(row, self._view.today, self._people()))

    # ending -------------------------------------------------------------------------------------------------------

    def cancel(self) -> None:
        """Delete: the session is not to be held, and why."""
        session = self._grid.session()
        if session is None:
            self._say("先选中一次训练。")
            return
        if not self._may():
            return
        when = when_words(self._zone, session.at)
        sheet = WhySheet(
            self._view, f"取消 {session.residents} {session.words}", f"{when}，只取消这一次。", "取消这次"
        )
        sheet.words.setPlaceholderText("如：家属探视、外出就诊")
        order = partial(CancelSession, session.key, whole_group=len(session.members) > 1)
        said = f"{session.residents} {session.words} {when} 已取消"
        sheet.said.connect(lambda why: self._do(order(why=why), said))
        self._open(sheet)

    def _let_go(self, row: MissedRow) -> None:
        if not self._may():
            return
        title = f"不补 {row.name} {row.words}"
        sheet = WhySheet(self._view, title, f"{row.day:%m-%d} {row.time} 的训练，{row.state}。", "不补")
        sheet.words.setPlaceholderText("如：老人不愿补、病情变化")
        sheet.said.connect(
            lambda why: self._do(LetGo(row.key, why), f"{row.name} {row.day:%m-%d} 的训练不补")
        )
        self._open(sheet)

    def off(self) -> None:
        """L: the therapist of the row is not there."""
        week, row, day = self._view.week, self._grid.row(), self._grid.day()
        if week is None or day is None or not self._may():
            return
        place = self._grid.cursor_at
        offs = row.cells[place.day].offs if row is not None else ()
        session = self._grid.session()
        by_therapist = week.by == "therapist"
        staff = (
            row.rid
            if by_therapist and row is not None
            else session.therapist
            if session is not None
            else None
        )
        sheet = OffSheet(self._view, self._people(), staff, day, offs)
        sheet.written.connect(self.undoable.clear)
        self._open(sheet)

    def undo(self) -> None:
        """Z: what was just done was a slip."""
        if not self.undoable:
            self._say("没有可以撤销的改动。")
            return
        self._view.errands.start("undo", partial(self._undo, ()))

    async def _undo(self, accept: tuple[str, ...]) -> None:
        """The place it goes back to may be somebody else's by now: then it is asked about."""
        seen = self.undoable[-1]
        try:
            await self._view.errands.do(UndoBooking(seen, accept))
        except InTwoPlaces as found:
            sheet = ask_whether(
                self._view,
                found,
                lambda names: self._view.errands.start("undo", partial(self._undo, (*accept, *names))),
            )
            sheet.finished.connect(self._grid.setFocus)
            return
        self.undoable.remove(seen)
        self._view.bench.notice.done("已撤销，排程回到改前。")

    # looking ------------------------------------------------------------------------------------------------------

    def open_session(self) -> None:
        """Enter: the session under the cursor."""
        session = self._grid.session()
        if session is None:
            self._say("这一格没有训练。按 N 排训练。")
            return
        clashes = self._view.week.clashes if self._view.week is not None else ()
        told = tuple(one.words for one in clashes if set(one.keys) & set(session.keys))
        sheet = SessionSheet(self._view, session, told)
        sheet.recording.connect(lambda: self._record(session))
        sheet.moving.connect(self.move_by_form)
        sheet.cancelling.connect(self.cancel)
        self._open(sheet)

    def _record(self, session: BoardSession) -> None:
        back = ("rehab-week", {"day": session.day, "key": session.key})
        self._view.bench.go("rehab-session", {"key": session.key, "back": back})

    # inside -------------------------------------------------------------------------------------------------------

    def _ask_place(self, asked: Asked) -> None:
        sheet = PlaceSheet(self._view, asked)
        sheet.placed.connect(lambda placing, place: self._placed(placing, _said(asked, place)))
        self._open(sheet)

    def _do(self, order: Order[Any], said: str) -> None:
        self._view.errands.start("book", partial(self._done, order, said))

    async def _done(self, order: Order[Any], said: str) -> None:
        done = await self._view.errands.do(order)
        self._placed(
            done if isinstance(done, Placing) else Placing(done if isinstance(done, tuple) else (done,)), said
        )

    def _placed(self, placing: Placing, said: str) -> None:
        """Say what became of it, with its undo; the cursor goes there."""
        self.undoable.append(placing.seen)
        self._grid.moving = None
        self._view.refresh()
        warned = f"（注意：{'；'.join(placing.warned)}）" if placing.warned else ""
        self._view.bench.notice.done(f"{said}{warned}。", undo=self.undo)

    def _open(self, sheet: Sheet) -> None:
        sheet.finished.connect(self._grid.setFocus)
        sheet.open()

    def _people(self) -> People:
        return self._view.week.therapists if self._view.week is not None else ()

    def _say(self, words: str) -> None:
        self._view.bench.notice.say(words, seconds=8)

    def _may(self) -> bool:
        """Whether this person may change the board; said where not."""
        actor = self._view.bench.actor
        if not actor.may(Right.SCHEDULE_REHAB):
            self._view.bench.notice.refused("您没有“排康复训练”的权限，可以看，不能改。")
        return actor.may(Right.SCHEDULE_REHAB)

    @property
    def _zone(self) -> str:
        return self._view.bench.station.settings.zone


def _said(asked: Asked, place: Place) -> str:
    """`改期：赵树仁 坐站转移` → `赵树仁 坐站转移 11-26 14:00 已排好`."""
    return f"{asked.title.split('：')[-1]} 已排在 {place.day:%m-%d} {place.time}"
