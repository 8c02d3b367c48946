"""F8: the story of one record at the right edge of the window, over whatever is open; Esc goes back."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.core.changes import Changes
from app.sync.queries import TraceOf
from ui.kit import Errands, Key, SideSheet, StateView, bind, latest
from ui.kit.view import Bench
from ui.sync.story import Story

WIDTH = 460


class TraceSheet(SideSheet):
    """Follows the news while it is open. From a resident's story a link leads to those of the other records."""

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent, "同步经过", width=WIDTH)
        self.errands = Errands(bench.desk, self, notice=self.notice)
        self.story = Story(bench)
        self.state = StateView(self.story)
        self.body.addWidget(self.state, 1)
        self.back = self.offer("返回", "plain", cancel="")
        self.close_button = self.offer("知道了", cancel="")
        self.back.clicked.disconnect(self.done_with)
        self.back.clicked.connect(self.go_back)
        self.done_with.connect(self.accept)
        self._way: list[tuple[str, UUID]] = []
        self.story.chosen.connect(self._go_on)
        bench.bulletin.subscribe(self, frozenset({"sync"}), self._hear)
        bind(self, Key("F8", "关闭", self.reject), Key("Backspace", "回到前一条", self.go_back))

    def open_at(self, kind: str, record: UUID) -> None:
        """Show the story of a record."""
        self._way = [(kind, record)]
        self.open()
        self.ask()

    def go_back(self) -> None:
        """To the story that led here."""
        if len(self._way) > 1:
            self._way.pop()
            self.ask()

    @latest
    async def ask(self) -> None:
        """Ask for the story shown now, or as it has become."""
        self.back.setVisible(len(self._way) > 1)
        with self.state.asking(self.ask):
            trace = await self.errands.ask(TraceOf(*self._way[-1]))
            self.title.setText(trace.title)
            self.story.show_trace(trace)
            self.state.content()

    def _go_on(self, kind: str, record: object) -> None:
        if isinstance(record, UUID):
            self._way.append((kind, record))
            self.ask()

    def _hear(self, _changes: Changes) -> None:
        self.ask()


def show_story(bench: Bench, parent: QWidget, kind: str, record: UUID) -> None:
    """Open the story of a record over a window."""
    sheet = TraceSheet(bench, parent)
    sheet.finished.connect(sheet.deleteLater)
    sheet.open_at(kind, record)
