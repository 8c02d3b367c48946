"""What the keys of the bed board do with the stay of who holds the bed under the cursor: leave, hospital, reserve."""

from __future__ import annotations

from app.residents.queries import BedRow, Lying, Page, ResidentList, ResidentRow
from app.residents.rules.stays import RESERVE
from ui.kit import Column, RowsTable, Sheet, cells
from ui.kit.view import View
from ui.residents.act_sheet import Subject
from ui.residents.bed_board import BedBoard
from ui.residents.course_sheets import CourseSheets
from ui.residents.signs import sex_and_age

MOST = 200


class ComingSheet(Sheet):
    """Who has asked for a place: Enter takes one of them."""

    def __init__(self, view: View, page: Page, bed: str) -> None:
        super().__init__(view, f"预留 {bed}", "选一位咨询中的老人，按 Enter。", width=560)
        self.table: RowsTable[ResidentRow] = RowsTable(
            (
                Column("老人", lambda row: cells.Name(row.name, row.number), least=150),
                Column("性别·年龄", lambda row: cells.Text(sex_and_age(row.sex, row.age)), 90),
                Column("现在", lambda row: cells.Text(f"{row.where} {row.bed}".strip()), 150),
            ),
            key=lambda row: row.rid,
            words="咨询中的老人",
        )
        self.table.setMinimumHeight(260)
        self.table.set_rows(page.rows)
        self.table.pick_first()
        self.body.addWidget(self.table)
        self.offer("下一步")
        self.table.on_opened(lambda _row: self.done_with.emit())
        self.table.setFocus()


class BedSteps:
    """`sheets` are those of stays over the board."""

    def __init__(self, view: View, board: BedBoard) -> None:
        self._view, self._board = view, board
        self.sheets = CourseSheets(view)
        self.coming: ComingSheet | None = None

    def begin(self, step: str = "") -> None:
        """A step for who holds the bed; on a free bed, Y asks who it is reserved for."""
        bed = self._board.current()
        if bed is None:
            return
        if bed.who is not None:
            self.sheets.open_stay(_subject(bed.who, bed), step)
        elif step == RESERVE:
            self._view.errands.start("coming", lambda: self._ask_who(bed))
        else:
            self._view.bench.notice.say("先选中一位老人。空床可按 Y 预留。", seconds=8)

    async def _ask_who(self, bed: BedRow) -> None:
        page = await self._view.errands.ask(ResidentList(status="coming", limit=MOST))
        if not page.rows:
            self._view.bench.notice.say("没有咨询中的老人。先在“老人”里按 Q 登记咨询。", seconds=12)
            return
        sheet = self.coming = ComingSheet(self._view, page, bed.label)
        sheet.done_with.connect(lambda: self._chosen(bed))
        sheet.finished.connect(self._closed)
        sheet.open()

    def _chosen(self, bed: BedRow) -> None:
        row = self.coming.table.current() if self.coming is not None else None
        if row is None or self.coming is None:
            return
        self.coming.accept()
        who = Subject(row.rid, row.name, f"{row.where}　{row.number}")
        self.sheets.open_stay(who, RESERVE, {"bed": bed.label})

    def _closed(self) -> None:
        if self.coming is not None:
            self.coming.deleteLater()
        self.coming = None
        self._board.setFocus()


def _subject(who: Lying, bed: BedRow) -> Subject:
    return Subject(who.rid, who.name, bed.label)
