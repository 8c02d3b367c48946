"""F9: every version of one record at the right edge of the window, over whatever is open; Esc goes back."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.changes import Changes
from app.core.clock import local
from app.history import RecordHistory, RecordStory, Version
from ui.kit import Badge, Errands, Key, Line, ScrollBody, SideSheet, StateView, Words, bind, latest
from ui.kit.differences import Differences
from ui.kit.view import Bench
from ui.style import Role, Tone

WIDTH = 480


class HistorySheet(SideSheet):
    """Follows the news of its record while it is open."""

    def __init__(self, bench: Bench, parent: QWidget, kind: str, record: UUID) -> None:
        super().__init__(parent, "变更历史", width=WIDTH)
        self.errands = Errands(bench.desk, self, notice=self.notice)
        self._zone = bench.station.settings.zone
        self._record = (kind, record)
        self.versions = ScrollBody((0, 4, 8, 4), 14)
        self.state = StateView(self.versions)
        self.body.addWidget(self.state, 1)
        self.close_button = self.offer("知道了", cancel="")
        self.done_with.connect(self.accept)
        bench.bulletin.subscribe(self, frozenset({kind}), self._hear)
        bind(self, Key("F9", "关闭", self.reject))

    @latest
    async def ask(self) -> None:
        """Ask for the versions."""
        with self.state.asking(self.ask):
            story = await self.errands.ask(RecordHistory(*self._record))
            self._show(story)
            self.state.content()

    def _show(self, story: RecordStory) -> None:
        self.title.setText(f"{story.title} · 变更历史")
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        for place, version in enumerate(story.versions):
            if place:
                box.addWidget(Line())
            box.addWidget(self._block(version))
        while (item := self.versions.body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.versions.body.addWidget(whole)
        self.versions.body.addStretch(1)

    def _block(self, version: Version) -> QWidget:
        block = QWidget()
        box = QVBoxLayout(block)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Words(f"第 {version.revision} 版", Role.STRONG))
        for words, tone in _marks(version):
            head.addWidget(Badge(words, tone))
        head.addStretch(1)
        head.addWidget(Words(f"{local(self._zone, version.recorded_at):%Y-%m-%d %H:%M}", Role.HINT))
        box.addLayout(head)
        box.addWidget(Words(self._who(version), Role.HINT, wrap=True))
        if version.reason:
            box.addWidget(Words(f"原因：{version.reason}", Role.BODY, ink="text2", wrap=True))
        if version.differences:
            box.addWidget(Differences(((one.field, one.old, one.new), "") for one in version.differences))
        return block

    def _who(self, version: Version) -> str:
        parts = [f"{version.by} · {version.role}" if version.role else version.by]
        parts += [f"{version.station} 号站"] if version.station else []
        parts += [version.source] if version.source else []
        if version.late:
            parts.append(f"发生于 {local(self._zone, version.at):%m-%d %H:%M}")
        return "　".join(parts)

    def _hear(self, _changes: Changes) -> None:
        self.ask()


def _marks(version: Version) -> list[tuple[str, Tone]]:
    marks = [("作废", Tone.DANGER)] if version.state == "作废" else []
    marks += [("更正", Tone.WARN)] if version.state == "更正" else []
    return marks + ([("补录", Tone.INFO)] if version.late else [])


def show_history(bench: Bench, parent: QWidget, kind: str, record: UUID) -> None:
    """Open the versions of a record over a window."""
    sheet = HistorySheet(bench, parent, kind, record)
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    sheet.ask()
