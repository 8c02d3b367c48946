"""The page of a plan: goals, curves over the programme, and today, side by side where there is room."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.kit.view import View
from ui.rehab.curve_card import CurveCard
from ui.rehab.day_card import DayCard
from ui.rehab.goals_card import GoalsCard
from ui.rehab.items_card import ItemsCard
from ui.style import look

THREE_FROM = 1020
"""Width from which on three columns stand side by side, in px at 100 % text size."""
GAP = 16


class PlanPage(QWidget):
    """Tab goes through goals, curves, programme, today."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.goals = GoalsCard(view)
        self.curves = CurveCard(view.bench.station.settings.zone)
        self.items = ItemsCard()
        self.day = DayCard(view)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._three: bool | None = None
        self._arrange(three=True)
        self.goals.setMinimumHeight(look.sp(300))
        self.day.setMinimumHeight(look.sp(420))
        self.items.setMinimumHeight(look.sp(150))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(three=self.width() >= look.sp(THREE_FROM))

    def _arrange(self, *, three: bool) -> None:
        if three == self._three:
            return
        self._three = three
        cards: tuple[QWidget, ...] = (self.goals, self.curves, self.items, self.day)
        spots = ((0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1), (0, 2, 2, 1)) if three else (
            (0, 0, 1, 1), (1, 0, 1, 2), (2, 0, 1, 2), (0, 1, 1, 1)
        )  # fmt: skip
        for card in cards:
            self._grid.removeWidget(card)
        for card, spot in zip(cards, spots, strict=True):
            self._grid.addWidget(card, *spot)
        for column, stretch in enumerate((30, 43, 28) if three else (1, 1, 0)):
            self._grid.setColumnStretch(column, stretch)
        for row, stretch in enumerate((58, 42, 0) if three else (0, 0, 0)):
            self._grid.setRowStretch(row, stretch)
