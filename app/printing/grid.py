"""A table measured: where each cell stands, how high each row is, and where rows may be parted by a page break."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.printing.setting import set_once
from app.printing.sheet import MARGIN, Cell, Row, Spread, Table, Words
from app.printing.text import Block, cut_words

PAD = 2.6  # points above and below what stands in a cell


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell in its place: first row, left edge and width in points, and what it draws."""

    row: int
    left: float
    width: float
    cell: Cell
    block: Block

    @property
    def need(self) -> float:
        """The height its content asks for."""
        return self.block.height + 2 * PAD


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its spots and row heights."""

    table: Table
    spots: tuple[Spot, ...]
    heights: tuple[float, ...]

    def height(self, first: int, end: int) -> float:
        """Height of the rows from `first` up to `end`, in points."""
        return sum(self.heights[first:end])

    def may_part(self, row: int, first: int) -> bool:
        """Whether a page may end before this row: a cell over several rows must fit into each of its parts."""
        for spot in self.spots:
            last = spot.row + spot.cell.down
            if spot.row < row < last:
                above = self.height(max(spot.row, first), row)
                if above < spot.need or self.height(row, last) < spot.need:
                    return False
        return True


def _spots(table: Table) -> list[Spot]:
    edges = [MARGIN]
    for width in table.widths:
        edges.append(edges[-1] + width)
    busy = [0] * len(table.widths)  # rows a column is still covered from above
    spots = []
    for at, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            while busy[column]:
                column += 1
            end = column + cell.across
            width = edges[end] - edges[column]
            block = set_once(cell.mark, round(width - 2 * cell.pad, 3))
            spots.append(Spot(at, edges[column], width, cell, block))
            busy[column:end] = [cell.down] * cell.across
            column = end
        busy = [max(0, rows - 1) for rows in busy]
    return spots


def measure(table: Table) -> Grid:
    """Sets every cell and finds the row heights; a cell over several rows stretches its last one if it must."""
    spots = _spots(table)
    heights = [row.height for row in table.rows]
    for spot in spots:
        if spot.cell.down == 1:
            heights[spot.row] = max(heights[spot.row], spot.need)
    for spot in spots:
        last = spot.row + spot.cell.down - 1
        lack = spot.need - sum(heights[spot.row : last + 1])
        if lack > 0:
            heights[last] += lack
    return Grid(table, tuple(spots), tuple(heights))


def cut_row(row: Row, widths: tuple[float, ...], height: float) -> tuple[Row, Row] | None:
    """Cuts a row of shaded labels and one long text after the lines that fit; None if it cannot be cut."""
    long = [at for at, cell in enumerate(row.cells) if isinstance(cell.mark, Words) and cell.shade is None]
    labels = [cell for cell in row.cells if cell.shade is not None and isinstance(cell.mark, Words | Spread)]
    if len(long) != 1 or len(labels) != len(row.cells) - 1 or any(cell.down > 1 for cell in row.cells):
        return None
    place, column = long[0], sum(cell.across for cell in row.cells[: long[0]])
    cell = row.cells[place]
    width = sum(widths[column : column + cell.across]) - 2 * cell.pad
    mark = cell.mark
    parts = cut_words(mark, round(width, 3), height - 2 * PAD) if isinstance(mark, Words) else None
    if parts is None:
        return None
    first, rest = (
        replace(row, cells=(*row.cells[:place], replace(cell, mark=part), *row.cells[place + 1 :]))
        for part in parts
    )
    return first, replace(rest, height=0)
