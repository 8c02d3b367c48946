"""当前用药 on the overview of a chart: what the resident takes, how, and when it was last given."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.core.changes import Changes
from app.core.clock import local
from app.medication.running import Running, RunningMedicines
from ui.kit import Button, Card, ElidedWords, StateView, Words, latest
from ui.kit.chart import ChartPart, Who
from ui.kit.view import Bench
from ui.style import Role

MOST = 6
"""Medicines in the card; the tab has them all."""


class RunningCard(ChartPart):
    """The button opens the tab 用药."""

    kinds: ClassVar[frozenset[str]] = frozenset({"med_order", "dose"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "当前用药")
        self.card = Card("当前用药", " ")
        self.all = Button("全部用药", "link")
        self.lines = QGridLayout()
        self.lines.setHorizontalSpacing(14)
        self.lines.setVerticalSpacing(8)
        self.lines.setColumnStretch(0, 3)
        self.lines.setColumnStretch(1, 2)
        whole = QWidget()
        whole.setLayout(self.lines)
        self.state = StateView(whole)
        self.card.head.addWidget(self.all)
        self.card.body.addWidget(self.state)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.card)
        self.all.clicked.connect(self._open)

    def show_resident(self, who: Who) -> None:
        if self.who is None or self.who.rid != who.rid:
            self._show(())  # of another resident nothing stays
        super().show_resident(who)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        who = self.who
        if who is None:
            return
        with self.state.asking(self.refresh):
            rows = await self.errands.ask(RunningMedicines(who.rid))
            if who is self.who:
                self._show(rows)

    def _show(self, rows: tuple[Running, ...]) -> None:
        while (item := self.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for place, row in enumerate(rows[:MOST]):
            words = ElidedWords(row.words, Role.BODY, ink="danger.text" if row.high_alert else "text")
            how = ElidedWords(
                " ".join(part for part in (row.dose, row.route, row.frequency) if part), Role.HINT
            )
            self.lines.addWidget(words, place, 0)
            self.lines.addWidget(how, place, 1)
            self.lines.addWidget(Words(self._last(row), Role.HINT), place, 2, Qt.AlignmentFlag.AlignRight)
        more = len(rows) - MOST
        if more > 0:
            self.lines.addWidget(Words(f"还有 {more} 种", Role.HINT), MOST, 0)
        if rows:
            self.state.content()
        else:
            self.state.empty("没有在用的药", "医生开立、核对后的长期和备用医嘱列在这里。")

    def _last(self, row: Running) -> str:
        if row.paused:
            return "暂停中"
        if row.last is None:
            return "还没给过"
        return f"末次 {local(self.bench.station.settings.zone, row.last):%m-%d %H:%M}"

    def _open(self) -> None:
        if self.who is not None:
            self.bench.go("chart", {"resident": self.who.rid, "tab": "medication"})
