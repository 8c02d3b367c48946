"""A list of lines in words: written, changed, taken away; each may be marked, such as 护理可见."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.core.form import Choice, Field, Kind
from ui.forms.fields.suggested import SuggestedInput
from ui.kit import IconButton, LineField, ringed

LONGEST = 200
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


@dataclass(frozen=True)
class Line:
    """One line. `marked`: its box is ticked; `code` goes along with it unseen."""

    words: str
    marked: bool = False
    code: str = ""


class WordRows(QWidget):
    """`mark`: the words of the box beside each line, none without it; `suggest` offers what may be meant."""

    changed = Signal()

    def __init__(
        self,
        what: str,
        placeholder: str,
        *,
        mark: str = "",
        suggest: Callable[[str], tuple[Choice, ...]] | None = None,
    ) -> None:
        super().__init__()
        self._what, self._mark = what, mark
        self._rows: list[WordRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        field = Field(
            "line", f"加{what}", Kind.SUGGESTED, placeholder=placeholder, suggest=suggest, max_length=LONGEST
        )
        self.line = _NewLine(field)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(self._list)
        box.addWidget(self.line)
        self.line.entered.connect(self.add)
        self.line.taken.connect(lambda _code: self.add())

    @property
    def said(self) -> tuple[Line, ...]:
        """The lines, without empty ones; what stands unentered in the last field counts too."""
        rest = self.line.text().strip()
        lines = [row.said for row in self._rows if row.said.words]
        return (*lines, *((Line(rest, bool(self._mark)),) if rest else ()))

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(one.words for one in self.said)

    def show_lines(self, lines: Iterable[Line | str]) -> None:
        """These lines instead of those there are; says nothing."""
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        self.line.clear()
        for one in lines:
            self._put(Line(one) if isinstance(one, str) else one)

    def add(self) -> None:
        """What is typed becomes a line of its own."""
        words = self.line.text().strip()
        self.line.clear()
        if words and words not in [row.said.words for row in self._rows]:
            self._put(Line(words, bool(self._mark)))
            self.changed.emit()

    def focus_part(self) -> QWidget:
        return self.line

    def _put(self, one: Line) -> None:
        row = WordRow(self._what, one, self._mark)
        row.edited.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._list.addWidget(row)

    def _remove(self, row: WordRow) -> None:
        place = self._rows.index(row)
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        (self._rows[min(place, len(self._rows) - 1)].line if self._rows else self.line).setFocus()
        self.changed.emit()


class WordRow(QWidget):
    """One line; Ctrl+Delete takes it away, as does emptying it."""

    edited = Signal()
    removed = Signal()

    def __init__(self, what: str, one: Line, mark: str) -> None:
        super().__init__()
        self._code = one.code
        self.line = LineField(what)
        self.line.setMaxLength(LONGEST)
        self.line.setText(one.words)
        self.line.setCursorPosition(0)
        self.line.setToolTip(one.words)
        self.box = QCheckBox(mark)
        self.box.setChecked(one.marked)
        if not mark:
            self.box.hide()
        ringed(self.box)
        away = IconButton("x", f"去掉 {one.words}", size=34)
        away.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.box)
        row.addWidget(away)
        self.line.textEdited.connect(self._edited)
        self.box.clicked.connect(self.edited)
        away.clicked.connect(self.removed)

    @property
    def said(self) -> Line:
        return Line(self.line.text().strip(), self.box.isChecked(), self._code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self.line.text():
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def _edited(self) -> None:
        self.line.setToolTip(self.line.text())
        self.edited.emit()


class _NewLine(SuggestedInput):
    """Enter keeps what is typed as a line of its own."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        plain = self.field.suggest is None or not self.text().strip().isascii()
        if event.key() in _ENTER and not held and self.text().strip() and plain:
            popup = self.completer().popup() if self.completer() is not None else None
            if popup is None or not popup.isVisible() or not popup.currentIndex().isValid():
                self.entered.emit()
                event.accept()
                return
        super().keyPressEvent(event)
