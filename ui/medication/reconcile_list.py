"""The list of medicines to be reconciled under its heads; arrows move, the row under the cursor is acted on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.medication.reconciling import ReconcileRow
from ui.kit import ElidedWords, Line, ScrollBody, ringed
from ui.medication.reconcile_line import DECISIONS, MARGINS, SHARES, ReconcileLine
from ui.style import Role, look

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ReconcileList(QWidget):
    """`decided`: (row, decision) by a button of a row; `moved`: another row is current."""

    decided = Signal(object, str)
    moved = Signal()

    def __init__(self, zone: str) -> None:
        super().__init__()
        self._zone = zone
        self.rows: tuple[ReconcileRow, ...] = ()
        self.lines: list[ReconcileLine] = []
        self._key = ""
        self.heads = tuple(
            ElidedWords(words, Role.HINT, ink="text3")
            for words in ("药品", "入院前", "出院带药", "现在", "决定")
        )
        head = QWidget()
        grid = QGridLayout(head)
        self._head = grid
        grid.setContentsMargins(MARGINS[0], 8, MARGINS[2], 8)
        grid.setHorizontalSpacing(14)
        for place, words in enumerate(self.heads):
            grid.addWidget(words, 0, place)
            if place < len(SHARES):
                grid.setColumnStretch(place, SHARES[place])
                words.setMinimumWidth(1)
        self.heads[-1].setFixedWidth(look.sp(DECISIONS))
        self.inside = ScrollBody((0, 0, 0, 0), 0)
        self.inside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside.verticalScrollBar().rangeChanged.connect(self._align)
        self._stretch = QWidget()
        self.inside.body.addWidget(self._stretch, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(head)
        box.addWidget(Line())
        box.addWidget(self.inside, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("要重整的药")
        ringed(self)

    @property
    def current(self) -> ReconcileRow | None:
        return next((one for one in self.rows if one.key == self._key), None)

    def show_rows(self, rows: Sequence[ReconcileRow], heads: Sequence[str]) -> None:
        """Other rows; the current one stays current, or its place does."""
        place = next((place for place, one in enumerate(self.rows) if one.key == self._key), 0)
        self.rows = tuple(rows)
        for words, said in zip(self.heads, heads, strict=True):
            words.setText(said)
        while len(self.lines) < len(self.rows):
            line = ReconcileLine()
            self.inside.body.insertWidget(len(self.lines), line)
            line.decided.connect(partial(self._decided, line))
            line.entered.connect(partial(self._entered, line))
            self.lines.append(line)
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(self.rows))
        for row, line in zip(self.rows, self.lines, strict=False):
            line.show_row(row, self._zone)
        if self.current is None:
            self._key = self.rows[min(place, len(self.rows) - 1)].key if self.rows else ""
        self._mark()

    def go_to(self, key: str) -> None:
        if any(one.key == key for one in self.rows):
            self._key = key
            self._mark()

    def next_undecided(self) -> bool:
        """After the current one, then from the top; False where there is none."""
        place = next((place for place, one in enumerate(self.rows) if one.key == self._key), -1)
        found = next(
            (one for one in (*self.rows[place + 1 :], *self.rows[: place + 1]) if one.undecided), None
        )
        if found is not None:
            self.go_to(found.key)
        return found is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = next((place for place, one in enumerate(self.rows) if one.key == self._key), 0)
        if (step := _STEPS.get(Qt.Key(event.key()))) is not None and self.rows:
            self.go_to(self.rows[min(max(place + step, 0), len(self.rows) - 1)].key)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.rows:
            self.go_to(self.rows[0 if event.key() == Qt.Key.Key_Home else -1].key)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._align()

    def _align(self) -> None:
        """The heads stand over their columns, whether the list scrolls or not."""
        bar = self.inside.verticalScrollBar()
        left, top, right, bottom = MARGINS[0], 8, MARGINS[2], 8
        scrolls = bar.maximum() > bar.minimum()
        self._head.setContentsMargins(left, top, right + (bar.sizeHint().width() if scrolls else 0), bottom)

    def _mark(self) -> None:
        self._align()
        for row, line in zip(self.rows, self.lines, strict=False):
            line.set_current(current=row.key == self._key)
            if row.key == self._key:
                self.inside.ensureWidgetVisible(line, 0, look.sp(8))
        self.moved.emit()

    def _entered(self, line: ReconcileLine) -> None:
        if line.row is not None:
            self.setFocus()
            self.go_to(line.row.key)

    def _decided(self, line: ReconcileLine, decision: str) -> None:
        if line.row is not None:
            self.decided.emit(line.row, decision)
