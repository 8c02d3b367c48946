"""A table of texts typed line by line, such as the medicines of A.4.2; there is always an empty line to go on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.assessments.information_rules import LONGEST_TEXT, MOST_ROWS
from app.assessments.instruments import Fact
from app.assessments.instruments import Field as Asked
from ui.kit import IconButton, LineField, Words
from ui.style import Role

Rows = tuple[tuple[str, ...], ...]


class RowsInput(QWidget):
    """The value is the lines that are not empty."""

    edited = Signal()

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self._columns = asked.columns
        self._lines: list[list[LineField]] = []
        self._buttons: list[IconButton] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(Words(asked.name, Role.LABEL))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        for place, column in enumerate(self._columns):
            self._grid.addWidget(Words(column, Role.HINT), 0, place)
            self._grid.setColumnStretch(place, 2 if place == 0 else 1)
        box.addLayout(self._grid)
        self.set_value(())

    def value(self) -> Rows:
        """Every line with something in it."""
        lines = (tuple(field.text().strip() for field in line) for line in self._lines)
        return tuple(line for line in lines if any(line))

    def set_value(self, said: Fact) -> None:
        """Show these lines and an empty one."""
        rows = [row for row in said if isinstance(row, tuple)] if isinstance(said, tuple) else []
        while self._lines:
            self._drop(len(self._lines) - 1)
        for row in rows:
            self._add(row)
        self._add(("",) * len(self._columns))

    def cell(self, line: int, column: int) -> LineField:
        return self._lines[line][column]

    def _add(self, texts: tuple[str, ...]) -> None:
        place = len(self._lines) + 1
        fields = []
        for column, name in enumerate(self._columns):
            field = LineField(f"{name} 第 {place} 行")
            field.setMaxLength(LONGEST_TEXT)
            field.setText(texts[column])
            field.textEdited.connect(self._edit)
            self._grid.addWidget(field, place, column)
            fields.append(field)
        button = IconButton("x", f"删去第 {place} 行", size=36)
        button.clicked.connect(lambda: self._take_away(button))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._grid.addWidget(button, place, len(self._columns))
        self._lines.append(fields)
        self._buttons.append(button)

    def _edit(self) -> None:
        last = self._lines[-1]
        if any(field.text() for field in last) and len(self._lines) < MOST_ROWS:
            self._add(("",) * len(self._columns))
        self.edited.emit()

    def _take_away(self, button: IconButton) -> None:
        place = self._buttons.index(button)
        rows = [tuple(field.text() for field in line) for line in self._lines]
        del rows[place]
        self.set_value(tuple(row for row in rows if any(row)))
        self.edited.emit()

    def _drop(self, place: int) -> None:
        for widget in (*self._lines.pop(place), self._buttons.pop(place)):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
