"""Scales by date, where an instrument has no total: one line a scale, one column an assessment, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.assessments.trends.measure import Measure
from app.assessments.trends.records import RecordRow
from ui.kit import Line, Words
from ui.style import Role

MOST = 4
"""Assessments side by side; earlier ones stand in the list."""


class ScalesTable(QWidget):
    """Points with the words that were said of them then."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self._table: QWidget | None = None
        self.more = Words("", Role.HINT)

    def show_records(self, measure: Measure, records: Sequence[RecordRow]) -> None:
        """The newest of them; those that were refused have no column."""
        if self._table is not None:
            self._box.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
        done = [one for one in records if one.scales]
        self._table = _table(measure, done[:MOST])
        self._box.addWidget(self._table)
        earlier = len(done) - MOST
        self.more.setText(f"更早的 {earlier} 次在左边的列表里" if earlier > 0 else "")
        self.more.setVisible(earlier > 0)
        self._box.addWidget(self.more)


def _table(measure: Measure, records: Sequence[RecordRow]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    left = Qt.AlignmentFlag.AlignLeft
    for column, one in enumerate(records, 1):
        grid.addWidget(Words(one.assessed_on.isoformat(), Role.LABEL, ink="text2"), 0, column, left)
        grid.setColumnStretch(column, 1)
    grid.addWidget(Line(), 1, 0, 1, len(records) + 1)
    for place, (code, name) in enumerate(measure.scales, 2):
        grid.addWidget(Words(name, ink="text2"), place, 0, left)
        for column, one in enumerate(records, 1):
            said = next((verdict for verdict in one.scales if verdict.code == code), None)
            words = "—" if said is None else f"{said.score} {said.words}".strip()
            loud = said is not None and said.tone in ("warn", "orange", "danger")
            cell = Words("", Role.STRONG if loud else Role.BODY)
            cell.say(words, said.tone if said is not None and said.tone != "neutral" else "")
            grid.addWidget(cell, place, column, left)
    return table
