"""What a tab of the chart can do with entries: write, repeat, correct, end, retract, move, take back, look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from PySide6.QtWidgets import QDialog

from app.access.queries import MayI
from app.core.form import Value
from app.journals import AddEntry, Seen, TakeBackEntry
from app.journals.journal import Journal
from app.journals.journal_file import shelf
from app.journals.queries import EntryOf, EntryRow, LastEntry
from ui.journals.act_sheets import EndSheet, MoveSheet, RetractSheet
from ui.journals.entry_sheet import EntrySheet
from ui.journals.versions_sheet import VersionsSheet
from ui.kit.chart import ChartPart

JUST_NOW = timedelta(minutes=1)
"""How soon a repeated entry is a slip of the finger."""
CURRENT = Callable[[], EntryRow | None]


class EntryActs:
    """`current` is the entry the person stands on. One sheet is open at a time."""

    def __init__(self, view: ChartPart, current: CURRENT, rest: Callable[[], object]) -> None:
        self.view, self._current, self._rest = view, current, rest
        self.sheet: QDialog | None = None
        self._last: Seen | None = None

    def write(self, journal: Journal, values: Mapping[str, Value] | None = None) -> None:
        """A new entry of a journal."""
        self.view.errands.start("write entry", lambda: self._write(journal, values))

    def correct(self) -> None:
        """The entry chosen, with a reason."""
        row = self._current()
        if row is not None and self._stands(row):
            self.view.errands.start("correct entry", lambda: self._correct(row))

    def retract(self) -> None:
        """The entry chosen was an error."""
        row = self._current()
        if row is not None and self._stands(row) and self.sheet is None:
            sheet = RetractSheet(self.view, row)
            sheet.done_so.connect(lambda: self._tell("已作废，变更历史里仍可查看。"))
            self._open(sheet)
            sheet.start()

    def end(self) -> None:
        """What the entry chosen says is over."""
        row = self._current()
        if row is None or not self._stands(row) or self.sheet is not None:
            return
        if row.begins is None:
            self._refuse("这是一件事，没有结束；要更正按 E，要作废按 D。")
        elif row.ends is not None:
            self._refuse(f"已在 {row.ends.isoformat()} 结束。")
        else:
            sheet = EndSheet(self.view, row)
            sheet.done_so.connect(lambda: self._tell("已结束。"))
            self._open(sheet)
            sheet.start()

    def move(self) -> None:
        """The entry chosen belongs to somebody else."""
        row, who = self._current(), self.view.who
        if row is not None and who is not None and self._stands(row) and self.sheet is None:
            sheet = MoveSheet(self.view, who, row)
            sheet.moved.connect(lambda name: self._tell(f"已改记到{name}名下，这里的那条已作废。"))
            self._open(sheet)
            sheet.start()

    def look(self) -> None:
        """The entry chosen whole, with its versions."""
        row, who = self._current(), self.view.who
        if row is not None and who is not None and self.sheet is None:
            sheet = VersionsSheet(self.view, who, row)
            self._open(sheet)
            sheet.start()

    def repeat(self, journal: Journal) -> None:
        """The last entry of a journal once more, now: one key."""
        self.view.errands.start("repeat entry", lambda: self._repeat(journal))

    def take_back(self) -> None:
        """Ctrl+Z: the entry just made was a slip."""
        self.view.errands.start("take back", self._take_back)

    # inside -------------------------------------------------------------------------------------------------------

    async def _write(self, journal: Journal, values: Mapping[str, Value] | None) -> None:
        if self.sheet is not None or self.view.who is None:
            return
        await self.view.errands.ask(MayI(journal.write))
        sheet = EntrySheet(self.view, journal, self.view.who)
        sheet.saved.connect(self._saved)
        self._open(sheet)
        sheet.start(values)

    async def _correct(self, row: EntryRow) -> None:
        journal = shelf().get(row.journal)
        if self.sheet is not None or self.view.who is None or journal is None:
            return
        await self.view.errands.ask(MayI(journal.write))
        fresh = await self.view.errands.ask(EntryOf(row.rid))
        sheet = EntrySheet(self.view, journal, self.view.who, fresh)
        sheet.saved.connect(self._saved)
        self._open(sheet)
        sheet.start()

    async def _repeat(self, journal: Journal) -> None:
        who = self.view.who
        if who is None:
            return
        last = await self.view.errands.ask(LastEntry(who.rid, journal.code))
        if last is None:
            self._refuse(f"还没有{journal.title}可以重复。")
            return
        if self.view.bench.desk.clock.now() - last.at < JUST_NOW:
            self._refuse(f"一分钟内已记过{journal.title}，没有再记。")
            return
        content = {key: value for key, value in last.content.items() if not _is_time(journal, key)}
        rid = await self.view.errands.do(AddEntry(who.rid, journal.code, content))
        self._last = Seen(rid, 1)
        said = await self.view.errands.ask(EntryOf(rid))
        self.view.bench.notice.done(f"已记{journal.title}：{said.line}。", undo=self.take_back)

    async def _take_back(self) -> None:
        last, self._last = self._last, None
        if last is None:
            self._refuse("没有刚写下的记录可以撤销。")
            return
        await self.view.errands.do(TakeBackEntry(last))
        self._tell("已撤销刚才的记录，变更历史里仍可查看。")

    def _saved(self, seen: object) -> None:
        self._last = seen if isinstance(seen, Seen) else None
        words = "已保存。" if self._last else "已更正。"
        self.view.bench.notice.done(words, undo=self.take_back if self._last else None)

    def _stands(self, row: EntryRow) -> bool:
        if row.retracted:
            self._refuse("这条记录已作废。")
        return not row.retracted

    def _open(self, sheet: QDialog) -> None:
        self.sheet = sheet
        sheet.finished.connect(self._close)

    def _close(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
            self.sheet = None
            self._rest()

    def _tell(self, text: str) -> None:
        self.view.bench.notice.done(text)

    def _refuse(self, text: str) -> None:
        self.view.bench.notice.refused(text)


def _is_time(journal: Journal, key: str) -> bool:
    """A time said of the entry before: 下次 10:00 is no news two hours later."""
    field = journal.field(key)
    return field is not None and field.kind in ("time", "moment", "date")
