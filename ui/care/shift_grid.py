"""The grid of a shift: residents by tasks in one painted widget, walked by arrows; its headings stay on top."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy

from app.care.queries import SlotRow
from ui.care.grid_cells import Cell, Line, Sheet
from ui.care.grid_paint import (
    HEAD,
    ROW,
    columns_in,
    draw_cell,
    draw_cursor,
    draw_heading,
    draw_line,
    draw_name,
)
from ui.kit.paint import Painted, Script, bottom_line, draw_words
from ui.style import Role, look

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ShiftGrid(Painted):
    """`one_done`: Space on the cell; `all_done`: Enter on the resident; `moved`: the cursor is elsewhere now."""

    one_done = Signal()
    all_done = Signal()
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.sheet = Sheet()
        self.head = GridHead(self)
        self._row, self._column, self.offset = 0, 0, 0

    # what shows ---------------------------------------------------------------------------------------------------

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a shift; the cursor stays with its resident and task where both are still there."""
        who, code = self.resident, self._code()
        self.sheet = sheet
        self._row = self._place(who)
        codes = [one.code for one in sheet.headings]
        self._column = codes.index(code) if code in codes else min(self._column, max(0, len(codes) - 1))
        self.setMinimumHeight(look.sp(ROW) * len(sheet.lines) + 2)
        self.updateGeometry()
        self._settle()

    def line(self) -> Line | None:
        return self.sheet.lines[self._row] if self._row < len(self.sheet.lines) else None

    def cell(self) -> Cell | None:
        line = self.line()
        return line.cells[self._column] if line is not None and self._column < len(line.cells) else None

    @property
    def resident(self) -> UUID | None:
        line = self.line()
        return None if line is None else line.row.resident

    def go_to(self, resident: UUID, code: str = "") -> None:
        """Put the cursor on a resident, on a task if it is named, else on the first that waits."""
        self._row = self._place(resident)
        codes = [one.code for one in self.sheet.headings]
        line = self.line()
        waiting = [
            place
            for place, cell in enumerate(line.cells if line else ())
            if cell is not None and cell.waiting
        ]
        if code in codes:
            self._column = codes.index(code)
        elif waiting and self._column not in waiting:
            self._column = waiting[0]
        self._settle()

    def first_waiting(self) -> None:
        """Where work begins: the first resident for whom something waits, else the first one."""
        found = next((one for one in self.sheet.lines if one.waits), None)
        if found is not None:
            self.go_to(found.row.resident)

    def next_waiting(self, leaving_out: set[UUID]) -> bool:
        """The next resident after the cursor for whom something waits, round the end; False where there is none."""
        lines = self.sheet.lines
        walk = (*lines[self._row + 1 :], *lines[: self._row + 1])
        found = next((one for one in walk if one.waits and one.row.resident not in leaving_out), None)
        if found is not None:
            self.go_to(found.row.resident)
        return found is not None

    def cursor_rect(self) -> QRect:
        """Where the cursor is, to be scrolled to."""
        name, column, _fits = self._columns()
        left = name + (self._column - self.offset) * column
        return QRect(left, self._row * look.sp(ROW), column, look.sp(ROW))

    # keys and mouse -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.one_done.emit()
        elif key in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not event.isAutoRepeat():
                self.all_done.emit()
        elif key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(key)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._row = 0 if key == Qt.Key.Key_Home else max(0, len(self.sheet.lines) - 1)
            self._settle()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._at(event.position().toPoint().x(), event.position().toPoint().y())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self._row, column = spot
            self._column = self._column if column is None else column
            self._settle()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            spot = self._at(event.pos().x(), event.pos().y())
            self.setToolTip("" if spot is None else self._tip(*spot))
        return super().event(event)

    def _step(self, key: Qt.Key) -> None:
        step = _STEPS[key]
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._row = min(max(self._row + step, 0), max(0, len(self.sheet.lines) - 1))
        else:
            self._column = self._beside(step)
        self._settle()

    def _beside(self, step: int) -> int:
        """The next cell of the row in which something is planned; where there is none the cursor stays."""
        line = self.line()
        places = range(len(line.cells)) if line is not None else range(0)
        ahead = [p for p in places if (p - self._column) * step > 0 and line is not None and line.cells[p]]
        return min(ahead, key=lambda place: abs(place - self._column), default=self._column)

    # inside -------------------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Bring the cursor's column into sight and tell everybody, a screen reader too, where the cursor is."""
        _name, _column, fits = self._columns()
        last = max(0, len(self.sheet.headings) - fits)
        self.offset = min(max(self.offset, self._column - fits + 1, 0), last)
        self.offset = min(self.offset, self._column)
        self.setAccessibleName(f"照护记录：{self._said()}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()
        self.head.update()
        self.moved.emit()

    def _said(self) -> str:
        line, cell = self.line(), self.cell()
        if line is None:
            return "没有安排"
        return f"{line.row.name} {slots_words(cell.slots) if cell is not None else '没有安排'}"

    def _place(self, resident: UUID | None) -> int:
        rids = [one.row.resident for one in self.sheet.lines]
        return rids.index(resident) if resident in rids else min(self._row, max(0, len(rids) - 1))

    def _code(self) -> str:
        inside = self._column < len(self.sheet.headings)
        return self.sheet.headings[self._column].code if inside else ""

    def _columns(self) -> tuple[int, int, int]:
        return columns_in(self.width(), len(self.sheet.headings))

    def _at(self, x: int, y: int) -> tuple[int, int | None] | None:
        name, column, fits = self._columns()
        row = y // look.sp(ROW)
        if not 0 <= row < len(self.sheet.lines):
            return None
        place = (x - name) // column if column and x >= name else None
        return row, None if place is None or place >= fits else place + self.offset

    def _tip(self, row: int, column: int | None) -> str:
        line = self.sheet.lines[row]
        cell = None if column is None else line.cells[column]
        return f"{line.row.name}　{line.row.bed}" if cell is None else slots_words(cell.slots)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(640), max(look.sp(ROW) * len(self.sheet.lines) + 2, look.sp(120)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(320), look.sp(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setMinimumHeight(look.sp(ROW) * len(self.sheet.lines) + 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        name, column, fits = self._columns()
        high = look.sp(ROW)
        for place, line in enumerate(self.sheet.lines):
            rect = QRect(0, place * high, self.width(), high)
            if not rect.intersects(event.rect()):
                continue
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            draw_line(painter, rect, chosen=place == self._row)
            draw_name(painter, QRect(0, rect.top(), name, high), line)
            for shown in range(fits):
                room = QRect(name + shown * column, rect.top(), column, high)
                draw_cell(painter, room, line.cells[shown + self.offset])
        if self.sheet.lines:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_cursor(painter, self.cursor_rect(), focused=self.hasFocus())


class GridHead(Painted):
    """The headings above the grid, and how many columns lie beyond its edges."""

    def __init__(self, grid: ShiftGrid) -> None:
        super().__init__()
        self._grid = grid
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(320), look.sp(HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        grid, high = self._grid, self.height()
        name, column, fits = columns_in(grid.width(), len(grid.sheet.headings))
        before = grid.offset
        after = len(grid.sheet.headings) - fits - before
        left = QRect(look.sp(14), 0, name - look.sp(20), high)
        draw_words(painter, left, "老人", Script(Role.HINT, "text2"))
        said = " ".join((f"‹{before} 列",) * bool(before) + (f"{after} 列›",) * (after > 0))
        hidden = (*range(before), *range(before + fits, len(grid.sheet.headings)))
        ink = "danger.text" if grid.sheet.waits_under(hidden) else "text2"
        draw_words(painter, left, said, Script(Role.LABEL, ink, Qt.AlignmentFlag.AlignRight))
        for shown in range(fits):
            rect = QRect(name + shown * column, 0, column, high)
            draw_heading(painter, rect, grid.sheet.headings[shown + before])
        bottom_line(painter, self.rect(), "border2")


def slots_words(slots: tuple[SlotRow, ...]) -> str:
    """`08:00 翻身 已做；10:00 翻身 待做`."""
    return "；".join(f"{slot.title} {slot.words}" for slot in slots)
