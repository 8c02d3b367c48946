"""What an admission left to be done, as a strip on top of the overview: there until it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.residents.queries import StayTodo
from ui.kit import Sign, Words
from ui.style import Role, look


class TodoStrip(QFrame):
    """Hidden where nothing is missing."""

    def __init__(self) -> None:
        super().__init__()
        self.todo: StayTodo | None = None
        self.words = Words("", Role.BODY, ink="warn", wrap=True)
        self._since = Words("", Role.HINT, ink="warn")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(10)
        row.addWidget(Sign("list-checks", 20, "warn.text"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        row.addWidget(self._since, 0, Qt.AlignmentFlag.AlignTop)
        look.restyle(self, "strip", "warn")
        self.hide()

    def show_todo(self, todo: StayTodo | None) -> None:
        """Say what is missing, and since when."""
        self.todo = todo
        if todo is not None:
            self.words.setText(f"入住待办：{todo.words}")
            self._since.setText(f"{todo.since:%Y-%m-%d} 入住" if todo.since else "")
        self.setVisible(todo is not None)
