"""评估: the assessments of one resident, newest first; Enter opens one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.assessments.instruments import shipped
from app.residents.queries import AssessmentLine, ChartRow
from ui.kit import Card, Column, RowsTable, StateView, cells
from ui.residents.signs import level_tone, level_words

_COLUMNS: tuple[Column[AssessmentLine], ...] = (
    Column("评估日期", lambda line: cells.Text(f"{line.assessed_on:%Y-%m-%d}", "text"), 112),
    Column("评估", lambda line: cells.Text(_title(line), "text"), None, 1, 150),
    Column("评估原因", lambda line: cells.Text(line.occasion), 132, 2),
    Column(
        "结果", lambda line: cells.State(level_words(line.level), level_tone(line.level), _total(line)), 172
    ),
    Column("评估员", lambda line: cells.Text("、".join(line.signers) or line.by), 160, 3),
    Column("编号", lambda line: cells.Text(line.number, "text3"), 104, 4),
)


class AssessmentsPage(QWidget):
    """The table, or what to do where there is none."""

    opened = Signal(object)
    """The assessment's rid."""

    def __init__(self) -> None:
        super().__init__()
        self.table: RowsTable[AssessmentLine] = RowsTable(_COLUMNS, lambda line: line.rid, words="评估记录")
        self.table.opened.connect(self._open)
        self.state = StateView(self.table)
        card = Card(flush=True)
        card.body.addWidget(self.state)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)

    def show_chart(self, chart: ChartRow) -> None:
        self.table.set_rows(chart.assessments)
        if chart.assessments:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        else:
            self.state.empty("还没有评估", "按 A 或上面的“开始评估”做第一次能力评估。")

    def _open(self, line: object) -> None:
        if isinstance(line, AssessmentLine):
            self.opened.emit(line.rid)


def _title(line: AssessmentLine) -> str:
    known = shipped().get(line.instrument)
    return known.title if known else line.instrument


def _total(line: AssessmentLine) -> str:
    return "" if line.total is None else f"{line.total} 分"
