"""One incident on the screen: its head, the cards of what it says, and its way beside or below them."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.incidents.queries import IncidentWhole
from ui.incidents.incident_cards import HeadCard, empty, family_card, report_card, review_card, way_card
from ui.kit import ScrollBody
from ui.kit.view import Bench
from ui.style import look

BESIDE_FROM = 900
"""Width from which the way of the incident stands beside what it says."""
WAY_WIDTH = 360


class IncidentPage(QWidget):
    """Draws an incident whole each time it changed."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._zone = bench.station.settings.zone
        self.head = HeadCard(bench)
        self._said, self._way = ScrollBody((0, 0, 6, 0), 20), ScrollBody((0, 0, 6, 0), 20)
        self._whole: IncidentWhole | None = None
        self._beside = True
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._said, 1)
        row.addWidget(self._way)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(20)
        box.addWidget(self.head)
        box.addLayout(row, 1)
        self._way.setFixedWidth(look.sp(WAY_WIDTH))

    def show_incident(self, whole: IncidentWhole) -> None:
        """Show another incident, or the same as it stands now."""
        same = self._whole is not None and self._whole.row.rid == whole.row.rid
        scrolled = self._said.verticalScrollBar().value() if same else 0
        self._whole = whole
        self.head.show_incident(whole)
        for body in (self._said.body, self._way.body):
            empty(body)
        self._said.body.addWidget(report_card(whole))
        if "告知家属" in whole.said or not whole.row.retracted:
            self._said.body.addWidget(family_card(whole))
        if "整改措施" in whole.said or not whole.row.retracted:
            self._said.body.addWidget(review_card(whole))
        (self._way if self._beside else self._said).body.addWidget(way_card(whole, self._zone))
        for body in (self._said.body, self._way.body):
            body.addStretch(1)
        self._said.verticalScrollBar().setValue(scrolled)

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(420), look.sp(260))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._way.setFixedWidth(look.sp(WAY_WIDTH))
        beside = self.width() >= look.sp(BESIDE_FROM)
        if beside != self._beside:
            self._beside = beside
            self._way.setVisible(beside)
            if self._whole is not None:
                self.show_incident(self._whole)
