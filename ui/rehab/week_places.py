"""Where things are on the week board: rows and columns in px, what lies under a point, and painting them there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter

from app.rehab.around import short_of
from ui.kit.cell_paint import Widths
from ui.kit.paint import bottom_line
from ui.rehab import week_paint as paint
from ui.rehab.week_chip import PITCH, state_words
from ui.rehab.week_lines import LINES, CellLines
from ui.rehab.week_moving import THERAPIST
from ui.style import look

if TYPE_CHECKING:
    from ui.rehab.week_grid import WeekGrid
    from ui.rehab.week_moving import Moving

WIDTHS = Widths(158, 190, 118, 260)


@dataclass(frozen=True)
class Cursor:
    """Row, day (0 is Monday) and place among the sessions of the cell."""

    row: int = 0
    day: int = 0
    place: int = 0

    def inside(self, counts: Sequence[Sequence[int]]) -> Cursor:
        """The nearest there is on a board with so many sessions in each cell."""
        row = min(max(self.row, 0), max(len(counts) - 1, 0))
        day = min(max(self.day, 0), 6)
        most = counts[row][day] - 1 if counts else 0
        return Cursor(row, day, min(max(self.place, 0), max(most, 0)))

    def sideways(self, step: int, counts: Sequence[Sequence[int]]) -> Cursor:
        return replace(self, day=self.day + step).inside(counts)

    def upright(self, step: int, counts: Sequence[Sequence[int]]) -> Cursor:
        """The session before or after; past the cell's end the same day of the row below or above."""
        if not counts:
            return self
        place = self.place + step
        if 0 <= place < counts[self.row][self.day]:
            return replace(self, place=place)
        row = self.row + step
        if not 0 <= row < len(counts):
            return self
        return Cursor(row, self.day, 0 if step > 0 else 10**6).inside(counts)


