"""A grid painted in one widget and walked by arrows: people down, columns across; its headings stay on top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ui.kit.cell_paint import HEAD, ROW, Widths, draw_cursor, draw_row
from ui.kit.paint import Painted, Script, bottom_line, draw_words
from ui.kit.walked_grid import ENTER, STEPS, UPRIGHT, WalkedGrid
from ui.style import Role, look


class GridLine(Protocol):
    """One person's row: a cell under each heading, None where nothing is planned; `waits`: something is to be done."""

    @property
    def rid(self) -> UUID: ...

    @property
    def cells(self) -> Sequence[Any]: ...

    @property
    def waits(self) -> bool: ...


class CellGrid(WalkedGrid):
    """`spaced`: Space on the cell; `entered`: Enter on the row.

    Who makes one says how names, cells and headings are drawn, and what a cell says in words.
    """

    spaced = Signal()
    entered = Signal()
    nothing = "没有安排"
    row_height = ROW

    def __init__(self, widths: Widths) -> None:
        super().__init__()
        self.widths = widths
        self.head = GridHead(self)
        self._lines: Sequence[GridLine] = ()
        self._keys: Sequence[str] = ()

    # said by whoever makes one ------------------------------------------------------------------------------------

    def draw_name(self, painter: QPainter, rect: QRect, place: int) -> None: ...

    def draw_cell(self, painter: QPainter, rect: QRect, place: int, column: int) -> None: ...

    def draw_heading(self, painter: QPainter, rect: QRect, column: int) -> None: ...

    def draw_band(self, painter: QPainter, rect: QRect, column: int) -> None:
        """Behind the cells of a column."""

    # what shows ---------------------------------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[GridLine], keys: Sequence[str]) -> None:
        """Other rows; the cursor stays with its person and heading where both are still there."""
        who, key = self.rid, self.key
        self._lines, self._keys = lines, keys
        self._row = self._place(who)
        self._column = keys.index(key) if key in keys else min(self._column, max(0, len(keys) - 1))
        self.fit_height()
        self.settle()

    @property
    def rid(self) -> UUID | None:
        """Whose row the cursor is on."""
        return self._lines[self._row].rid if self._row < len(self._lines) else None

    @property
    def key(self) -> str:
        """The heading the cursor is under."""
        return self._keys[self._column] if self._column < len(self._keys) else ""

    def size_now(self) -> tuple[int, int]:
        return len(self._lines), len(self._keys)

    def go_to(self, rid: UUID, key: str = "") -> None:
        """Put the cursor on a person, under a heading if it is named, else on the first cell that waits."""
        self._row = self._place(rid)
        cells = self._lines[self._row].cells if self._row < len(self._lines) else ()
        waiting = [place for place, cell in enumerate(cells) if cell is not None and cell.waiting]
        if key in self._keys:
            self._column = self._keys.index(key)
        elif waiting and self._column not in waiting:
            self._column = waiting[0]
        self.settle()

    def first_waiting(self) -> None:
        """Where work begins: the first person for whom something waits, else the first one."""
        found = next((one for one in self._lines if one.waits), None)
        if found is not None:
            self.go_to(found.rid)

    def next_where(self, wanted: Callable[[Any], bool], key: str = "") -> bool:
        """The next person after the cursor of whom it is so, round the end; False where there is none."""
        walk = (*self._lines[self._row + 1 :], *self._lines[: self._row + 1])
        found = next((one for one in walk if wanted(one)), None)
        if found is not None:
            self.go_to(found.rid, key)
        return found is not None

    def columns(self) -> tuple[int, int, int]:
        return self.widths.shared(self.width(), len(self._keys))

    def waits_under(self, columns: Sequence[int]) -> bool:
        """Whether something waits under these headings: what is out of sight must not be out of mind."""
        cells = (line.cells[column] for line in self._lines for column in columns)
        return any(cell is not None and cell.waiting for cell in cells)

    # keys -----------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.spaced.emit()
        elif key in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not event.isAutoRepeat():
                self.entered.emit()
        elif key in STEPS and self.plain(event):
            self._step(key)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._row = 0 if key == Qt.Key.Key_Home else max(0, len(self._lines) - 1)
            self.settle()
        else:
            super().keyPressEvent(event)

    def _step(self, key: Qt.Key) -> None:
        step = STEPS[key]
        if key in UPRIGHT:
            self._row = min(max(self._row + step, 0), max(0, len(self._lines) - 1))
        else:
            self._column = self._beside(step)
        self.settle()

    def _beside(self, step: int) -> int:
        """The next cell of the row in which something is planned; where there is none the cursor stays."""
        cells = self._lines[self._row].cells if self._row < len(self._lines) else ()
        ahead = [p for p, cell in enumerate(cells) if (p - self._column) * step > 0 and cell]
        return min(ahead, key=lambda place: abs(place - self._column), default=self._column)

    # inside -------------------------------------------------------------------------------------------------------

    def _place(self, rid: UUID | None) -> int:
        rids = [one.rid for one in self._lines]
        return rids.index(rid) if rid in rids else min(self._row, max(0, len(rids) - 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        name, column, fits = self.columns()
        high = look.sp(ROW)
        for place in range(len(self._lines)):
            rect = QRect(0, place * high, self.width(), high)
            if not rect.intersects(event.rect()):
                continue
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            draw_row(painter, rect, chosen=place == self._row)
            for shown in range(fits):
                self.draw_band(
                    painter, QRect(name + shown * column, rect.top(), column, high - 1), shown + self.offset
                )
            self.draw_name(painter, QRect(0, rect.top(), name, high), place)
            for shown in range(fits):
                room = QRect(name + shown * column, rect.top(), column, high)
                self.draw_cell(painter, room, place, shown + self.offset)
        if self._lines:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_cursor(painter, self.cursor_rect(), focused=self.hasFocus())


class GridHead(Painted):
    """The headings above the grid, and how many columns lie beyond its edges."""

    def __init__(self, grid: CellGrid) -> None:
        super().__init__()
        self._grid = grid
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(320), look.sp(HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        grid, high = self._grid, self.height()
        name, column, fits = grid.columns()
        before, count = grid.offset, len(grid._keys)  # noqa: SLF001  # the head is a part of the grid
        after = count - fits - before
        left = QRect(look.sp(14), 0, name - look.sp(20), high)
        draw_words(painter, left, "老人", Script(Role.HINT, "text2"))
        said = " ".join((f"‹{before} 列",) * bool(before) + (f"{after} 列›",) * (after > 0))
        hidden = (*range(before), *range(before + fits, count))
        ink = "danger.text" if grid.waits_under(hidden) else "text2"
        draw_words(painter, left, said, Script(Role.LABEL, ink, Qt.AlignmentFlag.AlignRight))
        for shown in range(fits):
            grid.draw_heading(painter, QRect(name + shown * column, 0, column, high), shown + before)
        bottom_line(painter, self.rect(), "border2")
