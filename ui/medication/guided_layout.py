"""The pieces of the guided round and how they stand: who it is, what they get, the keys; beside it the round."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.clock import local
from app.medication.giving import Said
from app.medication.giving.writing import SlotKey
from app.medication.queries import BedsideRow, GuidedSheet
from ui.kit import Button, Card, Foot, ScrollBody, Stack, StateView, Words
from ui.kit.view import View
from ui.medication.guided_foot import KeyHints
from ui.medication.guided_head import GuidedHead
from ui.medication.guided_list import DoseList
from ui.medication.guided_needs import badge_of, simple
from ui.medication.guided_side import SideColumn
from ui.medication.guided_summary import GuidedSummary
from ui.medication.reconcile_strip import ReconcileStrip
from ui.style import Role, look

NARROW = 900
"""Under this width (at 100 %) the list stands alone, and its head says how far the round is."""
LEAST = 130
LOW = 560
_ROUND = 6


class Walk(QWidget):
    """Left who and what, right the round; narrow, the right side leaves."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.head, self.list, self.side = GuidedHead(view), DoseList(), SideColumn(view)
        self.title, self.window_words = Words("", Role.CARD_TITLE), Words("", Role.HINT)
        self.counts, self.short = Words("", Role.HINT), Words("", Role.STRONG)
        self.hints, self.rest = KeyHints(), Button("", "primary", icon="check")
        self.rest.setToolTip("快捷键：空格")
        self.foot = Foot()
        self.scroller = ScrollBody(spacing=0)
        self.scroller.body.addWidget(self.list)
        self.scroller.body.addStretch(1)
        self.scroller.setMinimumHeight(look.sp(LEAST))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.head)
        left.addWidget(self._card(), 1)
        row.addLayout(left, 1)
        row.addWidget(self.side)

    def show_row(self, row: BedsideRow, said: dict[SlotKey, Said], sheet: GuidedSheet, zone: str) -> None:
        """The head of the list: how many, their window, what waits for what."""
        self.title.setText(f"本次应给 {len(row.slots)} 种")
        if row.slots:
            opens = min(one.opens for one in row.slots)
            closes = max(one.closes for one in row.slots)
            self.window_words.setText(f"时段 {local(zone, opens):%H:%M} – {local(zone, closes):%H:%M}")
        badges = [badge_of(slot, row, said.get(slot.key, Said()), zone)[0] for slot in row.slots]
        counted = {words.split(" ")[0]: 0 for words in badges}
        for words in badges:
            counted[words.split(" ")[0]] += 1
        self.counts.setText(" · ".join(f"{count} {words}" for words, count in counted.items()))
        finished = sum(one.finished for one in sheet.stops)
        self.short.setText(f"{finished} / {len(sheet.stops)} 位")
        plain = sum(simple(slot) for slot in row.open)
        waiting = len(row.open)
        self.rest.say(
            f"{'其余 ' if plain < len(row.slots) else ''}{plain} 种已给"
            if plain
            else f"还有 {waiting} 种要核对"
            if waiting
            else "下一位"
        )

    def fit(self) -> None:
        """At the width there is now."""
        self.side.fit()
        wide = self.width() >= look.sp(NARROW)
        self.side.setVisible(wide)
        self.short.setVisible(not wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.fit()

    def minimumSizeHint(self) -> QSize:
        """As wide as the list alone: the side may leave."""
        return QSize(look.sp(520), super().minimumSizeHint().height())

    def keep_in_sight(self) -> None:
        """Scroll to the row of the cursor with all that stands under it; to what is asked where both have no room."""
        entry = self.list.current
        piece: QWidget | None = self.list.top or entry
        if piece is None:
            return
        high, bar = self.scroller.viewport().height(), self.scroller.verticalScrollBar()
        if entry is not None and piece is entry and entry.panel is not None and entry.height() > high:
            piece = entry.panel
        top = self.list.y() + piece.mapTo(self.list, piece.rect().topLeft()).y()
        value = max(bar.value(), top + piece.height() + _ROUND - high)
        bar.setValue(min(value, top - _ROUND))

    def asking(self, *, panel: bool) -> None:
        """While something is asked in a low window, the foot leaves its room to it."""
        self.foot.setVisible(not panel or self.height() >= look.sp(LOW))

    def _card(self) -> Card:
        card = Card(flush=True)
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(20, 12, 20, 10)
        row.setSpacing(12)
        row.addWidget(self.title)
        row.addWidget(self.window_words)
        row.addStretch(1)
        row.addWidget(self.counts)
        row.addWidget(self.short)
        self.short.hide()
        foot = self.foot
        foot.row.addWidget(self.hints, 1)
        foot.row.addWidget(self.rest)
        for piece in (top, self.scroller, foot):
            card.body.addWidget(piece, int(piece is self.scroller))
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        return card


class GuidedPieces:
    """What the view is made of: the walk or the summary, or a sentence instead of both."""

    def __init__(self, view: View) -> None:
        self.walk, self.summary = Walk(view), GuidedSummary()
        self.unreconciled = ReconcileStrip(view, "guided")
        self.pages = Stack(least=True)
        self.pages.add(self.walk)
        self.pages.add(self.summary)
        self.state = StateView(self.pages)
        box = QVBoxLayout(view)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.unreconciled)
        box.addWidget(self.state, 1)
