"""照护: a floor in one shift, residents by tasks; one key records a task, one key all that is due of a resident."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer

from app.care.queries import Board, ShiftBoard, SlotRow, Unsettled
from app.care.rules import NOT_DONE, PARTLY, REFUSED
from app.care.service import RecordDoing, RecordMany, TakeBackDoings
from app.core.changes import Changes
from app.core.clock import date_in
from app.core.errors import Refusal
from app.residents.stating import Seen
from ui.care.care_layout import CarePieces, lay_out
from ui.care.care_words import cell_words, why_not
from ui.care.close_sheet import CloseSheet
from ui.care.correct_sheet import CorrectSheet
from ui.care.grid_cells import arrange
from ui.care.why_sheet import WhySheet
from ui.kit import Key, bind, errand, latest
from ui.kit.beside import Beside
from ui.kit.view import Bench, View


class CareView(View):
    """Opened with `{"floor": rid}` on a floor; otherwise where it was, in the shift that goes on.

    `beside`: what another subject says of a resident, marked in the row and said at the foot.
    """

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"care_task", "care_doing", "resident", "stay", "place", "absence"}
    )

    def __init__(self, bench: Bench, beside: Beside | None = None) -> None:
        super().__init__(bench, "照护")
        self._beside = beside
        if beside is not None:
            bench.bulletin.subscribe(self, beside.kinds, self._hear)
        self.board: Board | None = None
        self._zone = bench.station.settings.zone
        self.pieces = CarePieces()
        self.grid, self.state = self.pieces.grid, self.pieces.state
        self._floor: UUID | None = None
        self._when: tuple[date, str] | None = None
        self._under_way: set[UUID] = set()
        self._acts: list[tuple[Seen, ...]] = []
        self._resident: UUID | None = None
        self._arriving = True
        lay_out(self, self.pieces)
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """`floor` and `resident` lead there; a shift that was looked up before gives way to the one that goes on."""
        self._floor = params.get("floor", self._floor)
        self._resident = params.get("resident")
        self._when, self._arriving = None, True
        self.refresh()
        self._take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for the floor and the shift shown."""
        with self.state.asking(self.refresh, self._forget):
            day, shift = self._when or (None, None)
            question = ShiftBoard(self._floor, day, shift, earlier=changes is None)
            board = await self.errands.ask(question)
            notes: Mapping[UUID, str] = {}
            if self._beside is not None:
                asked = self._beside.question(tuple(row.resident for row in board.rows))
                notes = await self.errands.ask(asked)
            self._show(board, notes)

    def go_to_floor(self, floor: UUID) -> None:
        self._floor, self._arriving = floor, True
        self.refresh()
        self._take_keys()

    def go_to_shift(self, day: date, shift: str) -> None:
        self._when, self._arriving = (day, shift), True
        self.refresh()
        self._take_keys()

    def turn_floor(self, step: int) -> None:
        """The floor before or after."""
        if (floor := self.pieces.floors.beside(step)) is not None:
            self.go_to_floor(floor)

    def turn_shift(self, step: int) -> None:
        """The shift before or after."""
        if self.board is not None:
            shifts = sorted(self.board.shifts, key=lambda one: one.begins)
            place = shifts.index(self.board.shift) + step
            days = place // len(shifts)
            day = date.fromordinal(self.board.day.toordinal() + days)
            self.go_to_shift(day, shifts[place % len(shifts)].key)

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the record of the cell, else the resident."""
        cell = self.grid.cell()
        recorded = cell.recorded if cell is not None else None
        if recorded is not None and recorded.seen is not None:
            return ("care_doing", recorded.seen.rid)
        return None if self.grid.resident is None else ("resident", self.grid.resident)

    # recording ----------------------------------------------------------------------------------------------------

    def one_done(self) -> None:
        """Space: the next slot of the cell that waits was done."""
        if (slot := self._waiting()) is not None:
            self.errands.start(f"record {slot.key}", partial(self._record, RecordDoing(*slot.key), slot))

    def all_done(self) -> None:
        """Enter: all that waits of this resident was done, and on to the next one for whom something does."""
        line, board = self.grid.line(), self.board
        if line is None or board is None or line.row.resident in self._under_way:
            return
        rid = line.row.resident
        order = RecordMany((rid,), board.day, board.shift.key)
        self._under_way.add(rid)
        self.errands.start(f"record all of {rid}", partial(self._record_all, order, line.row.name))
        if line.waits and not self.grid.next_waiting(self._under_way):
            self.pieces.say_settled(board)

    def otherwise(self, outcome: str) -> None:
        """R, N, P: the slot of the cell was refused, not done, or done in part; the sheet asks why."""
        slot, line = self._waiting(), self.grid.line()
        if slot is None or line is None:
            return
        if outcome == REFUSED and not slot.may_refuse:
            self.bench.notice.refused(f"“{slot.task_words}”不能记拒绝；没有做请按 N 记“未做”。")
            return
        sheet = WhySheet(self, line.row.name, slot, outcome)
        sheet.answered.connect(lambda: self._record_why(sheet))
        sheet.open()

    def correct(self) -> None:
        """E: what was recorded in the cell was wrong."""
        cell, line = self.grid.cell(), self.grid.line()
        slot = cell.recorded if cell is not None else None
        if slot is None or line is None:
            self.bench.notice.say("这一格还没有记录，不用更正。", seconds=8)
        else:
            CorrectSheet(self, self.bench, line.row.name, slot).open()

    @errand
    async def take_back(self) -> None:
        """Z: what the last key recorded was a slip."""
        if not self._acts:
            self.bench.notice.say("没有可以撤销的记录。", seconds=8)
            return
        seen = self._acts[-1]
        try:
            count = await self.errands.do(TakeBackDoings(seen))
        finally:
            self._acts.pop()
        self.bench.notice.done(f"已撤销刚才的 {count} 条记录，变更里仍可查看。")

    def close_shift(self) -> None:
        """Ctrl+Enter: the list of what is still blank."""
        if self.board is not None and self.board.floor is not None:
            CloseSheet(self, self.board).open()

    # inside -------------------------------------------------------------------------------------------------------

    async def _record(self, order: RecordDoing, slot: SlotRow) -> None:
        seen = await self.errands.do(order)
        self._recorded((seen,), f"{self._name_of(slot.resident)} {slot.title}：已做")

    async def _record_all(self, order: RecordMany, name: str) -> None:
        try:
            recorded = await self.errands.do(order)
        finally:
            self._under_way.discard(order.residents[0])
        left = f"；由护士记录：{'、'.join(recorded.left)}" if recorded.left else ""
        self._recorded(recorded.seen, f"{name} {len(recorded.seen)} 项已做{left}")

    def _record_why(self, sheet: WhySheet) -> None:
        order = RecordDoing(*sheet.slot.key, sheet.outcome, sheet.why, sheet.note)
        self.errands.start(f"record {sheet.slot.key}", partial(self._record_otherwise, order, sheet))

    async def _record_otherwise(self, order: RecordDoing, sheet: WhySheet) -> None:
        try:
            seen = await self.errands.do(order)
        except Refusal as refusal:
            if sheet.closed:
                raise
            if not (refusal.field and sheet.show_refusal(refusal.field, refusal.text)):
                sheet.notice.refused(refusal.text)
            return
        if not sheet.closed:
            sheet.accept()
        self._recorded((seen,), f"{self._name_of(sheet.slot.resident)} {sheet.slot.title}：已记录")

    def _recorded(self, seen: tuple[Seen, ...], said: str) -> None:
        self._acts.append(seen)
        self.bench.notice.done(f"{said}。", undo=self.take_back)

    def _waiting(self) -> SlotRow | None:
        """The slot under the cursor that a key records; what is in the way is said."""
        cell = self.grid.cell()
        if cell is None:
            return None
        if (slot := cell.waiting) is None:
            self.bench.notice.say(why_not(self._zone, cell.foremost), seconds=8)
        return slot

    def _name_of(self, resident: UUID) -> str:
        rows = self.board.rows if self.board is not None else ()
        return next((row.name for row in rows if row.resident == resident), "")

    def _show(self, board: Board, notes: Mapping[UUID, str]) -> None:
        self.board, self._floor = board, board.floor
        self.pieces.show_board(board, date_in(self._zone, self.bench.desk.clock.now()))
        self.grid.show_sheet(arrange(board, notes))
        if self._resident is not None:
            self.grid.go_to(self._resident)
        elif self._arriving:
            self.grid.first_waiting()
        self._resident, self._arriving = None, False
        keys_here = self.hasFocus() or self.grid.hasFocus()
        if self.grid.sheet.lines:
            self.state.content()
        elif board.floor is None:
            self.state.empty("还没有在住的老人", "老人入住并有照护计划后，这里按楼层和班次列出要做的照护。")
        else:
            how = "在老人档案的“照护计划”页里添加项目，或按模板添加。"
            self.state.empty(f"{board.shift.words}没有安排照护", how)
        if keys_here:
            self._take_keys()

    def _take_keys(self) -> None:
        """The focus on the grid, or while a sentence stands in its place on the view: its keys go on working."""
        (self.grid if self.grid.isVisibleTo(self) else self).setFocus()

    def _forget(self) -> None:
        self.board = None
        self.grid.show_sheet(type(self.grid.sheet)())

    def _moved(self) -> None:
        """The foot says what the cell holds, whole."""
        line = self.grid.line()
        self.pieces.said.setText("" if line is None else cell_words(self._zone, line, self.grid.cell()))

    def _settle_earlier(self) -> None:
        """To the earlier shift that is not settled."""
        unsettled: Unsettled | None = self.pieces.unsettled
        if unsettled is not None:
            self.go_to_shift(unsettled.day, unsettled.shift.key)

    def _open_chart(self) -> None:
        if self.grid.resident is not None:
            self.bench.go("chart", {"resident": self.grid.resident, "tab": "care", "back": "care"})

    def _connect(self) -> None:
        pieces = self.pieces
        self.grid.spaced.connect(self.one_done)
        self.grid.entered.connect(self.all_done)
        self.grid.moved.connect(self._moved)
        pieces.floors.chosen.connect(lambda floor: self.go_to_floor(floor))  # noqa: PLW0108  # the signal carries object
        pieces.shifts.chosen.connect(lambda day, shift: self.go_to_shift(day, shift))  # noqa: PLW0108  # the same
        pieces.close.clicked.connect(self.close_shift)
        pieces.settle.clicked.connect(self._settle_earlier)
        pieces.done.clicked.connect(self.one_done)
        pieces.whole.clicked.connect(self.all_done)
        pieces.refused.clicked.connect(lambda: self.otherwise(REFUSED))
        pieces.not_done.clicked.connect(lambda: self.otherwise(NOT_DONE))
        bind(
            self,
            Key("Up Down Left Right", "在老人和项目间移动"),
            Key("Space", "这一格：已做"),
            Key("Return", "这位老人现在该做的全部已做，转到下一位"),
            Key("R", "拒绝", lambda: self.otherwise(REFUSED)),
            Key("N", "未做", lambda: self.otherwise(NOT_DONE)),
            Key("P", "部分完成", lambda: self.otherwise(PARTLY)),
            Key("E", "更正这一格的记录", self.correct),
            Key("Z", "撤销刚才的记录", self.take_back),
            Key("[", "前一班", lambda: self.turn_shift(-1)),
            Key("]", "后一班", lambda: self.turn_shift(1)),
            Key("PgUp", "前一层", lambda: self.turn_floor(-1)),
            Key("PgDown", "后一层", lambda: self.turn_floor(1)),
            Key("O", "打开照护计划", self._open_chart),
            Key("Ctrl+Return", "结束本班", self.close_shift),
        )
        self._clock = QTimer(self)
        self._clock.setInterval(60 * 1000)  # what was planned becomes due, what was due becomes unrecorded
        self._clock.timeout.connect(lambda: self.refresh() if self.isVisible() else None)
        self._clock.start()
