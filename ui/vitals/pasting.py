"""A block from a spreadsheet, laid over the grid from the current cell: each cell judged, a bad one marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from ui.vitals.grid import RoundGridWidget
from ui.vitals.typed_round import Fate


@dataclass(frozen=True)
class Pasted:
    """How many cells were taken, how many of them need a look, how many were recorded already; the rows touched."""

    taken: int
    waits: int
    there: int
    beyond: int
    rows: tuple[UUID, ...]

    @property
    def words(self) -> str:
        parts = [f"已粘贴 {self.taken} 格"]
        parts += [f"{self.waits} 格待更正"] if self.waits else []
        parts += [f"{self.there} 格已有记录，没有覆盖"] if self.there else []
        parts += [f"{self.beyond} 格超出表格，没有用上"] if self.beyond else []
        return "，".join(parts) + "。"


def paste(grid: RoundGridWidget, text: str) -> Pasted:
    """Lay the block down: tabs between columns, lines between people; those who are away are passed by."""
    taken = waits = there = beyond = 0
    rows: dict[UUID, None] = {}
    places = [place for place in range(grid.place, len(grid.rows)) if grid.walkable(place)]
    first = grid.codes.index(grid.code)
    for number, cells in enumerate(_block(text)):
        for column, said in enumerate(cells, first):
            if not said:
                continue
            if number >= len(places) or column >= len(grid.codes):
                beyond += 1
                continue
            row, code = grid.rows[places[number]], grid.codes[column]
            done = grid.typed.recorded(row, code)
            if done and not done[-1].absent:
                there += 1
                continue
            fate = grid.typed.enter(row, code, said)
            taken += 1
            waits += fate in (Fate.WRONG, Fate.DOUBT)
            rows[row.resident] = None
    return Pasted(taken, waits, there, beyond, tuple(rows))


def _block(text: str) -> Iterator[list[str]]:
    for line in text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n"):
        yield [cell.strip().strip('"') for cell in line.split("\t")]
