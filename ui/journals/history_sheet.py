"""Everything a journal ever held of a resident: ended ones greyed, retracted ones struck through."""

from __future__ import annotations

from app.journals.journal import Journal
from app.journals.queries import EntryRow, JournalPage
from ui.journals.told_cell import Told
from ui.journals.versions_sheet import VersionsSheet
from ui.journals.words import held, marks, person_words, when
from ui.kit import Column, Errands, RowsTable, SideSheet, StateView, cells
from ui.kit.chart import ChartPart, Who
from ui.style import Tone

MOST = 200


class HistorySheet(SideSheet):
    """Enter shows an entry whole; nothing is changed here."""

    def __init__(self, view: ChartPart, who: Who, journal: Journal) -> None:
        super().__init__(view, f"{journal.title}：以前的", person_words(who), width=720)
        self.view, self.who, self.journal = view, who, journal
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.table: RowsTable[EntryRow] = RowsTable(
            (
                Column("时间", self._when, 190),
                Column("内容", self._told, least=200),
                Column("标记", lambda row: cells.Marks(marks(row)) if marks(row) else cells.Text(""), 110, 1),
                Column("记录人", lambda row: cells.Text(row.by), 80, 2),
            ),
            key=lambda row: row.rid,
            words=journal.title,
        )
        self.table.on_opened(self._look)
        self.state = StateView(self.table)
        self.body.addWidget(self.state, 1)
        self.offer("关闭", "plain", cancel="").clicked.connect(self.accept)

    def start(self) -> None:
        """Open and ask."""
        self.open()
        self.errands.start("history", self._ask)

    async def _ask(self) -> None:
        with self.state.asking():
            page = await self.errands.ask(
                JournalPage(self.who.rid, (self.journal.code,), retracted=True, most=MOST)
            )
            self.table.set_rows(page.rows)
            if page.rows:
                self.state.content()
                self.table.pick_first()
                self.table.setFocus()
            else:
                self.state.empty(f"从来没有登记过{self.journal.title}")

    def _look(self, row: EntryRow) -> None:
        sheet = VersionsSheet(self.view, self.who, row)
        sheet.finished.connect(sheet.deleteLater)
        sheet.start()

    def _when(self, row: EntryRow) -> cells.Cell:
        said = when(self.view.bench, row.at) if row.begins is None else held(row)
        return cells.Text(said, "text3" if row.ends else "text2")

    def _told(self, row: EntryRow) -> cells.Cell:
        if row.retracted:
            return Told(row.line, "text3", struck=True)
        ink = "text" if row.tone == Tone.NEUTRAL else f"{row.tone}.text"
        return Told(row.line, "text3" if row.ends else ink)
