"""概况: the cards of a chart, in as many columns as the window has room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.residents.queries import ChartRow
from ui.kit import ScrollBody
from ui.kit.chart import Slot
from ui.residents.ability_card import AbilityCard
from ui.residents.basics_card import BasicsCard
from ui.residents.chart_cards import DiagnosesCard, DueCard, RemarksCard
from ui.residents.contacts_card import ContactsCard
from ui.style import look

THREE_FROM, TWO_FROM = 980, 620
"""Width from which cards stand in three, in two columns."""


class OverviewPage(ScrollBody):
    """What is known of a resident at a glance. Cards of other subjects: strips on top, among the main ones, beside."""

    def __init__(self, zone: str, others: Sequence[tuple[Slot, QWidget]] = ()) -> None:
        super().__init__()
        self.ability, self.diagnoses = AbilityCard(), DiagnosesCard()
        self.due, self.contacts = DueCard(), ContactsCard()
        self.basics, self.remarks = BasicsCard(zone), RemarksCard()
        self._top = _column(card for slot, card in others if slot == "top")
        self._side = _column(
            (self.due, *(card for slot, card in others if slot == "side"), self.contacts), stretch_last=True
        )
        self._main = (self.diagnoses, *(card for slot, card in others if slot == "main"), self.ability)
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
        """Three columns: main cards in two, the side over all their rows; with fewer, the side comes below them."""
        if columns == self._columns:
            return
        self._columns = columns
        for card in (self._top, *self._main, self._side, self.basics, self.remarks):
            self._grid.removeWidget(card)
        across = min(columns, 2)
        row = 0
        if (inside := self._top.layout()) is not None and inside.count():
            self._grid.addWidget(self._top, row, 0, 1, across)
            row += 1
        for place, card in enumerate(self._main):
            self._grid.addWidget(card, row + place // across, place % across)
        row += -(-len(self._main) // across)
        if columns < 3:
            self._grid.addWidget(self._side, row, 0, 1, across)
            row += 1
        self._grid.addWidget(self.basics, row, 0, 1, across)
        if columns == 3:
            self._grid.addWidget(self._side, 0, 2, row + 1, 1)
        self._grid.addWidget(self.remarks, row + 1, 0, 1, columns)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def _column(cards: Iterable[QWidget], *, stretch_last: bool = False) -> QWidget:
    """Cards one below the other."""
    whole = QWidget()
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(_GAP)
    for card in cards:
        box.addWidget(card)
    if stretch_last and box.count():
        box.setStretch(box.count() - 1, 1)
    return whole


_GAP = 20
