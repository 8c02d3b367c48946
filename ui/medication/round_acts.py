"""What the keys of the round do to doses: give, say why not, when needed, correct, take back, close the shift."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from app.core.clock import local
from app.core.roles import Right
from app.medication.giving import GiveAll, TakeBackDoses
from app.medication.lists import windows
from app.medication.queries import RoundSheet, SlotRow
from app.residents.stating import Seen
from ui.kit import errand
from ui.medication.correct_dose_sheet import CorrectDoseSheet
from ui.medication.dose_detail import DoseDetailSheet
from ui.medication.not_given_sheet import NotGivenSheet, may_be_answered
from ui.medication.prn_sheet import PrnSheet
from ui.medication.round_cells import RoundCell, RoundLine
from ui.medication.round_close_sheet import CloseDosesSheet, Which
from ui.medication.round_words import given_words, why_not

if TYPE_CHECKING:
    from ui.medication.round_view import RoundView

JUST_BEGUN = timedelta(hours=2)
"""So long after a shift began the one before it is the one to be closed, if it is not settled."""


class RoundActs:
    """Of the cell under the cursor of one round."""

    def __init__(self, view: RoundView) -> None:
        self.view, self.grid = view, view.grid
        self.errands, self._zone = view.errands, view.bench.station.settings.zone
        self._under_way: set[object] = set()
        self._acts: list[tuple[Seen, ...]] = []

    def give(self) -> None:
        """Space: what is due in the cell and needs no prompt was given, the rest is said; on to the next resident."""
        here = self._here()
        if here is None:
            return
        line, cell = here
        under_way = (line.rid, self.grid.key)
        if under_way in self._under_way:
            return
        now = self.view.bench.desk.clock.now()
        waiting = tuple(slot for slot in cell.open if now <= slot.closes + windows().record_within)
        if not waiting:
            self.view.bench.notice.say(why_not(self._zone, now, cell), seconds=8)
            return
        self._under_way.add(under_way)
        order = GiveAll(tuple(slot.key for slot in waiting))
        self.errands.start(f"give {under_way}", partial(self._give, order, line.row.name, under_way))
        self.grid.next_due(self._under_way)

    def not_given(self) -> None:
        """N: the waiting doses of the cell were not given; the sheet asks which, and why."""
        here = self._here()
        if here is None:
            return
        line, cell = here
        if not (slots := may_be_answered(cell.slots)):
            self.view.bench.notice.say(why_not(self._zone, self.view.bench.desk.clock.now(), cell), seconds=8)
            return
        sheet = NotGivenSheet(self.view, self.view.bench, line.row.name, slots)
        sheet.recorded.connect(self._recorded)
        sheet.open()

    def prn(self) -> None:
        """P: a medicine given because it was needed."""
        if (line := self.grid.line()) is not None:
            sheet = PrnSheet(self.view, self.view.bench, line.rid, line.row.name)
            sheet.recorded.connect(self._recorded)
            sheet.open()

    def correct(self) -> None:
        """E: what was recorded in the cell was wrong; of several records the sheet of details asks which."""
        here = self._here()
        if here is None:
            return
        line, cell = here
        if not cell.recorded:
            self.view.bench.notice.say("这一格还没有记录，不用更正。", seconds=8)
        elif len(cell.recorded) > 1:
            self.details()
        else:
            self._correct(line.row.name, cell.recorded[0])

    def details(self) -> None:
        """D: every dose of the cell with all that is known of it."""
        here = self._here()
        if here is None:
            return
        line, cell = here
        name = line.row.name
        sheet = DoseDetailSheet(self.view, self._zone, f"{name} · {line.row.bed}", cell.slots)
        sheet.correcting.connect(lambda slot: self._correct(name, slot))
        sheet.open()

    @errand
    async def take_back(self) -> None:
        """Z: what the last key recorded was a slip."""
        if not self._acts:
            self.view.bench.notice.say("没有可以撤销的记录。", seconds=8)
            return
        seen = self._acts[-1]
        try:
            count = await self.errands.do(TakeBackDoses(seen))
        finally:
            self._acts.pop()
        self.view.bench.notice.done(f"已撤销刚才的 {count} 条给药记录，变更里仍可查看。")

    def close_shift(self) -> None:
        """Ctrl+Enter: the list of what is still blank."""
        self.close(None)

    def close(self, first: Which | None) -> None:
        """Of this shift, or of the likeliest one."""
        board = self.view.board
        if board is None or board.floor is None or not self.view.bench.actor.may(Right.GIVE_MEDICINES):
            return
        earlier = [(one.day, one.shift) for one in self.view.pieces.earlier]
        shifts = closable(board, earlier, self.view.bench.desk.clock.now(), self._zone)
        if first is not None:
            shifts = [first, *(one for one in shifts if one != first)]
        if shifts:
            CloseDosesSheet(self.view, board.floor, shifts).open()
        else:
            self.view.bench.notice.say("这一天的班次还没有开始。", seconds=8)

    # inside -------------------------------------------------------------------------------------------------------

    def _here(self) -> tuple[RoundLine, RoundCell] | None:
        """The cell under the cursor; that there is nothing in it is said."""
        line, cell = self.grid.line(), self.grid.cell()
        if line is not None and cell is None:
            self.view.bench.notice.say(f"{line.row.name} 这一班没有药。", seconds=8)
        return None if line is None or cell is None else (line, cell)

    async def _give(self, order: GiveAll, name: str, under_way: object) -> None:
        try:
            given = await self.errands.do(order)
        finally:
            self._under_way.discard(under_way)
        if given.seen:
            self._recorded(given.seen, given_words(name, given))
        else:
            self.view.bench.notice.refused(given_words(name, given))

    def _recorded(self, seen: Any, said: str) -> None:
        self._acts.append(seen)
        self.view.bench.notice.done(said if said.endswith("。") else f"{said}。", undo=self.take_back)

    def _correct(self, name: str, slot: SlotRow) -> None:
        if slot.recorded is not None:
            CorrectDoseSheet(
                self.view, self.view.bench, f"{name} · {slot.key[2]} {slot.words}", slot.recorded
            ).open()


def closable(board: RoundSheet, earlier: list[Which], now: datetime, zone: str) -> list[Which]:
    """The shifts that may be closed from a board, the likeliest first."""
    wall = local(zone, now)
    minute = wall.hour * 60 + wall.minute
    if board.day != board.today:
        return [(board.day, one) for one in board.shifts if (board.day, one.begins) <= (wall.date(), minute)]
    running: Which = (board.shift_day, board.shift)
    begun = timedelta(minutes=(minute - board.shift.begins) % (24 * 60))
    if earlier and begun <= JUST_BEGUN:
        return [earlier[0], running, *earlier[1:]]
    return [running, *earlier]
