"""The medicines of one resident in the guided round: rows walked by a cursor, each with what is in its way under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.medication.giving import Said
from app.medication.giving.writing import SlotKey
from app.medication.queries import BedsideRow, SlotRow
from ui.kit import Button, Sign, Words
from ui.kit.paint import bottom_line
from ui.medication.guided_line import DoseLine, Shown
from ui.medication.guided_needs import Strip, badge_of, strips_of
from ui.medication.guided_panels import Panel
from ui.style import Role, look

_NOTHING = Said()


class StripRow(QFrame):
    """One line of a colour under a row; its buttons say which key does the same."""

    asked = Signal(str)

    def __init__(self, strip: Strip) -> None:
        super().__init__()
        self.setProperty("strip", str(strip.tone))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 6, 5)
        row.setSpacing(8)
        row.addWidget(Sign(strip.icon, 18, f"{strip.tone}.text"))
        words = Words(strip.words, Role.BODY, ink=str(strip.tone), wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(words, 1)
        for said, key in strip.acts:
            button = Button(f"{said} {key}", "plain")
            button.setProperty("high", "small")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, it=key: self.asked.emit(it))
            row.addWidget(button)


@dataclass(frozen=True)
class Around:
    """What a row is told with: whose it is, what was answered so far, the institution's zone."""

    row: BedsideRow
    said: Mapping[SlotKey, Said]
    scanned: frozenset[SlotKey]
    zone: str


class DoseEntry(QWidget):
    """A row with its strips, and the panel that asks while one is open."""

    picked = Signal()
    asked = Signal(str)

    def __init__(self, slot: SlotRow, number: int, around: Around) -> None:
        super().__init__()
        self.slot, self.number = slot, number
        self.current = False
        self.panel: Panel | None = None
        self._strips: list[StripRow] = []
        self._said: tuple[Strip, ...] = ()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 1)
        box.setSpacing(0)
        self.line = DoseLine(self._shown(around))
        box.addWidget(self.line)
        self._under = QVBoxLayout()
        self._under.setContentsMargins(look.sp(58), 0, look.sp(16), 0)
        self._under.setSpacing(6)
        box.addLayout(self._under)
        self.show_slot(slot, number, around)

    def show_slot(self, slot: SlotRow, number: int, around: Around) -> None:
        self.slot, self.number = slot, number
        self.line.show_slot(self._shown(around))
        said = around.said.get(slot.key, _NOTHING)
        strips = strips_of(slot, around.row, said, around.zone)
        if strips != self._said:
            self._said = strips
            self._make_strips()

    def open_panel(self, panel: Panel) -> None:
        """Ask under the row; what its strips said stands in the panel now."""
        self.close_panel()
        self.panel = panel
        for strip in self._strips:
            strip.hide()
        self._under.addWidget(panel)
        self._margin()

    def close_panel(self) -> None:
        if self.panel is not None:
            self._under.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
        for strip in self._strips:
            strip.show()
        self._margin()

    def mark(self, *, current: bool) -> None:
        self.current = current
        self.update()

    def strip_words(self) -> tuple[str, ...]:
        """What the strips say now."""
        return tuple(one.words for one in self._said)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.picked.emit()
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.current:
            painter.fillRect(self.rect(), look.colour("sel"))
            painter.fillRect(QRect(0, 0, look.sp(3), self.height()), look.colour("primary"))
        bottom_line(painter, self.rect())

    # inside -------------------------------------------------------------------------------------------------------

    def _shown(self, around: Around) -> Shown:
        said = around.said.get(self.slot.key, _NOTHING)
        badge, tone = badge_of(self.slot, around.row, said, around.zone)
        return Shown(self.slot, self.number, badge, tone, self.slot.key in around.scanned)

    def _make_strips(self) -> None:
        for old in self._strips:
            self._under.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._strips = []
        for place, strip in enumerate(self._said):
            piece = StripRow(strip)
            piece.asked.connect(self.asked)
            self._under.insertWidget(place, piece)
            piece.setVisible(self.panel is None)
            self._strips.append(piece)
        self._margin()

    def _margin(self) -> None:
        full = bool(self._strips) or self.panel is not None
        self._under.setContentsMargins(look.sp(58), 0, look.sp(16), look.sp(8) if full else 0)


class DoseList(QWidget):
    """Takes the keys of the round while no field does; digits and Enter come out of `typed`, as scanners send them."""

    typed = Signal(str)
    moved = Signal()
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName("本次应给的药")
        self.entries: list[DoseEntry] = []
        self.top: Panel | None = None
        self._key: SlotKey | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(2, 2, 2, 2)
        self._box.setSpacing(0)

    # what shows ---------------------------------------------------------------------------------------------------

    def show_rows(self, around: Around) -> None:
        """The slots of a resident; a row that stays keeps its panel, the cursor stays with its slot."""
        before = {entry.slot.key: entry for entry in self.entries}
        self.entries = []
        for number, slot in enumerate(around.row.slots, 1):
            entry = before.pop(slot.key, None)
            if entry is None:
                entry = self._fresh(slot, number, around)
            else:
                entry.show_slot(slot, number, around)
            self._box.insertWidget(number - 1 + (self.top is not None), entry)
            self.entries.append(entry)
        for gone in before.values():
            self._box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        keys = [entry.slot.key for entry in self.entries]
        if self._key not in keys:
            self._key = keys[0] if keys else None
        self._settle()

    def _fresh(self, slot: SlotRow, number: int, around: Around) -> DoseEntry:
        entry = DoseEntry(slot, number, around)
        entry.picked.connect(lambda it=slot.key: self.go_to(it))
        entry.asked.connect(lambda key, it=slot.key: self._ask(it, key))
        return entry

    # the cursor ---------------------------------------------------------------------------------------------------

    @property
    def current(self) -> DoseEntry | None:
        return next((one for one in self.entries if one.slot.key == self._key), None)

    def entry(self, key: SlotKey) -> DoseEntry | None:
        return next((one for one in self.entries if one.slot.key == key), None)

    def go_to(self, key: SlotKey | None) -> None:
        if key is not None and self.entry(key) is not None and key != self._key:
            self._key = key
            self._settle()
            self.moved.emit()

    def step(self, by: int) -> None:
        """The row below or above."""
        places = [one.slot.key for one in self.entries]
        if self._key in places:
            place = min(max(places.index(self._key) + by, 0), len(places) - 1)
            self.go_to(places[place])

    def show_top(self, panel: Panel | None) -> None:
        """What is asked of the resident, above all rows."""
        if self.top is not None:
            self._box.removeWidget(self.top)
            self.top.hide()
            self.top.deleteLater()
        self.top = panel
        if panel is not None:
            self._box.insertWidget(0, panel)

    # keys ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _HELD:
            if not event.isAutoRepeat():
                self.typed.emit("\r")
        elif len(text) == 1 and text.isascii() and text.isdigit() and not event.isAutoRepeat():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """A scanner's digits and the keys of the round never go through an input method."""
        return False if query == Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        inside = super().minimumSizeHint()
        return QSize(max(look.sp(440), inside.width()), inside.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cursor's frame, only while the keys come here."""
        entry = self.current
        if entry is not None and self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(entry.geometry().adjusted(-1, -1, 1, 0), 4, 4)

    def _ask(self, slot: SlotKey, key: str) -> None:
        self.go_to(slot)
        self.asked.emit(key)

    def _settle(self) -> None:
        for entry in self.entries:
            entry.mark(current=entry.slot.key == self._key)
        self.update()


_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
