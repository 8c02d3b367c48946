"""The sidebar: the mark, the places a person may go to, and at its foot what waits for the district platform."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.card import ScrollBody
from ui.kit.paint import Painted
from ui.kit.words import ElidedWords, Line
from ui.places.place import Place
from ui.shell.brand import draw_mark
from ui.shell.nav_entry import NavEntry
from ui.shell.sync_foot import SyncFoot
from ui.style import Role, look

WIDE, RAIL = 224, 72
PRESSES = tuple(f"Ctrl+{digit}" for digit in "1234567890")
"""Keys of the places in their order; the tenth has the digit after nine."""


class Mark(Painted):
    """The mark of the program, 40 px."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(40), look.sp(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, self.rect().toRectF())


class _Two(QWidget):
    """Two lines beside a drawing; the drawing alone in the rail."""

    def __init__(self, drawing: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(5, 0, 4, 0)
        row.setSpacing(12)
        row.addWidget(drawing)
        self.texts = QWidget()
        box = QVBoxLayout(self.texts)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.first = ElidedWords("", Role.STRONG)
        self.second = ElidedWords("", Role.HINT, ink="text3")
        box.addWidget(self.first)
        box.addWidget(self.second)
        row.addWidget(self.texts, 1)

    def say(self, first: str, second: str) -> None:
        self.first.setText(first)
        self.second.setText(second)
        self.setToolTip(f"{first}\n{second}".strip())
        self.setAccessibleName(f"{first} {second}".strip())


class Sidebar(QFrame):
    """Entries in the order of PLACES. `chosen` carries the key of a place."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place], title: tuple[str, str]) -> None:
        super().__init__()
        self.setProperty("surface", "nav")
        self._entries: dict[str, NavEntry] = {}
        self._rail: bool | None = None
        self._head = _Two(Mark())
        self._head.say(*title)
        self.foot = SyncFoot()
        self.foot.clicked.connect(lambda: self.chosen.emit("sync"))
        self._list = ScrollBody((12, 0, 12, 12), 2)
        for at, place in enumerate(places):
            urgent = place.count is not None and place.count.urgent
            press = PRESSES[at] if at < len(PRESSES) else ""
            entry = NavEntry(place.words, place.icon, press, urgent=urgent)
            entry.clicked.connect(lambda *_, key=place.key: self.chosen.emit(key))
            self._entries[place.key] = entry
            self._list.body.addWidget(entry)
        self._list.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 1, 0)
        box.setSpacing(0)
        box.addWidget(_padded(self._head, 14, 12))
        box.addWidget(self._list, 1)
        box.addWidget(_padded(Line(), 0, 0))
        box.addWidget(_padded(self.foot, 6, 8))
        self.set_rail(rail=False)

    def set_rail(self, *, rail: bool) -> None:
        """72 px of drawings instead of 224 px of words."""
        if rail == self._rail:
            return
        self._rail = rail
        self.fit()

    def fit(self) -> None:
        """Take the width that goes with the text size."""
        rail = bool(self._rail)
        self.setFixedWidth(look.sp(RAIL) if rail else look.sp(WIDE))
        self._head.texts.setVisible(not rail)
        self.foot.set_rail(rail=rail)
        for entry in self._entries.values():
            entry.set_rail(rail=rail)

    def show_place(self, key: str) -> None:
        """Mark where the person is; nothing is marked for a hidden place without an entry."""
        for known, entry in self._entries.items():
            entry.setAutoExclusive(False)
            entry.setChecked(known == key)
            entry.setAutoExclusive(True)

    def show_count(self, key: str, count: int) -> None:
        if key in self._entries:
            self._entries[key].show_count(count)


def _padded(widget: QWidget, top: int, bottom: int) -> QWidget:
    around = QWidget()
    box = QVBoxLayout(around)
    box.setContentsMargins(10 if top or bottom else 12, top, 10 if top or bottom else 12, bottom)
    box.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return around
