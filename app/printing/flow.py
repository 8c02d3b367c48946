"""Parts flow over pages: headings stay with what follows, rows are parted between, headers come again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.printing.grid import PAD, Grid, Spot, cut_row, measure
from app.printing.page import Page
from app.printing.sheet import A4, BOTTOM, MARGIN, TOP, Heading, Ink, Part, Space, Table, Words
from app.printing.text import set_words

_HEADING = 24.0  # height of a chapter heading with its room
_THIN, _THICK = 0.5, 1.1
_WORTH_CUTTING = 120.0  # room (points) that is worth cutting a long text for
_HEADING_INK = Ink("heavy", 11.5)


def flow(parts: tuple[Part, ...], size: tuple[float, float] = A4) -> list[Page]:
    """Lays all parts out on as many pages of a size as they need."""
    run = _Flow(size)
    for at, part in enumerate(parts):
        following = parts[at + 1] if at + 1 < len(parts) else None
        run.place(part, following)
    return run.pages


@dataclass(frozen=True, slots=True)
class _Fragment:
    """Rows of a table that stand on one page: headers, then rows from `first` up to `end`."""

    grid: Grid
    first: int
    end: int

    @property
    def rows(self) -> list[int]:
        header = range(min(self.grid.table.header, self.first))
        return [*header, *range(self.first, self.end)]


class _Flow:
    """The pages so far and how far the last one is filled."""

    def __init__(self, size: tuple[float, float]) -> None:
        self._size, self._floor = size, size[1] - BOTTOM  # no part reaches below
        self.pages = [Page(size)]
        self.top = TOP

    def place(self, part: Part, following: Part | None) -> None:
        if isinstance(part, Space):
            if self.top > TOP:
                self.top += part.height
        elif isinstance(part, Heading):
            self._heading(part, following)
        else:
            self._table(part)

    def _next_page(self) -> None:
        self.pages.append(Page(self._size))
        self.top = TOP

    def _heading(self, heading: Heading, following: Part | None) -> None:
        need = _HEADING + (_first_chunk(measure(following)) if isinstance(following, Table) else 0)
        if self.top + need > self._floor and self.top > TOP:
            self._next_page()
        page = self.pages[-1]
        page.shade(MARGIN, self.top + 4, 3.2, 15, gray=0.2)
        page.put(
            set_words(Words(heading.text, _HEADING_INK), self._size[0] - 2 * MARGIN - 12),
            MARGIN + 9,
            self.top + 3.5,
        )
        self.top += _HEADING

    def _table(self, table: Table) -> None:
        grid, at = measure(table), 0
        if table.together and self.top + grid.height(0, len(table.rows)) > self._floor and self.top > TOP:
            self._next_page()
        while at < len(grid.table.rows):
            room = self._floor - self.top - (grid.height(0, table.header) if at else 0)
            end = _fitting(grid, at, room)
            if end < len(grid.table.rows):
                cut = self._cut(grid, end, room - grid.height(at, end))
                if cut is not None:
                    grid, end = cut, end + 1
            if end == at:
                if self.top > TOP:
                    self._next_page()
                    continue
                end = at + 1  # higher than a page and not to be cut: it stands as it is
            self.top = _draw(self.pages[-1], _Fragment(grid, at, end), self.top)
            at = end
            if at < len(grid.table.rows):
                self._next_page()

    def _cut(self, grid: Grid, at: int, room: float) -> Grid | None:
        """The table with its next row cut to the room, if that is worth it."""
        table = grid.table
        if at < table.header or room < _WORTH_CUTTING:
            return None
        parts = cut_row(table.rows[at], table.widths, room)
        if parts is None:
            return None
        return measure(replace(table, rows=(*table.rows[:at], *parts, *table.rows[at + 1 :])))


def _first_chunk(grid: Grid) -> float:
    """The least height of a table that may stand below its heading."""
    table = grid.table
    if table.together:
        return grid.height(0, len(table.rows))
    end = min(table.header + 2, len(table.rows))
    while end < len(table.rows) and not grid.may_part(end, 0):
        end += 1
    return min(grid.height(0, end), _WORTH_CUTTING + 40)


def _fitting(grid: Grid, first: int, room: float) -> int:
    """The row before which the page ends: as many rows from `first` as fit and may stay together."""
    count, end, used = len(grid.heights), first, 0.0
    while end < count and used + grid.heights[end] <= room + 0.01:
        used += grid.heights[end]
        end += 1
    if end == count:
        return end
    best = end
    while best > first and not grid.may_part(best, first):
        best -= 1
    lonely = best <= grid.table.header  # nothing but headers
    return first if lonely else best


def _draw(page: Page, part: _Fragment, top: float) -> float:
    """Draws rows of a table; gives back where they end."""
    grid, tops, at = part.grid, {}, top
    for row in part.rows:
        tops[row] = at
        at += grid.heights[row]
    cells = [
        (spot, tops[shown[0]], sum(grid.heights[row] for row in shown))
        for spot in grid.spots
        if (shown := [row for row in range(spot.row, spot.row + spot.cell.down) if row in tops])
    ]
    for spot, upper, high in cells:
        if spot.cell.shade is not None:
            page.shade(spot.left, upper, spot.width, high, gray=spot.cell.shade)
    if grid.table.ruled:
        width = sum(grid.table.widths)
        page.frame([(spot.left, upper, spot.width, high) for spot, upper, high in cells], _THIN, 0.2)
        page.frame([(MARGIN, top, width, at - top)], _THICK)
        for row in part.rows:
            if grid.table.rows[row].strong and tops[row] > top:
                page.line(MARGIN, MARGIN + width, tops[row], _THICK)
    for spot, upper, high in cells:
        page.put(spot.block, spot.left + spot.cell.pad, upper + _drop(spot, high))
    return at


_DROPS: dict[str, Callable[[float], float]] = {
    "top": lambda _room: PAD,
    "middle": lambda room: room / 2,
    "bottom": lambda room: room - PAD,
}


def _drop(spot: Spot, high: float) -> float:
    """How far below the cell's top its content begins."""
    return _DROPS[spot.cell.valign](high - spot.block.height)
