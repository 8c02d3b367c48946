"""A short list of entries that open in a sheet: tag, words, a hint, what has to be said of each below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit import FieldError, IconButton, Tag, Words
from ui.style import Role, Tone, look

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True)
class Entry:
    """One entry. `notes`: sentences below it, each with its ink (`danger`, `warn`)."""

    key: str
    tag: str
    tone: Tone
    words: str
    hint: str = ""
    notes: tuple[tuple[str, str], ...] = ()


class EntryRows(QWidget):
    """`opened(key)` by Enter, Space or a click; `removed(key)` by Delete or the cross. ↑ and ↓ go between entries."""

    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, none: str) -> None:
        super().__init__()
        self.rows: dict[str, EntryRow] = {}
        self.error = FieldError()
        self._none = Words(none, Role.HINT, wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(self._list)
        box.addWidget(self._none)
        box.addWidget(self.error)

    def show_entries(self, entries: Iterable[Entry], focus: str = "") -> None:
        """These instead of those there are; rows that say the same stay. `focus`: the key that gets the cursor."""
        wanted = {one.key: one for one in entries}
        for key in list(self.rows):
            if key not in wanted or self.rows[key].entry != wanted[key]:
                row = self.rows.pop(key)
                focus = focus or (key if row.hasFocus() else "")
                self._list.removeWidget(row)
                row.hide()
                row.deleteLater()
        for place, (key, entry) in enumerate(wanted.items()):
            if key not in self.rows:
                self.rows[key] = self._made(entry)
            self._list.insertWidget(place, self.rows[key])
            self.rows[key].show()  # now, not in the next turn of the loop: it may be given the cursor
        self.rows = {key: self.rows[key] for key in wanted}
        self._none.setVisible(not self.rows)
        if focus in self.rows:
            self.rows[focus].setFocus(Qt.FocusReason.OtherFocusReason)

    def say_wrong(self, text: str) -> None:
        self.error.say(text)

    def focus_part(self) -> QWidget:
        return next(iter(self.rows.values()), self)

    def _made(self, entry: Entry) -> EntryRow:
        row = EntryRow(entry)
        row.opened.connect(lambda: self.opened.emit(entry.key))
        row.removed.connect(lambda: self._remove(entry.key))
        row.stepped.connect(lambda step: self._step(entry.key, step))
        return row

    def _remove(self, key: str) -> None:
        places = list(self.rows)
        place = places.index(key)
        rest = [one for one in places if one != key]
        if rest:
            self.rows[rest[min(place, len(rest) - 1)]].setFocus()
        self.removed.emit(key)

    def _step(self, key: str, step: int) -> None:
        places = list(self.rows)
        place = places.index(key) + step
        if 0 <= place < len(places):
            self.rows[places[place]].setFocus(Qt.FocusReason.OtherFocusReason)


class EntryRow(QFrame):
    """One entry; the one the keys go to has an edge."""

    opened = Signal()
    removed = Signal()
    stepped = Signal(int)

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.setProperty("surface", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(" ".join(filter(None, (entry.tag, entry.words, entry.hint))))
        tag = Tag(entry.tag, entry.tone)
        tag.setMinimumWidth(look.sp(46))
        self.away = IconButton("x", f"去掉 {entry.words}", size=34)
        self.away.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Words(entry.words, Role.BODY, wrap=True))
        if entry.hint:
            texts.addWidget(Words(entry.hint, Role.HINT, ink="text2", wrap=True))
        for words, ink in entry.notes:
            texts.addWidget(Words(words, Role.HINT, ink=ink, wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 9, 6, 9)
        row.setSpacing(10)
        row.addWidget(tag, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        row.addWidget(self.away, 0, Qt.AlignmentFlag.AlignTop)
        self.away.clicked.connect(self.removed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in _ENTER and not held:
            self.opened.emit()
        elif key == Qt.Key.Key_Delete:
            self.removed.emit()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
