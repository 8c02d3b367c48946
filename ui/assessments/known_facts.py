"""What the station knows of the person by itself: shown, never typed beside the record it comes from."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.assessments.instruments import Fact
from app.assessments.instruments import Field as Asked
from ui.kit import Fact as FactWords
from ui.style import look

_WIDTH = 180


class KnownFacts(QWidget):
    """Caption and value side by side, in as many columns as fit."""

    def __init__(self, fields: tuple[Asked, ...]) -> None:
        super().__init__()
        self._fields = fields
        self._facts = {field.code: FactWords(field.name) for field in fields}
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(12)
        self._lay_out(2)

    def show_facts(self, facts: Mapping[str, Fact]) -> None:
        """Show values by field code; the record's number by where it comes from."""
        for field in self._fields:
            said = facts.get(field.known_from, facts.get(field.code, ""))
            missing = "签名时生成" if field.known_from == "record.number" else "档案中没有"
            self._facts[field.code].say(said if isinstance(said, str) and said else missing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(max(1, self.width() // look.sp(_WIDTH)))

    def _lay_out(self, across: int) -> None:
        across = min(across, len(self._fields))
        if across == self._across:
            return
        for column in range(max(across, self._across)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self._across = across
        for place, fact in enumerate(self._facts.values()):
            self._grid.addWidget(fact, place // across, place % across)
