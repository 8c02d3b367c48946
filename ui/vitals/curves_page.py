"""曲线: a chart a group of signs, in one or two columns; what was not measured is named, not drawn."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.vitals.queries.record import VitalRecordRow
from ui.kit import Card, LineChart, ScrollBody, Words
from ui.kit.plot import Spot
from ui.style import Role, look
from ui.vitals.curves import GROUPS, Span, plot_of

TWO_FROM = 760
_GAP = 16


class CurvesPage(ScrollBody):
    """`current` names the value under the cursor of the chart that was pointed at last."""

    opened = Signal(object)
    """UUID: Enter or a double click on a value."""

    def __init__(self) -> None:
        super().__init__(spacing=12)
        self.current: UUID | None = None
        self.charts: list[LineChart] = []
        self._cards: list[QWidget] = []
        self._shown: list[QWidget] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP)
        self._columns = 0
        for _group in GROUPS:
            chart = LineChart()
            chart.pointed.connect(self._point)
            chart.picked.connect(self._pick)
            card = Card()
            card.body.setContentsMargins(16, 12, 12, 8)
            card.body.addWidget(chart)
            card.hide()
            self.charts.append(chart)
            self._cards.append(card)
        self.missing = Words("", Role.HINT, wrap=True)
        self.body.addLayout(self._grid)
        self.body.addWidget(self.missing)
        self.body.addStretch(1)

    def show_record(self, record: VitalRecordRow, span: Span) -> None:
        """Draw what was measured."""
        self._shown, without = [], []
        for group, chart, card in zip(GROUPS, self.charts, self._cards, strict=True):
            plot = plot_of(group, record, span)
            if plot is None:
                card.hide()
                without.append(group.title)
                continue
            chart.show_plot(plot)
            self._shown.append(card)
        self.missing.setText(f"这段时间没有：{'、'.join(without)}。" if without and self._shown else "")
        self.missing.setVisible(bool(self.missing.text()))
        self._columns = 0
        self._lay_out()

    def arrive(self) -> bool:
        """The focus to the first chart, if there is one."""
        chart = next(
            (one for one, card in zip(self.charts, self._cards, strict=True) if card in self._shown), None
        )
        if chart is not None:
            chart.setFocus()
        return chart is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _point(self, spot: object) -> None:
        if isinstance(spot, Spot) and isinstance(spot.key, UUID):
            self.current = spot.key

    def _pick(self, spot: object) -> None:
        if isinstance(spot, Spot):
            self._point(spot)
            self.opened.emit(spot.key)

    def _lay_out(self) -> None:
        columns = 2 if self.viewport().width() >= look.sp(TWO_FROM) else 1
        if columns == self._columns:
            return
        self._columns = columns
        for card in self._cards:
            self._grid.removeWidget(card)
        for place, card in enumerate(self._shown):
            alone = columns == 2 and place == len(self._shown) - 1 and place % 2 == 0
            self._grid.addWidget(card, place // columns, place % columns, 1, 2 if alone else 1)
            card.show()
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
