"""The sheet that closes a shift of care: every slot that is still blank, and why it was not done."""

from __future__ import annotations

from typing import ClassVar

from app.care.lists import reasons_of
from app.care.queries import Board, ShiftBoard
from app.care.rules import NOT_DONE
from app.care.service import Blank, CloseShift
from ui.kit import errand, latest
from ui.kit.blanks_sheet import BlankLine, BlanksSheet, ClosingWords, Why
from ui.kit.view import View

_SAID = ClosingWords(
    "照护",
    "项",
    "还有 {} 项没有记录。逐项选没有做的原因，由您确认为“未做”；做过的请先关掉这里补记。",
    "这一班的照护全部有记录，可以结束。",
)


class CloseSheet(BlanksSheet):
    """Opened over the board of a shift."""

    kinds: ClassVar[frozenset[str]] = frozenset({"care_doing", "care_task", "stay", "absence"})

    def __init__(self, view: View, board: Board) -> None:
        reasons = [Why(one.code, one.words, one.words_needed) for one in reasons_of(NOT_DONE)]
        super().__init__(view, f"结束本班：{board.day:%m-%d} {board.shift.words}", reasons, _SAID)
        self.board = board
        self.show_board(board)
        self.table.setFocus()

    def show_board(self, board: Board) -> None:
        """The blanks of the shift as they are now."""
        self.board = board
        self.show_lines(
            [
                BlankLine(slot.key, row.name, row.bed, slot.title)
                for row in board.rows
                for slot in row.slots
                if slot.state.blank
            ]
        )

    @errand
    async def close_shift(self) -> None:
        """A refusal leaves every answer as it was given."""
        board = self.board
        if not self.ready() or board.floor is None:
            return
        known = {slot.key: slot for slot in board.slots}
        blanks = tuple(Blank(*known[row.key].key, row.why, row.note) for row in self.rows if row.key in known)
        order = CloseShift(board.floor, board.shift.key, board.day, blanks)
        count = await self.errands.do(order, busy=self.main)
        said = f"，{count} 项记为未做" if count else "，照护全部有记录"
        self.view.bench.notice.done(f"{board.day:%m-%d} {board.shift.words}已结束{said}。")
        self.view.refresh()
        self.accept()

    @latest
    async def ask_again(self) -> None:
        board = self.board
        self.show_board(await self.errands.ask(ShiftBoard(board.floor, board.day, board.shift.key)))
