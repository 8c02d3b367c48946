"""The sheet that closes a shift: every line that is still blank, and why; digits answer row by row."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

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
)
from ui.kit.errands import Errands
from ui.kit.view import View
from ui.style import Role, Tone, look


@dataclass(frozen=True)
class Why:
    """A reason that can be chosen; `words_needed`: it says too little alone."""

    code: str
    words: str
    words_needed: bool = False


@dataclass(frozen=True)
class BlankLine:
    """A blank of somebody, with the reason chosen so far."""

    key: Hashable
    name: str
    bed: str
    title: str
    why: str = ""
    note: str = ""


@dataclass(frozen=True)
class ClosingWords:
    """What differs between what is closed: the heading of the middle column, the unit counted, the sentences."""

    what: str
    count: str
    open: str
    settled: str


class BlanksSheet(Sheet):
    """Opened over a board; news of records take their rows away while it is open. Who makes one closes the shift."""

    kinds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, view: View, title: str, reasons: Sequence[Why], said: ClosingWords) -> None:
        super().__init__(view, title, width=760)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view, self.said = view, said
        self.listed = tuple(reasons)
        self.answers: dict[Hashable, tuple[str, str]] = {}
        self._lines: Sequence[BlankLine] = ()
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        columns = (
            Column[BlankLine]("老人", lambda row: cells.Name(row.name, row.bed), least=170),
            Column[BlankLine](said.what, lambda row: cells.Text(row.title, "text"), 220),
            Column[BlankLine]("原因", self._why, 160),
        )
        self.table: RowsTable[BlankLine] = RowsTable(
            columns, lambda row: row.key, words=f"未记录的{said.what}"
        )
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

    # said by whoever makes one ------------------------------------------------------------------------------------

    def close_shift(self) -> None: ...

    def ask_again(self) -> None: ...

    # what shows ---------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[BlankLine, ...]:
        return tuple(self.table.rows_model.rows)

    def show_lines(self, lines: Sequence[BlankLine]) -> None:
        """The blanks as they are now; answers given before stay."""
        self._lines = lines
        before = self.table.current()
        self.table.set_rows(
            [
                BlankLine(one.key, one.name, one.bed, one.title, *self.answers.get(one.key, ("", "")))
                for one in lines
            ]
        )
        if before is None or before.key not in {one.key for one in lines}:
            first = next((row for row in self.rows if not row.why), None)
            self.table.pick_first() if first is None else self.table.pick(first.key)
        self._say()

    def answer(self, code: str) -> None:
        """A digit: the reason of the row under the cursor, and on to the next; one that wants words asks for them."""
        row = self.table.current()
        if row is None:
            return
        note = self.words.text().strip() if self.words.hasFocus() else row.note
        self._set(row, code, note)
        if self._wants_words(code) and not note:
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
                self.answers[row.key] = (given.why, given.note)
        self.show_lines(self._lines)

    def ready(self) -> bool:
        """Whether every row has its reason, and the words it needs; where not, the cursor goes there and it is said."""
        self._keep_note()
        silent = next((row for row in self.rows if not row.why), None)
        if silent is not None:
            self.table.pick(silent.key)
            self.notice.refused(f"{silent.name} 的“{silent.title}”还没有原因，按数字选。")
            return False
        wordless = next((row for row in self.rows if self._wants_words(row.why) and not row.note), None)
        if wordless is not None:
            self.table.pick(wordless.key)
            self.words.setFocus()
            self.notice.refused(f"{wordless.name} 的“{wordless.title}”选了“其他”，请写明原因。")
        return wordless is None

    # inside -------------------------------------------------------------------------------------------------------

    def _hear(self, _changes: Changes) -> None:
        if self.isVisible() and not self.errands.running:
            self.ask_again()

    def _wants_words(self, code: str) -> bool:
        return next(one for one in self.listed if one.code == code).words_needed

    def _set(self, row: BlankLine, code: str, note: str) -> None:
        self.answers[row.key] = (code, note)
        self.show_lines(self._lines)
        self.table.pick(row.key)

    def _next_open(self, row: BlankLine) -> None:
        rows = self.rows
        here = next(place for place, one in enumerate(rows) if one.key == row.key)
        following = next((one for one in (*rows[here + 1 :], *rows[:here]) if not one.why), None)
        if following is not None:
            self.table.pick(following.key)
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

    def _show_note(self, row: BlankLine | None) -> None:
        self.words.setText("" if row is None else row.note)

    def _why(self, row: BlankLine) -> cells.Cell:
        if not row.why:
            return cells.Text("选原因", "danger.text")
        known = next(one for one in self.listed if one.code == row.why)
        return cells.State(row.note if known.words_needed and row.note else known.words, Tone.ORANGE)

    def _say(self) -> None:
        rows = self.rows
        left = sum(not row.why for row in rows)
        self.text.setText(self.said.open.format(len(rows)) if rows else self.said.settled)
        self.text.show()
        self.fill.setEnabled(bool(left) and left < len(rows))
        if self.main is not None:
            self.main.say(f"结束本班（还差 {left} {self.said.count}原因）" if left else "结束本班")

    def _lay_out(self) -> None:
        keys = "　".join(f"{number} {one.words}" for number, one in enumerate(self.listed, 1))
        high = self.view.window().height() - look.sp(380)  # as many rows as the window has room for
        self.table.setMinimumHeight(min(look.sp(460), max(look.sp(120), high)))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(Words(keys, Role.HINT, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Labelled(f"说明（这一{self.said.count}）", self.words), 1)
        self.body.addLayout(row)
        self.acts.insertWidget(0, self.fill)
        self.offer("结束本班").setDefault(False)  # Enter in the field goes on to the next row
