"""The page of a plan: goals, curves over the programme, and today, side by side where there is room."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.rehab.rules.sessions import SessionKey
from ui.kit.view import View
from ui.rehab.curve_card import CurveCard
from ui.rehab.day_card import DayCard
from ui.rehab.goals_card import GoalsCard
from ui.rehab.items_card import ItemsCard
from ui.style import look

THREE_FROM, TWO_FROM = 1020, 640
"""Width from which on three columns, or two, stand side by side, in px at 100 % text size."""
SPOTS = {
    3: ((0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1), (0, 2, 2, 1)),
    2: ((0, 0, 1, 1), (1, 0, 1, 2), (2, 0, 1, 2), (0, 1, 1, 1)),
    1: ((1, 0, 1, 1), (2, 0, 1, 1), (3, 0, 1, 1), (0, 0, 1, 1)),
}
"""Row, column and how many of each: goals, curves, programme, today."""
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
        self._cards: tuple[QWidget, ...] = (self.goals, self.curves, self.items, self.day)
        self._columns = 0
        self._kept: tuple[UUID | None, SessionKey | None] = (None, None)
        self._arrange(3)
        self.goals.setMinimumHeight(look.sp(300))
        self.day.setMinimumHeight(look.sp(420))
        self.items.setMinimumHeight(look.sp(150))

    def keep_keys(self) -> None:
        """Remember which goal or session has the keys: a page that says it is loading takes them away."""
        if (goal := self.goals.current) is not None:
            self._kept = (goal.seen.rid, None)
        elif (place := self.day.place) is not None:
            self._kept = (None, self.day.lines[place].row.key)

    def give_keys_back(self) -> None:
        """To whoever had them, unless somebody has gone elsewhere meanwhile."""
        (goal, session), self._kept = self._kept, (None, None)
        if self.goals.current is None and self.day.place is None:
            if goal is not None:
                self.goals.focus_on(goal)
            elif session is not None:
                self.day.focus_on(session)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest card: columns give way to fewer."""
        hint = super().minimumSizeHint()
        return QSize(max(card.minimumSizeHint().width() for card in self._cards), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width()
        self._arrange(3 if wide >= look.sp(THREE_FROM) else 2 if wide >= look.sp(TWO_FROM) else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for card in self._cards:
            self._grid.removeWidget(card)
        for card, spot in zip(self._cards, SPOTS[columns], strict=True):
            self._grid.addWidget(card, *spot)
        for column, stretch in enumerate(((1, 0, 0), (1, 1, 0), (30, 43, 28))[columns - 1]):
            self._grid.setColumnStretch(column, stretch)
        for row, stretch in enumerate((58, 42) if columns == 3 else (0, 0)):
            self._grid.setRowStretch(row, stretch)
        self.updateGeometry()  # fewer columns are higher
