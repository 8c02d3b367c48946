"""The month grid as one painted widget: lines by days, walked by arrows; its headings and first columns stay."""

from __future__ import annotations

from datetime import date

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
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy

from app.medication.queries.month import MonthSheet
from app.medication.queries.month_cells import MonthCell
from ui.kit.paint import Painted, Script, bottom_line, draw_words
from ui.medication import month_paint as paint
from ui.medication.month_paint import HEAD, ROW, TIME, columns_in
from ui.medication.month_rows import GridRow, cell_words, rows_of
from ui.style import Role, look

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class MonthGridWidget(Painted):
    """`opened`: Enter or a double click on a cell; `moved`: the cursor is elsewhere now."""

    opened = Signal()
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.rows: tuple[GridRow, ...] = ()
        self.days: tuple[date, ...] = ()
        self.today = date.min
        self.head = MonthHead(self)
        self._row, self._column, self.offset = 0, 0, 0

    # what shows ---------------------------------------------------------------------------------------------------

    def show_sheet(self, sheet: MonthSheet | None) -> None:
        """Show a month; the cursor stays in its line, and in another month goes to today or the first day."""
        line = self.row()
        before = self.days[:1]
        self.rows = () if sheet is None else rows_of(sheet)
        self.days = () if sheet is None else sheet.days
        self.today = date.min if sheet is None else sheet.today
        self._row = self._place(line)
        if before != self.days[:1]:
            self._column = self.days.index(self.today) if self.today in self.days else 0
        self._column = min(self._column, max(0, len(self.days) - 1))
        self.setMinimumHeight(look.sp(ROW) * len(self.rows) + 1)
        self.updateGeometry()
        self._settle()

    def row(self) -> GridRow | None:
        return self.rows[self._row] if self._row < len(self.rows) else None

    def cell(self) -> MonthCell | None:
        row = self.row()
        return row.line.cells[self._column] if row is not None else None

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell."""
        self._row = min(max(row, 0), max(0, len(self.rows) - 1))
        self._column = min(max(column, 0), max(0, len(self.days) - 1))
        self._settle()

    def said(self) -> str:
        """The cell under the cursor in words."""
        row, cell = self.row(), self.cell()
        return "" if row is None or cell is None else cell_words(row, cell)

    def cursor_rect(self) -> QRect:
        """Where the cursor is, to be scrolled to."""
        name, column, _fits = self.columns()
        return QRect(
            name + (self._column - self.offset) * column, self._row * look.sp(ROW), column, look.sp(ROW)
        )

    def columns(self) -> tuple[int, int, int]:
        return columns_in(self.width(), len(self.days))

    # keys and mouse -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and plain:
            if not event.isAutoRepeat():
                self.opened.emit()
        elif key in _STEPS and plain:
            across = key in {Qt.Key.Key_Left, Qt.Key.Key_Right}
            step = _STEPS[key]
            self.go_to(self._row + (0 if across else step), self._column + (step if across else 0))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End} and plain:
            self.go_to(self._row, 0 if key == Qt.Key.Key_Home else len(self.days) - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._at(event.position().toPoint().x(), event.position().toPoint().y())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.go_to(spot[0], self._column if spot[1] is None else spot[1])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = self._at(event.position().toPoint().x(), event.position().toPoint().y())
        if spot is not None and spot[1] is not None:
            self.opened.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self.setToolTip(self._tip(event.pos().x(), event.pos().y()))
        return super().event(event)

    # inside -------------------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Bring the cursor's column into sight and tell everybody, a screen reader too, where the cursor is."""
        _name, _column, fits = self.columns()
        last = max(0, len(self.days) - fits)
        self.offset = min(max(self.offset, self._column - fits + 1, 0), last, max(self._column, 0))
        self.setAccessibleName(f"月表：{self.said()}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()
        self.head.update()
        self.moved.emit()

    def _place(self, before: GridRow | None) -> int:
        keys = [(row.order.rid, row.line.name) for row in self.rows]
        key = None if before is None else (before.order.rid, before.line.name)
        return keys.index(key) if key in keys else min(self._row, max(0, len(keys) - 1))

    def _at(self, x: int, y: int) -> tuple[int, int | None] | None:
        name, column, fits = self.columns()
        row = y // look.sp(ROW)
        if not 0 <= row < len(self.rows):
            return None
        place = (x - name) // column if column and x >= name else None
        return row, None if place is None or place >= fits else place + self.offset

    def _tip(self, x: int, y: int) -> str:
        spot = self._at(x, y)
        if spot is None:
            return ""
        row = self.rows[spot[0]]
        if spot[1] is not None:
            return cell_words(row, row.line.cells[spot[1]])
        order = row.order
        parts = (order.words, order.strength, order.short, order.note, f"医嘱号 {order.number}")
        return "\n".join(
            (*(part for part in parts if part), *((order.ending.words,) if order.ending else ()))
        )

    def sizeHint(self) -> QSize:
        return QSize(look.sp(640), max(look.sp(ROW) * len(self.rows) + 1, look.sp(120)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(320), look.sp(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setMinimumHeight(look.sp(ROW) * len(self.rows) + 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        name, column, fits = self.columns()
        high = look.sp(ROW)
        whole = QRect(0, 0, self.width(), high * len(self.rows))
        for place in range(fits):
            day = self.days[place + self.offset]
            under = QRect(name + place * column, 0, column, whole.height())
            paint.ground(painter, under, day, today=day == self.today)
        self._draw_lines(painter, name, column, fits)
        for place, row in enumerate(self.rows):
            rect = QRect(0, place * high, self.width(), high)
            if rect.adjusted(0, -high * row.place, 0, high * (row.count - row.place)).intersects(
                event.rect()
            ):
                self._draw_row(painter, rect, row)
        if self.rows:
            paint.draw_cursor(painter, self.cursor_rect(), focused=self.hasFocus())

    def _draw_row(self, painter: QPainter, rect: QRect, row: GridRow) -> None:
        name, column, fits = self.columns()
        time = look.sp(TIME)
        if not row.place:
            over = QRect(0, rect.top(), name - time, rect.height() * row.count)
            paint.draw_name(painter, over, row)
        paint.draw_time(painter, QRect(name - time, rect.top(), time, rect.height()), row)
        for run in row.runs:
            first, end = max(run.first - self.offset, 0), min(run.end - self.offset, fits)
            if first < end:
                room = QRect(name + first * column, rect.top(), (end - first) * column, rect.height())
                paint.draw_run(painter, room, row, run)
        for shown in range(fits):
            room = QRect(name + shown * column, rect.top(), column, rect.height())
            paint.draw_cell(painter, room, row.line.cells[shown + self.offset])

    def _draw_lines(self, painter: QPainter, name: int, column: int, fits: int) -> None:
        """Lines between days and between orders; inside an order only right of its name."""
        high, below = look.sp(ROW), look.sp(ROW) * len(self.rows)
        painter.setPen(QPen(look.colour("grid"), 1))
        for left in (name - look.sp(TIME), *(name + place * column for place in range(fits))):
            painter.drawLine(left, 0, left, below)
        for place, row in enumerate(self.rows):
            last = row.place + 1 == row.count
            painter.setPen(QPen(look.colour("border" if last else "grid"), 1))
            y = (place + 1) * high - 1
            painter.drawLine(0 if last else name - look.sp(TIME), y, name + column * fits, y)


class MonthHead(Painted):
    """The headings above the grid, and how many days lie beyond its edges."""

    def __init__(self, grid: MonthGridWidget) -> None:
        super().__init__()
        self._grid = grid
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(320), look.sp(HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        grid, high, time = self._grid, self.height(), look.sp(TIME)
        name, column, fits = grid.columns()
        after = len(grid.days) - fits - grid.offset
        said = " ".join((f"‹{grid.offset} 天",) * bool(grid.offset) + (f"{after} 天›",) * (after > 0))
        left = QRect(look.sp(14), 0, name - time - look.sp(20), high)
        draw_words(painter, left, "药品 · 用法", Script(Role.HINT, "text2"))
        draw_words(painter, left, said, Script(Role.LABEL, "text2", Qt.AlignmentFlag.AlignRight))
        draw_words(
            painter, QRect(name - time + look.sp(4), 0, time, high), "时间", Script(Role.HINT, "text2")
        )
        for shown in range(fits):
            day = grid.days[shown + grid.offset]
            paint.draw_day(
                painter, QRect(name + shown * column, 0, column, high), day, today=day == grid.today
            )
        bottom_line(painter, self.rect(), "border2")