class Places:
    """The geometry of one grid."""

    def __init__(self, grid: WeekGrid) -> None:
        self._grid = grid
        self._tops: list[int] | None = None

    def forget(self) -> None:
        """Other rows: measure again."""
        self._tops = None

    @property
    def tops(self) -> list[int]:
        """Where each row begins, and where the last one ends."""
        if self._tops is None:
            found = [0]
            for line in self._grid.lines:
                found.append(found[-1] + paint.row_height(folded=line.folded))
            self._tops = found
        return self._tops

    @property
    def height(self) -> int:
        return self.tops[-1] + 2

    def columns(self) -> tuple[int, int, int]:
        """Width of the names, of a day, and how many days find room."""
        return WIDTHS.shared(self._grid.width(), 7)

    def row_rect(self, row: int) -> QRect:
        return QRect(0, self.tops[row], self._grid.width(), self.tops[row + 1] - self.tops[row])

    def cell_rect(self, row: int, day: int) -> QRect:
        name, column, _fits = self.columns()
        left = name + (day - self._grid.offset) * column
        return QRect(left, self.tops[row], column, self.tops[row + 1] - self.tops[row])

    def cursor_rect(self) -> QRect:
        at = self._grid.cursor_at
        return self.cell_rect(at.row, at.day) if at.row < len(self._grid.lines) else QRect()

    def first_line(self, row: int, day: int) -> int:
        """The first line a cell shows: it is scrolled to the cursor."""
        at = self._grid.cursor_at
        cell = self._grid.lines[row].cells[day]
        if (at.row, at.day) != (row, day) or at.place >= len(cell.spots):
            return 0
        return max(0, cell.spots[at.place].line - LINES + 1)

    # under the mouse ----------------------------------------------------------------------------------------------

    def cell_at(self, point: QPoint) -> tuple[int, int] | None:
        """Row and day under a point."""
        name, column, fits = self.columns()
        row = next(
            (r for r in range(len(self._grid.lines)) if self.tops[r] <= point.y() < self.tops[r + 1]), None
        )
        if row is None or column == 0 or not name <= point.x() < name + column * fits:
            return None
        return row, (point.x() - name) // column + self._grid.offset

    def line_at(self, point: QPoint, row: int) -> int:
        """The line of a row's cells under a point, 0 … 3."""
        below = point.y() - self.tops[row] - look.sp(paint.PAD)
        return min(max(below // look.sp(PITCH), 0), LINES - 1)

    def cursor_at(self, point: QPoint) -> Cursor | None:
        """Where a press puts the cursor."""
        where = self.cell_at(point)
        if where is None:
            row = next((r for r in range(len(self._grid.lines)) if self.row_rect(r).contains(point)), None)
            return None if row is None else Cursor(row, self._grid.cursor_at.day, 0)
        row, day = where
        line = self.line_at(point, row) + self.first_line(row, day)
        spots = self._grid.lines[row].cells[day].spots
        place = next((p for p, spot in enumerate(spots) if spot.line == line), None)
        nearest = min(range(len(spots)), key=lambda p: abs(spots[p].line - line), default=0)
        return Cursor(row, day, nearest if place is None else place)

    def on_chip(self, point: QPoint) -> bool:
        """Whether a session is just there, to be taken up."""
        where = self.cell_at(point)
        if where is None:
            return False
        line = self.line_at(point, where[0]) + self.first_line(*where)
        return any(spot.line == line for spot in self._grid.lines[where[0]].cells[where[1]].spots)

    def words_at(self, point: QPoint) -> str:
        found = self.cursor_at(point)
        if found is None or not self.on_chip(point):
            return ""
        spot = self._grid.lines[found.row].cells[found.day].spots[found.place]
        return f"{paint.chip_words(spot.session)}　{spot.session.therapist_name}　{state_words(spot.session)}"

    def drag(self, moving: Moving, point: QPoint, usual: Sequence[str]) -> None:
        """Take what is being moved under the pointer: a line stands for its time, the row for its therapist."""
        where = self.cell_at(point)
        week = self._grid.week
        if where is None or week is None:
            return
        row, day = where
        times = self._grid.lines[row].times or tuple(usual)
        line = min(self.line_at(point, row), len(times) - 1)
        moving.to(self._grid.lines[row].row.rid, week.days[day], times[line])

    # painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, shown: QRect, *, focused: bool) -> None:
        grid = self._grid
        week = grid.week
        if week is None:
            return
        _name, _column, fits = self.columns()
        for row, line in enumerate(grid.lines):
            if not self.row_rect(row).intersects(shown):
                continue
            label = short_of(line.row.discipline) if week.by == THERAPIST else "*"
            head = QRect(0, self.tops[row], self.columns()[0], self.row_rect(row).height())
            bottom_line(painter, head, "border")
            paint.draw_head(painter, head, line.row, by=week.by)
            for day in range(grid.offset, grid.offset + fits):
                rect = self.cell_rect(row, day)
                self._paint_cell(painter, rect, (row, day), label)
        if grid.lines:
            self._paint_cursor(painter, focused=focused)

    def _paint_cell(self, painter: QPainter, rect: QRect, where: tuple[int, int], label: str) -> None:
        week, (row, day) = self._grid.week, where
        if week is None:
            return
        date = week.days[day]
        paint.draw_ground(painter, rect, today=date == week.today, closed=date not in week.open_days)
        cell: CellLines = self._grid.lines[row].cells[day]
        paint.draw_cell(painter, rect, cell, self.first_line(row, day), label=label)

    def _paint_cursor(self, painter: QPainter, *, focused: bool) -> None:
        at = self._grid.cursor_at
        rect = self.cell_rect(at.row, at.day)
        spots = self._grid.lines[at.row].cells[at.day].spots
        if at.place >= len(spots):
            paint.draw_empty_cursor(painter, rect, focused=focused)
            return
        line = spots[at.place].line - self.first_line(at.row, at.day)
        paint.draw_chip_cursor(painter, paint.chip_rect(rect, line), focused=focused)
