"""导入名册: choose a file, see what would become of every row, import the good ones; nothing is written before that."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from app.core.watch import Watch
from app.residents.importing import ImportRoster, Outcome, PreviewRoster, write_rejected
from ui.kit import (
    Button,
    Card,
    ChipRow,
    ElidedWords,
    Foot,
    IconTile,
    Key,
    ProgressStrip,
    RowsTable,
    StateView,
    Words,
    bind,
    errand,
)
from ui.kit.view import Bench, Crumb
from ui.residents.folding_view import FoldingView
from ui.residents.import_choice import ImportChoice, ask_where
from ui.residents.import_table import COLUMNS, FILTERS, Counts, Shown, filtered, shown_lines
from ui.style import Role, Tone, look

LEAST = 226
"""Height in which a sentence with its act still fits instead of the table."""


class ImportView(FoldingView):
    """A file that changed after the preview is refused; a cancelled import has written nothing."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "导入名册")
        self.say_title(Crumb("老人", "residents"), Crumb("导入名册"))
        self.path: Path | None = None
        self.outcome: Outcome | None = None
        self.over = False
        self._watch = Watch()
        self._lines: tuple[Shown, ...] = ()
        self.choice = ImportChoice()
        self.progress = ProgressStrip()
        self.counts = Counts()
        self.chips = ChipRow(FILTERS)
        self.table: RowsTable[Shown] = RowsTable(COLUMNS, lambda shown: shown.line.row, words="名册预览")
        self.state = StateView(self.table)
        self.state.setMinimumHeight(look.sp(LEAST))
        self.save_rows = Button("把问题行存成表格", "link", icon="download")
        self.other = Button("换文件", "plain")
        self.back = Button("以后再说", "quiet")
        self.go_on = Button("先导入", "primary", icon="upload")
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def opened(self, params: Mapping[str, Any]) -> None:
        """A preview left behind is still there; after an import the next file is asked for."""
        if self.over:
            self._start_anew()
        (self.go_on if self.outcome else self.choice.button).setFocus()

    # acts ---------------------------------------------------------------------------------------------------------

    @errand
    async def read(self, path: Path) -> None:
        """Read a file and show what would become of each row."""
        self._begin_long("正在核对")
        try:
            outcome = await self.errands.ask(PreviewRoster(path, self._watch))
        finally:
            self._end_long()
        self.path, self.outcome, self.over = path, outcome, False
        self._show()
        self.bench.notice.clear()
        self.go_on.setFocus()

    @errand
    async def bring_in(self) -> None:
        """Import the rows that can go in, all of them or none."""
        path, seen = self.path, self.outcome
        if path is None or seen is None or not seen.accepted or not self.go_on.isEnabled():
            return
        self._begin_long("正在导入")
        try:
            done = await self.errands.do(ImportRoster(path, seen), self._watch)
        finally:
            self._end_long()
        self.over = True
        self._show()
        back = f"，{done.rejected} 行没有导入" if done.rejected else ""
        self.bench.notice.done(f"已导入 {done.accepted:,} 位老人{back}。")

    @errand
    async def keep_rows(self, path: str) -> None:
        """Write the rows that come back into a file, to be mended and imported again."""
        if self.outcome is not None:
            await self.bench.station.aside(write_rejected, self.outcome, Path(path))
            self.bench.notice.done(f"问题行已存到 {path}，改好后可以再导入。")

    def go_forward(self) -> None:
        """The main button: import, and after that see who came."""
        if self.over:
            self.bench.go("residents", {})
        else:
            self.bring_in()

    # inside -------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        outcome, path = self.outcome, self.path
        if outcome is None or path is None:
            return
        self.pages.setCurrentIndex(1)
        self._name.setText(path.name)
        self._about.setText(_about(outcome))
        self._lines = shown_lines(outcome)
        self.counts.show_outcome(outcome)
        for key, words in FILTERS:
            self.chips.say(key, f"{words} {len(filtered(self._lines, key)):,}")
        self.chips.choose("all")
        self._filter()
        self.save_rows.setVisible(bool(outcome.rejected))
        self.back.setVisible(not self.over)
        self.go_on.setEnabled(self.over or bool(outcome.accepted))
        count = f"{outcome.accepted:,}"
        self.go_on.say(
            "看老人名单" if self.over else f"先导入 {count} 位" if outcome.accepted else "没有可导入的"
        )
        self.go_on.show_icon("users-round" if self.over else "upload")
        words = f"已导入 {count} 位" if self.over else "确认之前什么都不会写入"
        self._hint.say(words, "ok" if self.over else "")

    def _filter(self) -> None:
        lines = filtered(self._lines, self.chips.key)
        self.table.set_rows(lines)
        if lines:
            self.state.content()
            self.table.pick_first()
        else:
            self.state.empty("没有这样的行")

    def _end_long(self) -> None:
        if not self.errands.gone:  # the window may have closed meanwhile
            self.progress.end()
            self._lock(locked=False)
            self.go_on.setFocus()

    def _begin_long(self, words: str) -> None:
        """Progress is told on the working thread; only the signal crosses over."""
        told = self.progress.reported
        self._watch = Watch(lambda done, total, name: told.emit(done, total, f"{words}：{name}"))
        self.progress.begin(f"{words}…")
        self._lock(locked=True)

    def _lock(self, *, locked: bool) -> None:
        for button in (self.choice.button, self.other, self.back, self.go_on, self.save_rows):
            button.setEnabled(not locked)
        self.choice.setAcceptDrops(not locked)

    def _start_anew(self) -> None:
        self.path, self.outcome, self.over = None, None, False
        self.pages.setCurrentIndex(0)

    def _cancel(self) -> None:
        self._watch.cancel()

    def _leave(self) -> None:
        if not self.errands.running:
            self._start_anew()
            self.bench.go("residents", {})

    def _save_rows(self) -> None:
        if self.path is not None:
            ask_where(self, f"{self.path.stem}-问题行.xlsx").fileSelected.connect(self.keep_rows)

    def _connect(self) -> None:
        self.choice.chosen.connect(self.read)
        self.progress.cancelled.connect(self._cancel)
        self.chips.group.buttonClicked.connect(self._filter)
        self.save_rows.clicked.connect(self._save_rows)
        self.other.clicked.connect(self.choice.ask)
        self.back.clicked.connect(self._leave)
        self.go_on.clicked.connect(self.go_forward)
        bind(
            self,
            Key("Ctrl+O", "选择文件", self.choice.button.click),
            Key("Ctrl+Return", "导入", self.go_on.click),
            Key("Esc", "回到老人名单", self._leave),
        )

    def _lay_out(self) -> None:
        self.pages.addWidget(self.choice)
        self.pages.addWidget(self._preview())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.progress)
        box.addWidget(self.pages, 1)

    def _preview(self) -> Card:
        card = Card(flush=True)
        head = QVBoxLayout()
        head.setContentsMargins(20, 16, 20, 10)
        head.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(IconTile("file-spreadsheet", Tone.OK))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self._name = ElidedWords("", Role.CARD_TITLE)
        self._about = ElidedWords("", Role.HINT, ink="text3")
        texts.addWidget(self._name)
        texts.addWidget(self._about)
        top.addLayout(texts, 1)
        top.addWidget(self.other)
        head.addLayout(top)
        head.addWidget(self.counts)
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        row.addWidget(self.save_rows)
        head.addLayout(row)
        card.body.addLayout(head)
        card.body.addWidget(self.state, 1)
        foot = Foot()
        self._hint = Words("", Role.HINT)
        foot.row.addWidget(self._hint)
        foot.row.addStretch(1)
        foot.row.addWidget(self.back)
        foot.row.addWidget(self.go_on)
        card.body.addWidget(foot)
        return card


def _about(outcome: Outcome) -> str:
    columns = outcome.columns
    read = [columns.headings[place] for place in sorted(columns.places)]
    sheets = f" · 没有读的工作表：{'、'.join(outcome.unread)}" if outcome.unread else ""
    return f"{outcome.total:,} 行 · 认出 {len(read)} 列（{'、'.join(read)}）{sheets}"
