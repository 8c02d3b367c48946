"""The preview of a list of beds: what becomes of each row, and nothing is written before it is confirmed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.residents.places.plan_import import BedLine, Fate, ImportPlaces, PlacesOutcome
from ui.kit import Column, Errands, RowsTable, Sheet, cells, errand
from ui.kit.view import Bench
from ui.residents.signs import bed_type_words
from ui.style import Tone, look

LISTS = "床位表 (*.xlsx *.csv *.txt);;所有文件 (*)"
_VERDICTS: dict[Fate, tuple[str, Tone]] = {
    Fate.REJECTED: ("不能导入", Tone.DANGER),
    Fate.CHANGED: ("改类型", Tone.WARN),
    Fate.NEW: ("可以导入", Tone.OK),
    Fate.UNCHANGED: ("已经有了", Tone.INFO),
}
_RANK = {fate: place for place, fate in enumerate(_VERDICTS)}
_COLUMNS: tuple[Column[tuple[int, BedLine]], ...] = (
    Column("行", lambda one: cells.Text(str(one[1].row), "text3"), 56),
    Column("床位", lambda one: cells.Text(one[1].label or "—", strong=True), 170),
    Column("类型", lambda one: cells.Text(bed_type_words(one[1].bed_type) or "未定"), 84, 1),
    Column("结果", lambda one: cells.State(*_VERDICTS[one[1].fate], one[1].words), None, 0, 200),
)


def ask_file(parent: QWidget) -> QFileDialog:
    """The file dialog, already open; connect its `fileSelected`."""
    dialog = QFileDialog(parent, "选择床位表", "", LISTS)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


class PlacesImportSheet(Sheet):
    """Rows that come back first, then those that change something, then the rest."""

    imported = Signal()

    def __init__(self, parent: QWidget, bench: Bench, path: Path, seen: PlacesOutcome) -> None:
        count = {fate: seen.count(fate) for fate in Fate}
        text = (
            f"可以导入 {count[Fate.NEW]:,} 张，改类型 {count[Fate.CHANGED]:,} 张，"
            f"已经有了 {count[Fate.UNCHANGED]:,} 张，不能导入 {count[Fate.REJECTED]:,} 处。确认之前什么都不会写入。"
        )
        super().__init__(parent, f"导入床位表 {path.name}", text, width=720)
        self._path, self._seen, self._bench = path, seen, bench
        self.errands = Errands(bench.desk, self, notice=self.notice)
        self.finished.connect(self.deleteLater)
        lines = sorted(seen.lines, key=lambda line: (_RANK[line.fate], line.row))
        self.table: RowsTable[tuple[int, BedLine]] = RowsTable(
            _COLUMNS, lambda one: one[0], words="床位表预览"
        )
        self.table.setMinimumHeight(look.sp(260))
        self.table.set_rows(tuple(enumerate(lines)))
        self.body.addWidget(self.table)
        fresh = count[Fate.NEW] + count[Fate.CHANGED]
        button = self.offer(f"导入 {fresh:,} 张" if fresh else "没有可导入的", icon="upload")
        button.setEnabled(bool(fresh))
        self.done_with.connect(self.bring_in)
        button.setFocus()

    @errand
    async def bring_in(self) -> None:
        """Take the good rows in, all of them or none."""
        done = await self.errands.do(ImportPlaces(self._path, self._seen), busy=self.main)
        self.accept()
        back = f"，{done.count(Fate.REJECTED)} 处没有导入" if done.count(Fate.REJECTED) else ""
        words = f"已添加 {done.count(Fate.NEW):,} 张床位，改类型 {done.count(Fate.CHANGED):,} 张{back}。"
        self._bench.notice.done(words)
        self.imported.emit()
