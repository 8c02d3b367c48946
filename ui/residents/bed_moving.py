"""Moving somebody on the bed board: begun with M, a free bed chosen, the reason asked, left with Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from app.core.errors import Refusal, Trouble
from app.residents.places import MoveBed
from app.residents.queries import BedRow, Chart, Lying
from ui.kit import Notice
from ui.kit.view import View
from ui.residents.move_sheet import MoveSheet
from ui.style import Tone

if TYPE_CHECKING:
    from ui.residents.bed_board import BedBoard


class BedMoving:
    """`who` is being moved now, or None. `line` says so above the board, whatever floor is shown."""

    def __init__(self, view: View, board: BedBoard) -> None:
        self._view, self._board = view, board
        self.who: Lying | None = None
        self._from: BedRow | None = None
        self.sheet: MoveSheet | None = None
        self.line = Notice()

    def begin(self) -> None:
        """M: move who lies under the cursor; the cursor goes to the next free bed."""
        bed = self._board.current()
        if bed is None or bed.who is None:
            self._view.bench.notice.say("先选中要换床的老人，再按 M。", seconds=8)
            return
        if bed.who.state == "reserved":
            self._view.bench.notice.say("还没有入住。按 Y 改预留的床位。", seconds=8)
            return
        self.who, self._from = bed.who, bed
        self._board.move_from(bed.who.rid)
        self._board.setFocus()
        free = self._board.next_free()
        how = "方向键选空床，Enter 确定，PgUp PgDn 换楼层，Esc 放弃。"
        self.line.say(f"给 {bed.who.name} 换床：{how if free else f'这一层没有空床。{how}'}", Tone.INFO)

    def settle(self) -> None:
        """Another floor shows, or the house changed: the cursor goes to a free bed if it is on none."""
        bed = self._board.current()
        if self.who is not None and self.sheet is None and (bed is None or bed.who is not None):
            self._board.next_free()

    def leave(self) -> None:
        """Nobody is moved; the cursor goes back to where it began, if that is on this floor."""
        if self.who is None:
            return
        began = self._from
        self.who = self._from = None
        self.line.clear()
        self._board.move_from(None)
        if began is not None and self._board.spot_of(began.rid) is not None:
            self._board.pick(began.rid)

    def into(self, bed: BedRow) -> None:
        """Enter on a bed: ask why; a taken bed is refused, naming who lies there."""
        who, began = self.who, self._from
        if who is None or began is None:
            return
        if bed.who is not None:
            words = f"{bed.label} 住着 {bed.who.name}，请选一张空床。"
            self._view.bench.notice.refused(words)
            return
        sheet = MoveSheet(self._view, who, began.label, bed)
        self.sheet = sheet
        sheet.done_with.connect(lambda: self._view.errands.start("move", lambda: self._move(who.rid, bed)))
        sheet.finished.connect(self._closed)
        sheet.open()
        self._view.errands.start("who is moved", lambda: self._show(sheet, who.rid), replace=True)

    async def _show(self, sheet: MoveSheet, rid: UUID) -> None:
        chart = await self._view.errands.ask(Chart(rid))
        if sheet is self.sheet:
            sheet.show_chart(self._view, chart)

    def _closed(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
        self.sheet = None
        self._board.setFocus()

    async def _move(self, resident: UUID, bed: BedRow) -> None:
        sheet = self.sheet
        if sheet is None or not sheet.check():
            return
        try:
            moved = await self._view.errands.do(MoveBed(resident, bed.rid, sheet.reason), busy=sheet.main)
        except Refusal as refusal:
            sheet.notice.refused(refusal.text)
            return
        except Trouble as trouble:
            sheet.notice.trouble(trouble.text, trouble.remedy)
            return
        sheet.accept()
        self.leave()
        self._board.pick(bed.rid)
        before = f"从 {moved.before} " if moved.before else ""
        self._view.bench.notice.done(f"{moved.name} 已{before}换到 {moved.bed}。")
