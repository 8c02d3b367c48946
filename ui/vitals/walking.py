"""Where the cursor of the grid goes: to the next field, the next person, past those who are away."""

from __future__ import annotations

from ui.vitals.grid import RoundGridWidget


class Walk:
    """Steps of the cursor; each answers whether there was anywhere to go."""

    def __init__(self, grid: RoundGridWidget) -> None:
        self._grid = grid

    def to(self, place: int, code: str) -> bool:
        self._grid.put(place, code)
        return True

    def onward(self) -> bool:
        """The next field a value can be typed into, in this row, then in those below."""
        grid = self._grid
        codes = grid.codes
        for code in codes[codes.index(grid.code) + 1 :]:
            if self._open(grid.place, code):
                return self.to(grid.place, code)
        return self.next_row()

    def next_row(self) -> bool:
        """The first open field of the next person that has any."""
        grid = self._grid
        for place in range(grid.place + 1, len(grid.rows)):
            if grid.walkable(place):
                code = next((one for one in grid.codes if self._open(place, one)), None)
                if code is not None:
                    return self.to(place, code)
        return False

    def sideways(self, step: int) -> bool:
        """One cell left or right, recorded ones too; from the first one back to the row above."""
        grid = self._grid
        column = grid.codes.index(grid.code) + step
        if 0 <= column < len(grid.codes):
            return self.to(grid.place, grid.codes[column])
        above = self._beside(step)
        return above is not None and self.to(above, grid.codes[0 if step > 0 else -1])

    def down(self, step: int) -> bool:
        """The person below or above, same column."""
        place = self._beside(step)
        return place is not None and self.to(place, self._grid.code)

    def _beside(self, step: int) -> int | None:
        place = self._grid.place + step
        while 0 <= place < len(self._grid.rows):
            if self._grid.walkable(place):
                return place
            place += step
        return None

    def _open(self, place: int, code: str) -> bool:
        row, typed = self._grid.rows[place], self._grid.typed
        cell = typed.cell(row, code)
        if cell is not None:
            return not cell.recorded
        done = typed.recorded(row, code)
        return not done or bool(done[-1].absent)
