"""The month grid as one painted widget: lines by days, walked by arrows; its headings and first columns stay."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from app.medication.queries.month import MonthSheet
from app.medication.queries.month_cells import MonthCell
from ui.kit.paint import Painted, Script, bottom_line, draw_words
from ui.kit.walked_grid import ENTER, STEPS, UPRIGHT, WalkedGrid
from ui.medication import month_paint as paint
from ui.medication.month_paint import HEAD, ROW, TIME, columns_in
from ui.medication.month_rows import GridRow, cell_words, rows_of
from ui.style import Role, look


class MonthGridWidget(WalkedGrid):
    """`opened`: Enter or a double click on a cell."""

    opened = Signal()
    subject = "月表"
    row_height, edge = ROW, 1

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[GridRow, ...] = ()
        self.days: tuple[date, ...] = ()
        self.today = date.min
        self.head = MonthHead(self)

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
        self.fit_height()
        self.settle()

    def row(self) -> GridRow | None:
        return self.rows[self._row] if self._row < len(self.rows) else None

    def cell(self) -> MonthCell | None:
        row = self.row()
        return row.line.cells[self._column] if row is not None else None

    def said(self) -> str:
        """The cell under the cursor in words."""
        row, cell = self.row(), self.cell()
        return "" if row is None or cell is None else cell_words(row, cell)

    def size_now(self) -> tuple[int, int]:
        return len(self.rows), len(self.days)

    def columns(self) -> tuple[int, int, int]:
        return columns_in(self.width(), len(self.days))

    # keys and mouse -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), self.plain(event)
        if key in ENTER and plain:
            if not event.isAutoRepeat():
                self.opened.emit()
        elif key in STEPS and plain:
            down = STEPS[key] if key in UPRIGHT else 0
            self.put_cursor(self._row + down, self._column + (0 if key in UPRIGHT else STEPS[key]))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End} and plain:
            self.put_cursor(self._row, 0 if key == Qt.Key.Key_Home else len(self.days) - 1)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = self.spot(event)
        if spot is not None and spot[1] is not None:
            self.opened.emit()

    # inside -------------------------------------------------------------------------------------------------------

    def _place(self, before: GridRow | None) -> int:
        keys = [(row.order.rid, row.line.name) for row in self.rows]
        key = None if before is None else (before.order.rid, before.line.name)
        return keys.index(key) if key in keys else min(self._row, max(0, len(keys) - 1))

    def words_of(self, place: int, column: int | None) -> str:
        row = self.rows[place]
        if column is not None:
            return cell_words(row, row.line.cells[column])
        order = row.order
        parts = (order.words, order.strength, order.short, order.note, f"医嘱号 {order.number}")
        return "\n".join(
            (*(part for part in parts if part), *((order.ending.words,) if order.ending else ()))
        )

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
