"""What an admission left to be done, as a strip on top of the overview: there until it is done."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.core.changes import Changes
from app.core.errors import Refusal, Trouble
from app.residents.queries import StayTodo, StayTodos
from ui.kit import Sign, Words, latest
from ui.kit.chart import ChartPart
from ui.kit.view import Bench
from ui.style import Role, look


class TodoStrip(ChartPart):
    """Hidden where nothing is missing."""

    kinds: ClassVar[frozenset[str]] = frozenset({"stay", "grade", "entry"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "入住待办")
        self.todo: StayTodo | None = None
        self.words = Words("", Role.BODY, ink="warn", wrap=True)
        self._since = Words("", Role.HINT, ink="warn")
        frame = QFrame()
        row = QHBoxLayout(frame)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(10)
        row.addWidget(Sign("list-checks", 20, "warn.text"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        row.addWidget(self._since, 0, Qt.AlignmentFlag.AlignTop)
        look.restyle(frame, "strip", "warn")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(frame)
        self.hide()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask what is missing of the resident shown."""
        who = self.who
        if who is None:
            return
        try:
            found = await self.errands.ask(StayTodos(who.rid))
        except (Refusal, Trouble):
            self.hide()  # the chart itself says what is wrong
            return
        if self.who is not who:
            return
        self.todo = found[0] if found else None
        if self.todo is not None:
            self.words.setText(f"入住待办：{self.todo.words}")
            self._since.setText(f"{self.todo.since:%Y-%m-%d} 入住" if self.todo.since else "")
        self.setVisible(self.todo is not None)
