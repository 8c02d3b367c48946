"""体温单 on the screen: week by week, as it will stand on paper."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.clock import date_in
from app.printing.sheets.temperature_chart import page
from app.printing.sheets.temperature_week import DAYS, TemperatureChart
from app.printing.temperature_data import TemperatureWeekOf
from ui.kit import IconButton, Key, ScrollBody, StateView, Words, bind, latest
from ui.kit.view import View
from ui.style import Role
from ui.vitals.paper import PaperLeaf


class WeekPage(QWidget):
    """← and → turn the weeks; Home goes back to this one."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self.errands = view.errands
        self.resident: UUID | None = None
        self.first: date | None = None
        """First day of the week that shows; None until it is known: the one of today."""
        self.turning = QWidget()
        """The week's name between its two buttons; the tab has it in its bar."""
        self.title = Words("", Role.STRONG)
        self.before = IconButton("chevron-left", "上一周（←）", framed=True)
        self.after = IconButton("chevron-right", "下一周（→）", framed=True)
        self.leaf = PaperLeaf()
        self._scroll = ScrollBody()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName("体温单")
        self.state = StateView(self._scroll)
        self._lay_out()
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        bind(
            self,
            Key("Left", "上一周", lambda: self.turn(-1)),
            Key("Right", "下一周", lambda: self.turn(1)),
            Key("Home", "本周", self.turn_to_today),
        )

    def show_resident(self, resident: UUID) -> None:
        """The week of today of somebody else; of the same person the week that shows, anew."""
        if resident != self.resident:
            self.resident, self.first = resident, None
        self.ask_week()

    def turn(self, weeks: int) -> None:
        """So many weeks on or back, not beyond today or before the admission."""
        button = self.after if weeks > 0 else self.before
        if self.first is not None and button.isEnabled():
            self.first += timedelta(days=DAYS * weeks)
            self.ask_week()

    def turn_to_today(self) -> None:
        """The week of today."""
        self.first = None
        self.ask_week()

    def arrive(self) -> bool:
        """The focus where the arrows turn."""
        self._scroll.setFocus()
        return True

    @latest
    async def ask_week(self) -> None:
        """Ask for the week that shows."""
        if self.resident is None:
            return
        with self.state.asking(self.ask_week):
            chart = await self.errands.ask(TemperatureWeekOf(self.resident, self.first))
            self._show(chart)

    def _show(self, chart: TemperatureChart) -> None:
        week = chart.weeks[0]
        last = week.first + timedelta(days=DAYS - 1)
        self.first = week.first
        self.title.setText(f"{week.first:%Y-%m-%d} 至 {last:%m-%d}")
        station = self._view.bench.station
        today = date_in(station.settings.zone, self._view.bench.desk.clock.now())
        self.after.setEnabled(last < today)
        self.before.setEnabled(not chart.admitted or week.first > date.fromisoformat(chart.admitted))
        self.leaf.show_figure(page(chart, week), f"体温单 {chart.name} {self.title.text()}")
        self.state.content()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self.turning)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for piece in (self.before, self.title, self.after):
            row.addWidget(piece)
        row.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.leaf, 100)
        middle.addStretch(1)
        self._scroll.body.addLayout(middle)
        self._scroll.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.state, 1)
