"""The sheet that closes a shift: every slot that is still blank, and why it was not done; digits answer row by row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.care.lists import reasons_of, why_words
from app.care.queries import Board, ShiftBoard, SlotRow
from app.care.rules import NOT_DONE
from app.care.service import Blank, CloseShift
from app.core.changes import Changes
from ui.kit import (
    Button,
    Column,
    Key,
    Labelled,
    LineField,
    RowsTable,
    Sheet,
    Words,
    bind,
    cells,
    errand,
    latest,
)
from ui.kit.errands import Errands
from ui.kit.view import View
from ui.style import Role, Tone, look


@dataclass(frozen=True)
class BlankRow:
    """A blank slot of somebody, with the reason chosen so far."""

    slot: SlotRow
    name: str
    bed: str
    why: str = ""
    note: str = ""


class CloseSheet(Sheet):
    """Opened over the board of a shift; news of records take their rows away while it is open."""

    kinds: ClassVar[frozenset[str]] = frozenset({"care_doing", "care_task", "stay", "absence"})

    def __init__(self, view: View, board: Board) -> None:
        super().__init__(view, f"结束本班：{board.day:%m-%d} {board.shift.words}", width=720)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view, self.board = view, board
        self.listed = reasons_of(NOT_DONE)
        self.answers: dict[tuple[UUID, date, str], tuple[str, str]] = {}
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.table: RowsTable[BlankRow] = RowsTable(_COLUMNS, lambda row: row.slot.key, words="未记录的照护")
        self.words = LineField("说明", "选“其他”时必填")
        self.fill = Button("其余同上", "plain", icon="copy")
        self._lay_out()
        self.fill.clicked.connect(self.fill_rest)
        self.words.editingFinished.connect(self._keep_note)
        self.words.returnPressed.connect(self._on)
        self.table.on_picked(self._show_note)
        numbered = enumerate(self.listed, 1)
        bind(
            self,
            *(Key(str(number), one.words, partial(self.answer, one.code)) for number, one in numbered),
            Key("F", "其余几项用同一原因", self.fill_rest),
            Key("Ctrl+Return", "结束本班", self.close_shift),
        )
        self.done_with.connect(self.close_shift)
        self.table.on_opened(lambda _row: self.close_shift())
        view.bench.bulletin.subscribe(self, self.kinds, self._hear)
        self.show_board(board)
        self.table.setFocus()

    @property
    def rows(self) -> tuple[BlankRow, ...]:
        return tuple(self.table.rows_model.rows)

    def show_board(self, board: Board) -> None:
        """The blanks of the shift as they are now; answers given before stay."""
        self.board = board
        rows = tuple(
            BlankRow(slot, row.name, row.bed, *self.answers.get(slot.key, ("", "")))
            for row in board.rows
            for slot in row.slots
            if slot.state.blank
        )
        self.table.set_rows(rows)
        if self.table.current() is None:
            self.table.pick_first()
        self._say()

    def answer(self, code: str) -> None:
        """A digit: the reason of the row under the cursor, and on to the next; one that wants words asks for them."""
        row = self.table.current()
        if row is None:
            return
        note = self.words.text().strip() if self.words.hasFocus() else row.note
        self._set(row, code, note)
        if next(one for one in self.listed if one.code == code).words_needed and not note:
            self.words.setFocus()
        else:
            self._next_open(row)

    def fill_rest(self) -> None:
        """The rows without a reason take the one last given."""
        given = next((row for row in reversed(self.rows) if row.why), None)
        if given is None:
            self.notice.refused("请先给一项选原因，再用“其余同上”。")
            return
        for row in self.rows:
            if not row.why:
                self.answers[row.slot.key] = (given.why, given.note)
        self.show_board(self.board)

    @errand
    async def close_shift(self) -> None:
        """A refusal leaves every answer as it was given."""
        self._keep_note()
        silent = next((row for row in self.rows if not row.why), None)
        if silent is not None:
            self.table.pick(silent.slot.key)
            self.notice.refused(f"{silent.name} 的“{silent.slot.title}”还没有原因，按数字选。")
            return
        board = self.board
        if board.floor is None:
            return
        blanks = tuple(Blank(*row.slot.key, row.why, row.note) for row in self.rows)
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

    # inside -------------------------------------------------------------------------------------------------------

    def _hear(self, _changes: Changes) -> None:
        if self.isVisible() and not self.errands.running:
            self.ask_again()

    def _set(self, row: BlankRow, code: str, note: str) -> None:
        self.answers[row.slot.key] = (code, note)
        self.show_board(self.board)
        self.table.pick(row.slot.key)

    def _next_open(self, row: BlankRow) -> None:
        rows = self.rows
        here = next(place for place, one in enumerate(rows) if one.slot.key == row.slot.key)
        following = next((one for one in (*rows[here + 1 :], *rows[:here]) if not one.why), None)
        if following is not None:
            self.table.pick(following.slot.key)
        self.table.setFocus()

    def _keep_note(self) -> None:
        row = self.table.current()
        if row is not None and row.note != self.words.text().strip():
            self._set(row, row.why, self.words.text().strip())

    def _on(self) -> None:
        """Enter in the field: the row is said, on to the next."""
        self._keep_note()
        row = self.table.current()
        if row is not None:
            self._next_open(row)

    def _show_note(self, row: BlankRow | None) -> None:
        self.words.setText("" if row is None else row.note)

    def _say(self) -> None:
        rows = self.rows
        left = sum(not row.why for row in rows)
        if not rows:
            self.text.setText("这一班的照护全部有记录，可以结束。")
        else:
            self.text.setText(
                f"还有 {len(rows)} 项没有记录。逐项选没有做的原因，由您确认为“未做”；做过的请先关掉这里补记。"
            )
        self.text.show()
        self.fill.setEnabled(bool(left) and left < len(rows))
        if self.main is not None:
            self.main.say(f"结束本班（还差 {left} 项原因）" if left else "结束本班")

    def _lay_out(self) -> None:
        keys = "　".join(f"{number} {one.words}" for number, one in enumerate(self.listed, 1))
        high = self.view.window().height() - look.sp(380)  # as many rows as the window has room for
        self.table.setMinimumHeight(min(look.sp(460), max(look.sp(160), high)))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(Words(keys, Role.HINT, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Labelled("说明（这一项）", self.words), 1)
        self.body.addLayout(row)
        self.acts.insertWidget(0, self.fill)
        self.offer("结束本班").setDefault(False)  # Enter in the field goes on to the next row


def _why(row: BlankRow) -> cells.Cell:
    if not row.why:
        return cells.Text("选原因", "danger.text")
    return cells.State(why_words(row.why, row.note), Tone.ORANGE)


_COLUMNS: tuple[Column[BlankRow], ...] = (
    Column("老人", lambda row: cells.Name(row.name, row.bed), least=170),
    Column("照护", lambda row: cells.Text(row.slot.title, "text"), 150),
    Column("原因", _why, 210),
)
