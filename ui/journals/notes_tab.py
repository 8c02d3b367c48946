"""护理记录: what happened to a resident, note by note, page by page; every journal one key away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.changes import Changes
from app.journals.journal import Journal
from app.journals.journal_file import in_group, shelf
from app.journals.queries import Counts, EntryRow, JournalPage, Mark, Page, Sums
from ui.journals.entry_acts import EntryActs
from ui.journals.own_keys import OwnKeys
from ui.journals.photo_series import PhotoSeries, photos_of
from ui.journals.sums_strip import SumsStrip
from ui.journals.told_cell import Told
from ui.journals.words import marks, today, when
from ui.kit import Button, Card, Chip, ChipRow, Column, Foot, Key, RowsTable, StateView, Words, cells, latest
from ui.kit.chart import ChartPart, Who
from ui.kit.view import Bench
from ui.style import Role, Tone

ALL = "all"
PAGE = 60
NEAR = 600
"""Pixels before the end of the list at which the next page is asked for."""
NOTE = "nursing-note"
HINT = "数字 换类别　Enter 看全文与修改过程　E 更正　D 作废　W 记错人　R 重复上一次　X 看作废的"


class NotesTab(ChartPart):
    """Chips choose a journal, letters write one. The keys of the chart beside it wait while the list has the focus."""

    kinds: ClassVar[frozenset[str]] = frozenset({"entry"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "护理记录")
        self.journals = tuple(one for one in in_group("notes", "body") if one.event and not one.closed)
        self._more: Mark | None = None
        self._retracted = False
        self.chips = ChipRow(((ALL, "全部"), *((one.code, one.title) for one in self.journals)))
        self.table: RowsTable[EntryRow] = RowsTable(
            self._columns(), key=lambda row: row.rid, words="护理记录"
        )
        self.state = StateView(self.table)
        self.sums = SumsStrip()
        self.acts = EntryActs(self, self.table.current, self.arrive)
        self.compare = Button("照片对比", "plain", icon="camera")
        self.withdrawn = Chip("看作废的")
        self._lay_out()
        self._connect()

    def show_resident(self, who: Who) -> None:
        """Another resident's list begins at its newest entry."""
        if self.who is None or who.rid != self.who.rid:
            self.table.set_rows(())
            self._more = None
        super().show_resident(who)

    def arrive(self) -> None:
        """The focus on the list; where there is none, on the page itself, so that the letters work."""
        (self.table if self.table.rows_model.rows else self).setFocus()

    def record_shown(self) -> tuple[str, UUID] | None:
        row = self.table.current()
        return None if row is None else ("entry", row.rid)

    @property
    def shown(self) -> tuple[str, ...]:
        """The journals the list shows."""
        return tuple(one.code for one in self.journals) if self.chips.key == ALL else (self.chips.key,)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for as many entries as are shown."""
        who = self.who
        if who is None:
            return
        with self.state.asking(self.refresh, lambda: self.table.set_rows(())):
            most = max(PAGE, len(self.table.rows_model.rows))
            page = await self.errands.ask(
                JournalPage(who.rid, self.shown, retracted=self._retracted, most=most)
            )
            self._show_counts(await self.errands.ask(Counts(who.rid)))
            self._show(page)
            await self._show_sums(who)

    @latest
    async def load_more(self) -> None:
        """The next page under the last entry."""
        who, mark = self.who, self._more
        if who is None or mark is None:
            return
        page = await self.errands.ask(
            JournalPage(who.rid, self.shown, before=mark, retracted=self._retracted, most=PAGE)
        )
        if mark == self._more:
            self._more = page.more
            self.table.rows_model.add_rows(page.rows)

    def choose(self, number: int) -> None:
        """A digit: the chip at that place, from 1."""
        keys = (ALL, *(one.code for one in self.journals))
        if number <= len(keys):
            self.chips.choose(keys[number - 1])
            self._turned()

    def repeat(self) -> None:
        """R: the last entry of the journal that is chosen, or of the line, or the last turning, once more."""
        row = self.table.current()
        wanted = [self.chips.key, row.journal if row else "", *(one.code for one in self.journals)]
        found = (shelf()[code] for code in wanted if code in shelf() and shelf()[code].repeats)
        self.acts.repeat(next(found))

    # inside -------------------------------------------------------------------------------------------------------

    def _columns(self) -> tuple[Column[EntryRow], ...]:
        return (
            Column("时间", lambda row: cells.Text(when(self.bench, row.at)), 128),
            Column("记录", self._journal_cell, 150, 2),
            Column("内容", _told, least=220),
            Column("标记", lambda row: cells.Marks(marks(row)) if marks(row) else cells.Text(""), 132, 1),
            Column("记录人", lambda row: cells.Text(row.by), 84, 3),
        )

    def _journal_cell(self, row: EntryRow) -> cells.Cell:
        journal = shelf().get(row.journal)
        return cells.Text(row.journal) if journal is None else cells.Signed(journal.title, journal.icon)

    def _show(self, page: Page) -> None:
        had = self._has_focus()
        self._more = page.more
        self.table.set_rows(page.rows)
        if page.rows:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        else:
            one = shelf().get(self.chips.key)
            words = f"还没有{one.title}" if one else "还没有护理记录"
            self.state.empty(words, "按字母键写一条。", ("写一条", self._write_shown))
        if had:
            self.arrive()

    def _has_focus(self) -> bool:
        """Whether the work is here, and not in a chip, a button or another tab."""
        return self.window().focusWidget() in (self, self.table)

    def _show_counts(self, counts: Mapping[str, int]) -> None:
        for one in self.journals:
            number = counts.get(one.code, 0)
            self.chips.say(one.code, f"{one.title} {number}" if number else one.title)

    async def _show_sums(self, who: Who) -> None:
        one = shelf().get(self.chips.key)
        photos = one is not None and bool(photos_of(one))
        self.compare.setVisible(photos)
        if one is None or not one.sums:
            self.sums.hide()
            return
        day = today(self.bench)
        self.sums.show_sums(
            one, await self.errands.ask(Sums(who.rid, one.code, day - timedelta(days=6), day))
        )

    def _write_shown(self) -> None:
        one = shelf().get(self.chips.key) or shelf().get(NOTE) or self.journals[0]
        self.acts.write(one)

    def _turned(self) -> None:
        self.table.set_rows(())
        self.refresh()
        self.arrive()

    def _see_retracted(self) -> None:
        self._retracted = not self._retracted
        self.withdrawn.setChecked(self._retracted)
        self.refresh()

    def _compare(self) -> None:
        one = shelf().get(self.chips.key)
        if one is not None and self.compare.isVisible() and self.acts.sheet is None:
            if not any(
                field.key in row.content for row in self.table.rows_model.rows for field in photos_of(one)
            ):
                self.bench.notice.refused(f"{one.title}还没有照片，记录时可以添加。")
                return
            sheet = PhotoSeries(self, one, self.table.rows_model.rows)
            sheet.finished.connect(sheet.deleteLater)
            sheet.open()

    def _scrolled(self, value: int) -> None:
        if self._more is not None and value > self.table.verticalScrollBar().maximum() - NEAR:
            self.load_more()

    def _lay_out(self) -> None:
        self.compare.hide()
        self.write = Button("写护理记录", "primary", icon="plus")
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.chips, 1)
        top.addWidget(self.compare)
        top.addWidget(self.withdrawn)
        top.addWidget(self.write)
        card = Card(flush=True)
        head = QWidget()
        inside = QVBoxLayout(head)
        inside.setContentsMargins(16, 14, 16, 12)
        inside.setSpacing(12)
        inside.addLayout(top)
        inside.addWidget(self.sums)
        foot = Foot()
        foot.row.addWidget(Words(self._letters(), Role.HINT, wrap=True), 1)
        card.body.addWidget(head)
        card.body.addWidget(self.state, 1)
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)

    def _letters(self) -> str:
        told = "　".join(f"{one.key} {one.title}" for one in self.journals if one.key)
        return f"{told}\n{HINT}"

    def _connect(self) -> None:
        self.table.on_opened(lambda _row: self.acts.look())
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.chips.group.buttonClicked.connect(lambda _chip: self._turned())
        self.compare.clicked.connect(self._compare)
        self.withdrawn.clicked.connect(self._see_retracted)
        self.write.clicked.connect(self._write_shown)
        keys = [
            *(Key(one.key, f"记{one.title}", self._writing(one)) for one in self.journals if one.key),
            *(Key(str(number), "换一种记录", self._choosing(number)) for number in range(1, 10)),
            Key("R", "重复上一次（翻身、约束观察）", self.repeat),
            Key("E", "更正", self.acts.correct),
            Key("D Delete", "作废", self.acts.retract),
            Key("O", "结束", self.acts.end),
            Key("W", "记错人", self.acts.move),
            Key("C", "照片对比", self._compare),
            Key("X", "看作废的", self._see_retracted),
            Key("Ctrl+Z", "撤销刚写的", self.acts.take_back),
            Key("Return", "全文与修改过程"),
        ]
        own = OwnKeys(self, keys)
        for widget in (
            self,
            self.table,
            self.write,
            self.withdrawn,
            self.compare,
            *self.chips.group.buttons(),
        ):
            own.watch(widget)

    def _writing(self, journal: Journal) -> Callable[[], None]:
        return lambda: self.acts.write(journal)

    def _choosing(self, number: int) -> Callable[[], None]:
        return lambda: self.choose(number)


def _told(row: EntryRow) -> cells.Cell:
    if row.retracted:
        return Told(row.line, "text3", struck=True)
    return Told(row.line, "text" if row.tone == Tone.NEUTRAL else f"{row.tone}.text")
