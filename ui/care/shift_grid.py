"""The grid of a shift: residents by tasks, each cell with the slot that matters most."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from app.care.queries import SlotRow
from ui.care.grid_cells import Cell, Line, Sheet
from ui.care.grid_paint import WIDTHS, draw_cell, draw_heading, draw_name
from ui.kit.cell_grid import CellGrid


class ShiftGrid(CellGrid):
    """Space records the cell, Enter the whole row."""

    subject = "照护记录"

    def __init__(self) -> None:
        super().__init__(WIDTHS)
        self.sheet = Sheet()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a shift; the cursor stays with its resident and task where both are still there."""
        self.sheet = sheet
        self.show_lines(sheet.lines, [one.code for one in sheet.headings])

    def line(self) -> Line | None:
        row, _column = self.place
        return self.sheet.lines[row] if row < len(self.sheet.lines) else None

    def cell(self) -> Cell | None:
        line, (_row, column) = self.line(), self.place
        return line.cells[column] if line is not None and column < len(line.cells) else None

    @property
    def resident(self) -> UUID | None:
        return self.rid

    def next_waiting(self, leaving_out: set[UUID]) -> bool:
        """The next resident after the cursor for whom something waits, round the end; False where there is none."""
        return self.next_where(lambda one: one.waits and one.rid not in leaving_out)

    def draw_name(self, painter: QPainter, rect: QRect, place: int) -> None:
        draw_name(painter, rect, self.sheet.lines[place])

    def draw_cell(self, painter: QPainter, rect: QRect, place: int, column: int) -> None:
        draw_cell(painter, rect, self.sheet.lines[place].cells[column])

    def draw_heading(self, painter: QPainter, rect: QRect, column: int) -> None:
        draw_heading(painter, rect, self.sheet.headings[column])

    def words_of(self, place: int, column: int | None) -> str:
        line = self.sheet.lines[place]
        cell = line.cells[column] if column is not None and column < len(line.cells) else None
        if cell is None:
            return "\n".join(part for part in (f"{line.row.name}　{line.row.bed}", line.note) if part)
        return f"{line.row.name}　{slots_words(cell.slots)}"


def slots_words(slots: tuple[SlotRow, ...]) -> str:
    """`08:00 翻身 已做；10:00 翻身 待做`."""
    return "；".join(f"{slot.title} {slot.words}" for slot in slots)
