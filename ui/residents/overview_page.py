"""概况: the cards of a chart, in as many columns as the window has room for."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

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
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(_GAP)
        side.addWidget(self.due)
        side.addWidget(self.contacts, 1)
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self._columns = 0
        self._lay_out(3)

    def show_chart(self, chart: ChartRow, today: date) -> None:
        """Fill every card."""
        self.ability.show_chart(chart, today)
        self.due.show_chart(chart, today)
        self.diagnoses.show_chart(chart)
        self.contacts.show_chart(chart)
        self.basics.show_chart(chart)
        self.remarks.show_chart(chart)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        self._lay_out(3 if width >= look.sp(THREE_FROM) else 2 if width >= look.sp(TWO_FROM) else 1)

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        cards = (self.ability, self.diagnoses, self.basics, self._side, self.remarks)
        for card, (row, column, rows, across) in zip(cards, _PLACES[columns], strict=True):
            self._grid.addWidget(card, row, column, rows, across)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


_GAP = 20
_PLACES = {  # row, column, rows, columns of ability, diagnoses, basics, what is due with contacts, remarks
    3: ((0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2), (0, 2, 2, 1), (2, 0, 1, 3)),
    2: ((0, 0, 1, 1), (0, 1, 1, 1), (2, 0, 1, 2), (1, 0, 1, 2), (3, 0, 1, 2)),
    1: ((0, 0, 1, 1), (1, 0, 1, 1), (3, 0, 1, 1), (2, 0, 1, 1), (4, 0, 1, 1)),
}
