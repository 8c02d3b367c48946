"""The curve of one instrument: chart or table of scales, and under it what stands at the cursor, in one line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Signal

from app.assessments.trends.measure import SCALES, Measure
from app.assessments.trends.records import RecordRow
from ui.assessments.trends_plot import plot_of, reading, when
from ui.assessments.trends_scales import ScalesTable
from ui.kit import Card, LineChart, Spot, Stack, Words
from ui.style import Role

HEIGHT = 232


class CurveCard(Card):
    """`row` is the record under the cursor."""

    pointed = Signal(object)
    """UUID: the cursor of the chart was put on a record."""
    opened = Signal(object)
    """UUID: Enter or a double click on a point."""

    def __init__(self, zone: str) -> None:
        super().__init__()
        self._zone = zone
        self._measure: Measure | None = None
        self._records: Sequence[RecordRow] = ()
        self.row: RecordRow | None = None
        self.title = Words("", Role.CARD_TITLE, wrap=True)
        self.chart = LineChart(HEIGHT)
        self.scales = ScalesTable()
        self.shown = Stack()
        self.shown.add(self.chart)
        self.shown.add(self.scales)
        self.said = Words("", wrap=True, ink="text2")
        self.body.setContentsMargins(16, 12, 12, 12)
        self.body.setSpacing(8)
        self.body.addWidget(self.title)
        self.body.addWidget(self.shown)
        self.body.addWidget(self.said)
        self.chart.pointed.connect(self._point)
        self.chart.picked.connect(self._pick)

    def show_records(self, measure: Measure, records: Sequence[RecordRow], now: datetime) -> None:
        """Draw an instrument's records, the newest first as they come."""
        self._measure, self._records = measure, records
        scales = measure.kind == SCALES
        self.title.setText(f"{measure.title}：各量表结果" if scales else "")
        self.title.setVisible(scales)
        if scales:
            self.scales.show_records(measure, records)
        else:
            self.chart.show_plot(plot_of(measure, records, now, self._zone))
        self.shown.show_place(1 if scales else 0)

    def rest_on(self, row: RecordRow | None) -> None:
        """Say a record, and put the cursor on it."""
        self.row = row
        self.said.setText(reading(self._measure, row) if row is not None and self._measure else "")
        self.chart.rest_at(None if row is None else when(row, self._zone))

    def arrive(self) -> bool:
        """The focus to the chart, if it shows."""
        there = self._measure is not None and self._measure.kind != SCALES and self.isVisible()
        if there:
            self.chart.setFocus()
        return there

    def _point(self, spot: object) -> None:
        if isinstance(spot, Spot) and isinstance(spot.key, UUID):
            row = next((one for one in self._records if one.record == spot.key), None)
            if row is not None and row != self.row:
                self.row = row
                self.said.setText(reading(self._measure, row) if self._measure else "")
                if self.chart.hasFocus():
                    self.pointed.emit(spot.key)

    def _pick(self, spot: object) -> None:
        if isinstance(spot, Spot):
            self.opened.emit(spot.key)
