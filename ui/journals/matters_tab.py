"""档案事项: what holds of a resident, a card a journal; ended ones in its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.core.changes import Changes
from app.journals.journal import Journal
from app.journals.journal_file import in_group
from app.journals.queries import EntryRow, JournalPage, Standing
from ui.journals.entry_acts import EntryActs
from ui.journals.history_sheet import HistorySheet
from ui.journals.matter_card import MatterCard, MatterLine
from ui.journals.own_keys import OwnKeys
from ui.journals.words import today
from ui.kit import Key, ScrollBody, StateView, Words, latest
from ui.kit.chart import ChartPart, Who
from ui.kit.view import Bench
from ui.style import Role, look

LATEST = 3
"""Entries of an event journal a card shows."""
TWO_FROM = 820
HINT = "字母键登记　Enter 看全文与修改过程　E 更正　O 结束　D 作废　W 记错人　H 以前的"


class MattersTab(ChartPart):
    """Wishes, rights and papers at the left, care at the right. The chart's own letters wait meanwhile."""

    kinds: ClassVar[frozenset[str]] = frozenset({"entry"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "档案事项")
        left = (*in_group("rights"), *in_group("person"))
        right = tuple(one for one in in_group("body") if not one.event)
        self.journals = (*left, *right)
        self.cards = {one.code: MatterCard(bench, one) for one in self.journals}
        self._here: UUID | str = ""
        self._sides = tuple(_column([self.cards[one.code] for one in side]) for side in (left, right))
        self.acts = EntryActs(self, self.current, self.arrive)
        self._own = OwnKeys(self, self._keys())
        self._whole = QWidget()
        self._grid = QGridLayout(self._whole)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(20)
        self._columns = 0
        body = ScrollBody((0, 0, 8, 0), 12)
        body.body.addWidget(Words(HINT, Role.HINT, wrap=True))
        body.body.addWidget(self._whole)
        body.body.addStretch(1)
        self._scroll = body
        self.state = StateView(body)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.state)
        self._lay_out(1)
        for card in self.cards.values():
            card.add.clicked.connect(self._writing(card.journal))
            card.history.clicked.connect(self._looking_back(card.journal))
        self._own.watch(self)

    def show_resident(self, who: Who) -> None:
        """Of another resident nothing stays on screen meanwhile."""
        if self.who is not None and who.rid != self.who.rid:
            self._here = ""
            self._show(defaultdict(list))
            self.state.loading()
        super().show_resident(who)

    @property
    def lines(self) -> list[MatterLine]:
        """Every line in reading order."""
        return [line for one in self.journals for line in self.cards[one.code].lines]

    def line(self) -> MatterLine | None:
        """The line the person stands on."""
        return next((line for line in self.lines if _key(line) == self._here), None)

    def current(self) -> EntryRow | None:
        """The entry the person stands on."""
        line = self.line()
        return line.row if line is not None else None

    def arrive(self) -> None:
        line = self.line() or next(iter(self.lines), None)
        if line is not None:
            line.setFocus()

    def record_shown(self) -> tuple[str, UUID] | None:
        row = self.current()
        return None if row is None else ("entry", row.rid)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for what holds, and for the last events."""
        who = self.who
        if who is None:
            return
        with self.state.asking(self.refresh):
            rows: dict[str, list[EntryRow]] = defaultdict(list)
            for row in await self.errands.ask(Standing(who.rid)):
                rows[row.journal].append(row)
            for one in self.journals:
                if one.event:
                    page = await self.errands.ask(JournalPage(who.rid, (one.code,), most=LATEST))
                    rows[one.code] = list(page.rows)
            self._show(rows)
            self.state.content()

    # inside -------------------------------------------------------------------------------------------------------

    def _show(self, rows: dict[str, list[EntryRow]]) -> None:
        had = self.isAncestorOf(focused) if (focused := self.window().focusWidget()) is not None else False
        for code, card in self.cards.items():
            for line in card.show_rows(rows[code], today(self.bench)):
                line.chosen.connect(self._standing_at(line))
                line.opened.connect(self._enter)
                self._own.watch(line)
        if had:
            self.arrive()

    def _standing_at(self, line: MatterLine) -> Callable[[], None]:
        def stand() -> None:
            self._here = _key(line)
            self._scroll.ensureWidgetVisible(line, 0, 40)

        return stand

    def _step(self, by: int) -> None:
        lines = self.lines
        line = self.line()
        place = lines.index(line) + by if line in lines else 0
        lines[max(0, min(place, len(lines) - 1))].setFocus()

    def _enter(self) -> None:
        """Enter: the entry whole; where nothing stands, the first one."""
        line = self.line()
        if line is not None and line.row is None:
            self.acts.write(line.journal)
        else:
            self.acts.look()

    def _writing(self, journal: Journal) -> Callable[[], None]:
        return lambda: self.acts.write(journal)

    def _looking_back(self, journal: Journal) -> Callable[[], None]:
        return lambda: self._look_back(journal)

    def _look_back(self, journal: Journal | None = None) -> None:
        line = self.line()
        meant = journal or (line.journal if line is not None else None)
        if meant is not None and self.who is not None and self.acts.sheet is None:
            sheet = HistorySheet(self, self.who, meant)
            sheet.finished.connect(sheet.deleteLater)
            sheet.start()

    def _keys(self) -> list[Key]:
        return [
            Key("Up", "上一条", lambda: self._step(-1)),
            Key("Down", "下一条", lambda: self._step(1)),
            Key("Return Enter", "全文与修改过程；没有时登记", self._enter),
            *(Key(one.key, f"登记{one.title}", self._writing(one)) for one in _written(self.journals)),
            Key("E", "更正", self.acts.correct),
            Key("O", "结束", self.acts.end),
            Key("D Delete", "作废", self.acts.retract),
            Key("W", "记错人", self.acts.move),
            Key("H", "以前的", self._look_back),
            Key("Ctrl+Z", "撤销刚写的", self.acts.take_back),
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(2 if self.width() >= look.sp(TWO_FROM) else 1)

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, side in enumerate(self._sides):
            self._grid.removeWidget(side)
            self._grid.addWidget(side, place // columns, place % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def _key(line: MatterLine) -> UUID | str:
    return line.journal.code if line.row is None else line.row.rid


def _written(journals: Sequence[Journal]) -> Iterator[Journal]:
    """Those that are still written, by their letter."""
    return (one for one in journals if one.key and not one.closed)


def _column(cards: Sequence[QWidget]) -> QWidget:
    whole = QWidget()
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(12)
    for card in cards:
        box.addWidget(card)
    box.addStretch(1)
    return whole
