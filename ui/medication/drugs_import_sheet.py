"""The preview of a list of medicines: what each row was read as, what becomes of it and why; then all the good ones."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.medication.drugs.importing import DrugLine, DrugsOutcome, Fate, ImportDrugs
from ui.kit import ChipRow, Column, Errands, RowsTable, Sheet, StateView, cells, errand
from ui.kit.view import Bench
from ui.style import Tone, look

LISTS = "药品表 (*.xlsx *.csv *.txt);;所有文件 (*)"
_TONES = {
    Fate.REJECTED: Tone.DANGER,
    Fate.CHANGED: Tone.WARN,
    Fate.NEW: Tone.OK,
    Fate.UNCHANGED: Tone.NEUTRAL,
}
_RANK = {fate: place for place, fate in enumerate(_TONES)}
_COLUMNS: tuple[Column[DrugLine], ...] = (
    Column("行", lambda one: cells.Text(str(one.row), "text3"), 56),
    Column("结果", lambda one: cells.State(one.fate.words, _TONES[one.fate]), 96),
    Column("表里写的", lambda one: cells.Text(one.shown or "—"), 220, 1),
    Column("认作", lambda one: cells.Text(f"{one.title} {one.size}", strong=True), 220),
    Column("说明", lambda one: cells.Text(one.words), None, 0, 220),
)


def ask_list(parent: QWidget) -> QFileDialog:
    """The file dialog, already open; connect its `fileSelected`."""
    dialog = QFileDialog(parent, "选择药品表", "", LISTS)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


class DrugsImportSheet(Sheet):
    """Rows that come back first, then those that change something, then the rest."""

    imported = Signal()

    def __init__(self, parent: QWidget, bench: Bench, path: Path, seen: DrugsOutcome) -> None:
        super().__init__(parent, f"导入药品表 {path.name}", "确认之前什么都不会写入。", width=980)
        self._path, self._seen, self._bench = path, seen, bench
        self.errands = Errands(bench.desk, self, notice=self.notice)
        self.finished.connect(self.deleteLater)
        self.lines = sorted(seen.lines, key=lambda line: (_RANK[line.fate], line.row))
        counted = [(fate.value, f"{fate.words} {seen.count(fate):,}") for fate in _TONES]
        self.chips = ChipRow((("all", f"全部 {len(self.lines):,}"), *counted))
        self.table: RowsTable[DrugLine] = RowsTable(_COLUMNS, lambda one: one.row, words="药品表预览")
        self.table.setMinimumHeight(look.sp(300))
        self.state = StateView(self.table)
        self.body.addWidget(self.chips)
        self.body.addWidget(self.state, 1)
        fresh = seen.count(Fate.NEW) + seen.count(Fate.CHANGED)
        button = self.offer(f"导入 {fresh:,} 种" if fresh else "没有可导入的", icon="upload")
        button.setEnabled(bool(fresh))
        self.chips.group.buttonClicked.connect(self.show_lines)
        self.done_with.connect(self.bring_in)
        self.show_lines()
        button.setFocus()

    def show_lines(self) -> None:
        """The rows of the chosen chip."""
        lines = [line for line in self.lines if self.chips.key in ("all", line.fate)]
        self.table.set_rows(lines)
        if lines:
            self.state.content()
            self.table.pick_first()
        else:
            self.state.empty("没有这样的行")

    @errand
    async def bring_in(self) -> None:
        """Take the good rows in, all of them or none."""
        done = await self.errands.do(ImportDrugs(self._path, self._seen), busy=self.main)
        self.accept()
        back = f"，{done.count(Fate.REJECTED)} 行没有导入" if done.count(Fate.REJECTED) else ""
        words = f"已新增 {done.count(Fate.NEW):,} 种，更新 {done.count(Fate.CHANGED):,} 种{back}。"
        self._bench.notice.done(words)
        self.imported.emit()
