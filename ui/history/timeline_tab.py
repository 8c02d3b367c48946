"""时间线 in a resident's chart: everything in order, month by month, filtered by kind; Enter shows the versions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.changes import Changes
from app.core.clock import local
from app.core.happened import Happened
from app.history.timeline import Timeline
from app.registry import RECORDS
from ui.history.history_sheet import show_history
from ui.kit import Button, Card, ChipRow, Column, Foot, Key, RowsTable, StateView, Words, bind, cells, latest
from ui.kit.chart import ChartPart, Who
from ui.kit.view import Bench
from ui.style import Role, Tone

STEP = timedelta(days=30)
ALL = "全部"


class TimelineTab(ChartPart):
    """Begins with the last thirty days; 更早 adds thirty more."""

    kinds: ClassVar[frozenset[str]] = frozenset(RECORDS)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "时间线")
        self._zone = bench.station.settings.zone
        self._spans = 1
        self._lines: tuple[Happened, ...] = ()
        self.chips = ChipRow(((ALL, ALL),))
        self.table: RowsTable[Happened] = RowsTable(
            self._columns(), lambda line: (line.kind, line.rid, line.title), words="时间线"
        )
        self.states = StateView(self.table)
        self.foot = Words("", Role.HINT)
        self.more = Button("再看更早 30 天", "link")
        self._lay_out()
        self.more.clicked.connect(self.earlier)
        self.chips.group.buttonClicked.connect(lambda *_: self._fill())
        self.table.on_opened(self._open)
        bind(
            self,
            Key("M", "再看更早 30 天", self.earlier),
            Key("F", "换一类", self._next_sort),
            Key("Return", "这条记录的变更历史"),
            Key("P", "打印本月的时间线", self.print),
        )

    def show_resident(self, who: Who) -> None:
        if self.who is None or who.rid != self.who.rid:
            self._spans, self._lines = 1, ()
        super().show_resident(who)

    def arrive(self) -> None:
        self.table.setFocus()

    def record_shown(self) -> tuple[str, UUID] | None:
        line = self.table.current()
        return None if line is None else (line.kind, line.rid)

    def earlier(self) -> None:
        """Thirty days more."""
        self._spans += 1
        self.refresh()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        if self.who is None:
            return
        with self.states.asking(self.refresh):
            self._lines = await self.errands.ask(Timeline(self.who.rid, *self._span()))
            self._fill()

    def print(self) -> None:
        """This month's, of the kinds that show."""
        if self.who is None:
            return
        today = local(self._zone, self.bench.desk.clock.now()).date()
        chosen = {} if self.chips.key == ALL else {"sorts": frozenset({self.chips.key})}
        back = ("chart", {"resident": self.who.rid, "tab": "timeline"})
        days = {"first": today.replace(day=1), "last": today}
        self.bench.go(
            "preview", {"sheet": "timeline", "resident": self.who.rid, **days, **chosen, "back": back}
        )

    # inside -------------------------------------------------------------------------------------------------------

    def _span(self) -> tuple[datetime, datetime]:
        now = self.bench.desk.clock.now()
        return now - STEP * self._spans, now + timedelta(days=1)

    def _fill(self) -> None:
        sorts = [ALL, *dict.fromkeys(line.sort for line in self._lines)]
        if sorts != self.chips.keys:
            self.chips.show_chips(tuple((sort, sort) for sort in sorts))
        chosen = self.chips.key
        shown = tuple(line for line in self._lines if chosen in (ALL, line.sort))
        self.table.set_rows(shown)
        days = STEP.days * self._spans
        self.foot.setText(f"最近 {days} 天 · {len(shown)} 条")
        if shown:
            self.states.content()
            if self.table.current() is None:
                self.table.pick_first()
        else:
            self.states.empty(
                f"最近 {days} 天没有记录", "按 M 再看更早的。", ("再看更早 30 天", self.earlier)
            )

    def _next_sort(self) -> None:
        keys = self.chips.keys
        self.chips.choose(keys[(keys.index(self.chips.key) + 1) % len(keys)])
        self._fill()

    def _open(self, line: Happened) -> None:
        show_history(self.bench, self, line.kind, line.rid)

    def _columns(self) -> tuple[Column[Happened], ...]:
        return (
            Column("时间", self._when, 128),
            Column("类别", lambda line: cells.Text(line.sort, "text2"), 110, 1),
            Column("内容", self._what, least=240),
            Column("记录人", lambda line: cells.Text(line.by, "text2"), 100, 2),
        )

    @staticmethod
    def _what(line: Happened) -> cells.Cell:
        return cells.What(line.title, line.words, line.icon, Tone(line.tone))

    def _when(self, line: Happened) -> cells.Cell:
        here = local(self._zone, line.at)
        year = "" if here.year == local(self._zone, self.bench.desk.clock.now()).year else f"{here:%Y}-"
        return cells.Text(f"{year}{here:%m-%d %H:%M}", "text2")

    def _lay_out(self) -> None:
        card = Card(flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 20, 12)
        head.addWidget(self.chips, 1)
        foot = Foot()
        foot.row.addWidget(self.foot)
        foot.row.addStretch(1)
        foot.row.addWidget(Words("F 换一类　M 更早　P 打印", Role.HINT))
        foot.row.addWidget(self.more)
        card.body.addLayout(head)
        card.body.addWidget(self.states, 1)
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
