"""A section of a form that is folded away: its title, what is in it, and its fields once it is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.form import Section
from ui.kit import Button, ElidedWords
from ui.style import Role


class Fold(QWidget):
    """Space or a click on the title opens and closes it; `opened` when it opened."""

    opened = Signal()

    def __init__(self, section: Section, draw: Callable[[Section], QLayout]) -> None:
        super().__init__()
        self.section = section
        self.head = Button(section.title, "link", icon="chevron-right")
        self.head.setProperty("high", "line")
        self.head.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._about = ElidedWords("、".join(field.label for field in section.fields), Role.HINT, ink="text3")
        self._inside = QWidget()
        inside = draw(section)  # after the head: Tab goes in the order things were made
        inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setLayout(inside)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.head)
        row.addWidget(self._about, 1)
        row.addStretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addLayout(row)
        box.addWidget(self._inside)
        self.head.clicked.connect(self.toggle)
        self._open = False
        self._show()

    @property
    def open(self) -> bool:
        return self._open

    def toggle(self) -> None:
        """Open it, or fold it away again; what is in it stays."""
        self.set_open(not self._open)

    def set_open(self, wanted: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        """Open or closed."""
        if wanted != self._open:
            within = self.focusWidget()
            if not wanted and within is not None and within.hasFocus():
                self.head.setFocus()  # the cursor is never folded away
            self._open = wanted
            self._show()
            if wanted:
                self.opened.emit()

    def _show(self) -> None:
        self._inside.setVisible(self._open)
        self._about.setVisible(not self._open)
        self.head.show_icon("chevron-down" if self._open else "chevron-right")
        state = "已展开" if self._open else "已收起，空格展开"
        self.head.setAccessibleName(f"{self.section.title}（{state}）")
