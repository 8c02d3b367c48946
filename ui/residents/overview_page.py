"""概况: the cards of a chart, in as many columns as the window has room for."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.residents.queries import ChartRow
from ui.kit import ScrollBody
from ui.residents.ability_card import AbilityCard
from ui.residents.basics_card import BasicsCard
from ui.residents.chart_cards import ContactsCard, DiagnosesCard, DueCard, RemarksCard
from ui.style import look

THREE_FROM, TWO_FROM = 980, 620
"""Width from which cards stand in three, in two columns."""


class OverviewPage(ScrollBody):
    """What is known of a resident at a glance."""

    def __init__(self, zone: str) -> None:
        super().__init__()
        self.ability, self.diagnoses = AbilityCard(), DiagnosesCard()
        self.due, self.contacts = DueCard(), ContactsCard()
        self.basics, self.remarks = BasicsCard(zone), RemarksCard()
        self._grid = QGridLayout()
        self._grid.setSpacing(20)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self._columns = 0
        self._lay_out(3)

    def show_chart(self, chart: ChartRow, today: date) -> None:
        """Fill every card."""
        self.ability.show_chart(chart, today)
        self.due.show_chart(chart, today)
        for card in (self.diagnoses, self.contacts, self.basics, self.remarks):
            card.show_chart(chart)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        self._lay_out(3 if width >= look.sp(THREE_FROM) else 2 if width >= look.sp(TWO_FROM) else 1)

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        cards: tuple[QWidget, ...] = (self.ability, self.diagnoses, self.due, self.basics, self.contacts)
        spans = {3: (1, 1, 1, 2, 1), 2: (1, 1, 1, 2, 1), 1: (1, 1, 1, 1, 1)}[columns]
        if columns == 2:
            cards = (self.ability, self.diagnoses, self.contacts, self.due, self.basics)
            spans = (1, 1, 1, 1, 2)
        place = 0
        for card, span in zip(cards, spans, strict=True):
            self._grid.addWidget(card, place // columns, place % columns, 1, span)
            place += span
        self._grid.addWidget(self.remarks, place // columns + 1, 0, 1, columns)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
