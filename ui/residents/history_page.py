"""变更历史: who changed what and when, old words struck through beside the new ones."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.clock import local
from app.residents.queries import HistoryEntry
from ui.kit import Card, Line, ScrollBody, StateView, Words
from ui.kit.differences import Differences
from ui.residents.chart_cards import empty_layout
from ui.style import Role

_SOURCES = {"import": "名册导入", "platform": "区平台", "transcribed": "补录"}
MOST = 200
"""Acts shown; older ones stay in the file and in the audit chain."""


class HistoryPage(QWidget):
    """One block an act: when and who at the left, what at the right."""

    def __init__(self, zone: str) -> None:
        super().__init__()
        self._zone = zone
        self._body = ScrollBody((20, 18, 20, 18), 14)
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(14)
        self._body.body.addLayout(self._blocks)
        self._body.body.addStretch(1)
        self.state = StateView(self._body)
        card = Card(flush=True)
        card.body.addWidget(self.state)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)

    def show_entries(self, entries: tuple[HistoryEntry, ...]) -> None:
        """Show what was written, the newest act first."""
        empty_layout(self._blocks)
        for place, entry in enumerate(entries[:MOST]):
            if place:
                self._blocks.addWidget(Line())
            self._blocks.addWidget(self._block(entry))
        if len(entries) > MOST:
            self._blocks.addWidget(Words(f"还有更早的 {len(entries) - MOST} 次修改。", Role.HINT))
        self.state.content()

    def _block(self, entry: HistoryEntry) -> QWidget:
        block = QWidget()
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(Words(f"{local(self._zone, entry.at):%Y-%m-%d %H:%M}", Role.STRONG))
        left.addWidget(Words(f"{entry.by} · {entry.role}", Role.HINT, wrap=True))
        what = "建档" if entry.first else "修改"
        left.addWidget(Words(_SOURCES.get(entry.source, what), Role.HINT))
        left.addStretch(1)
        row.addLayout(left, 1)
        row.addWidget(_changes(entry), 4)
        return block


def _changes(entry: HistoryEntry) -> Differences:
    lines = (((one.field, one.old, one.new), one.why) for one in entry.changes)
    return Differences(lines, "已作废" if any(one.why and not one.new for one in entry.changes) else "已去掉")
