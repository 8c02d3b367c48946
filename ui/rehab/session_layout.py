"""The pieces of the session view and how they stand: the day's list, the form of one session, what to mind beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.roles import Right
from app.rehab.queries.session_rows import SessionSheetRow
from ui.kit import Button, Card, ChipRow, Foot, ScrollBody, Stack, StateView, Words
from ui.kit.day_step import DayStep
from ui.kit.guarded import GuardedButton
from ui.kit.person_strip import PersonStrip
from ui.kit.view import View
from ui.rehab.group_page import GroupPage
from ui.rehab.sections import Sections
from ui.rehab.session_after import AfterCard
from ui.rehab.session_before import BeforeCard
from ui.rehab.session_beside import BesideColumn
from ui.rehab.session_done import DoneCard
from ui.rehab.session_during import DuringCard
from ui.rehab.session_list import SessionList
from ui.rehab.session_times import TimesCard
from ui.style import Role, look

LIST, BESIDE = 336, 272
NARROW, NARROWER = 1080, 760
"""Under these widths (at 100 %) what stands beside goes below the form; then the list leaves room for the form."""
MINE, ALL = "mine", "all"


class SessionPieces(QWidget):
    """Everything under the head; `fit` at each width."""

    def __init__(self, view: View) -> None:
        super().__init__()
        zone = view.bench.station.settings.zone
        self.sections = Sections(view, "rehab-session")
        self.scope = ChipRow(((MINE, "我的"), (ALL, "全部")))
        self.day = DayStep()
        self.list = SessionList()
        self.strip = PersonStrip(view)
        self.before, self.during, self.after = (
            BeforeCard(zone),
            DuringCard(zone, view.bench.desk.clock),
            AfterCard(),
        )
        self.times, self.done, self.group = TimesCard(zone), DoneCard(zone), GroupPage(zone)
        self.beside = BesideColumn()
        self.main = GuardedButton(view, Right.TRAIN, "开始训练", "primary")
        self.other = GuardedButton(view, Right.TRAIN, "未进行")
        self.later, self.fix = Button("补记"), Button("更正")
        self.drop, self.resume = Button("撤销记录"), Button("继续训练")
        self.hint = Words("", Role.HINT)
        self.scroller = ScrollBody(spacing=14)
        self.forms = Stack()
        self._grouped = False
        self._list = Card(flush=True)
        self._columns = QHBoxLayout(self)
        self._home: QHBoxLayout | QVBoxLayout = self._columns
        self._lay_out()
        self.state = StateView(self)

    def lay_into(self, view: View) -> None:
        """The head and what stands under it."""
        box = QVBoxLayout(view)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.sections, 1)
        head.addWidget(self.scope)
        head.addWidget(self.day)
        box.addLayout(head)
        box.addWidget(self.state, 1)

    def cards(self) -> tuple[QWidget, ...]:
        return (self.times, self.before, self.during, self.after, self.done)

    def show_cards(self, *shown: QWidget) -> None:
        """These cards of the form, in their order."""
        for card in self.cards():
            card.setVisible(card in shown)

    def texts(self) -> dict[str, Any]:
        """All that is typed, as the draft keeps it; times only of what is written down afterwards."""
        return {
            "before": self.before.texts(),
            "during": self.during.texts(),
            "after": self.after.texts(),
            "later": self.before.later,
            "times": self.times.texts() if self.before.later else {},
            "group": self.group.texts(),
        }

    def put(self, sheet: SessionSheetRow, texts: Mapping[str, Any]) -> None:
        """Another session: what had been typed of it, or nothing."""
        for card in (self.before, self.during, self.after):
            card.sheet = None
        self.after.show_sheet(sheet)
        self.before.put(texts.get("before", {}))
        self.during.put(texts.get("during", {}))
        self.after.put(texts.get("after", {}))
        self.times.show_sheet(sheet)
        self.times.put(texts.get("times", {}))
        self.group.remembered = texts.get("group", {})

    def bring(self, widget: QWidget) -> None:
        """Scroll to a piece of the form."""
        self.scroller.ensureWidgetVisible(widget, 0, 60)

    def fit(self) -> None:
        """At the width there is now: what stands beside goes below, then the list gets narrow."""
        wide = self.width() >= look.sp(NARROW)
        home = self._columns if wide else self.scroller.body
        if self._home is not home:
            self._home.removeWidget(self.beside)
            if wide:
                self._columns.addWidget(self.beside)
            else:
                self.scroller.body.insertWidget(self.scroller.body.count() - 1, self.beside)
            self._home = home
        self.beside.setVisible(not self._grouped)
        if wide:
            self.beside.setFixedWidth(look.sp(BESIDE))
        else:
            self.beside.setMinimumWidth(0)
            self.beside.setMaximumWidth(16777215)
        self._list.setFixedWidth(look.sp(LIST if self.width() >= look.sp(NARROWER) else 220))

    def show_group(self, *, grouped: bool) -> None:
        """The members of a group instead of one form."""
        self._grouped = grouped
        self.forms.show_place(1 if grouped else 0)
        self.strip.setVisible(not grouped)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.fit()

    def _lay_out(self) -> None:
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        self._list.body.addWidget(self.list)
        self._columns.addWidget(self._list)
        middle = QVBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.strip)
        for card in self.cards():
            self.scroller.body.addWidget(card)
        self.scroller.body.addStretch(1)
        self.forms.add(self.scroller)
        self.forms.add(self.group)
        middle.addWidget(self.forms, 1)
        middle.addWidget(self._foot())
        self._columns.addLayout(middle, 1)
        self._columns.addWidget(self.beside)

    def _foot(self) -> QWidget:
        bar = Card(flush=True)
        foot = Foot()
        foot.row.setContentsMargins(16, 9, 16, 9)
        for piece in (self.other, self.later, self.fix, self.drop, self.resume):
            foot.row.addWidget(piece)
        foot.row.addStretch(1)
        foot.row.addWidget(self.hint)
        foot.row.addWidget(self.main)
        bar.body.addWidget(foot)
        return bar
