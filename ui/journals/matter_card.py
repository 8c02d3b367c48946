"""One journal of what holds: its entries as lines, what is due, how to add; its history behind one key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.journals.journal import Journal
from app.journals.queries import EntryRow
from ui.journals.words import due_words, held, when
from ui.kit import Card, IconButton, Sign, Tags, Words
from ui.kit.paint import Mark
from ui.kit.view import Bench
from ui.style import Role, Tone, look


class MatterLine(QFrame):
    """One entry, or the place where the first would stand. Arrows go from line to line."""

    chosen = Signal()
    opened = Signal()

    def __init__(self, journal: Journal, row: EntryRow | None) -> None:
        super().__init__()
        self.journal, self.row = journal, row
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("matter", "rest")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(10, 5, 10, 6)
        self.box.setSpacing(3)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        look.restyle(self, "matter", "here")
        self.chosen.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        look.restyle(self, "matter", "rest")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()


class MatterCard(Card):
    """The title says the journal and its letter; `lines` are its focusable lines. A closed one shows what stands."""

    def __init__(self, bench: Bench, journal: Journal) -> None:
        super().__init__()
        self.bench, self.journal = bench, journal
        self.body.setContentsMargins(8, 8, 8, 6)
        self.body.setSpacing(2)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 4, 0)
        head.setSpacing(10)
        head.addWidget(Sign(journal.icon, 20, "primary"))
        head.addWidget(Words(journal.title, Role.CARD_TITLE))
        head.addWidget(Words(journal.closed or journal.key, Role.HINT, wrap=bool(journal.closed)), 1)
        self.history = IconButton("history", f"{journal.title}：以前的（H）", size=34)
        self.add = IconButton("plus", f"登记{journal.title}（{journal.key}）", size=34)
        head.addWidget(self.history)
        if not journal.closed:
            head.addWidget(self.add)
        self.body.addLayout(head)
        self.lines: list[MatterLine] = []

    def show_rows(self, rows: Sequence[EntryRow], day: date) -> list[MatterLine]:
        """Show other entries; returns the new lines."""
        for line in self.lines:
            line.hide()
            line.deleteLater()
        nothing = [] if self.journal.closed else [self._empty()]
        self.lines = [self._line(row, day) for row in rows] or nothing
        for line in self.lines:
            self.body.addWidget(line)
        self.setVisible(bool(rows) or not self.journal.closed)
        return self.lines

    def _line(self, row: EntryRow, day: date) -> MatterLine:
        line = MatterLine(self.journal, row)
        ink = "" if row.tone == Tone.NEUTRAL else row.tone
        line.box.addWidget(Words(row.line, wrap=True, ink=ink))
        since = when(self.bench, row.at) if row.begins is None else held(row)
        told = "　".join(filter(None, (since, row.by)))
        due, tone = due_words(row, self.journal.due.words if self.journal.due else "", day)
        found = [Mark(due, tone)] if due and tone else []
        under = QHBoxLayout()
        under.setSpacing(8)
        under.addWidget(Words(f"{told}　{due}" if due and tone is None else told, Role.SMALL, wrap=True), 1)
        if row.late:
            found.append(Mark("补录", Tone.WARN))
        if row.corrected:
            found.append(Mark("已更正", Tone.INFO))
        if found:
            under.addWidget(Tags(tuple(found)))
        line.box.addLayout(under)
        line.setAccessibleName(f"{self.journal.title}：{row.line}，{told}，{due}")
        return line

    def _empty(self) -> MatterLine:
        line = MatterLine(self.journal, None)
        missing = self.journal.missing
        words = missing.words if missing else "未登记"
        line.box.addWidget(Words(words, Role.HINT, ink=missing.tone if missing else ""))
        line.setAccessibleName(f"{self.journal.title}：{words}")
        return line
