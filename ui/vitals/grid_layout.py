"""Where everything of the round's grid stands: columns by the room there is, rows by what is said under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect

from ui.style import look

HEADER, ROW, SENTENCE = 44, 54, 28
NAME, NEWS, STATE = "name", "news2", "state"
_WIDTHS = {
    NAME: (190, 122),
    "temperature": (76, 56),
    "pulse": (76, 50),
    "respiration": (76, 50),
    "blood_pressure": (108, 84),
    "spo2": (82, 60),
    "consciousness": (70, 46),
    "glucose": (102, 54),
    "weight": (82, 56),
    "pain": (86, 48),
    NEWS: (108, 74),
    STATE: (132, 38),
}
_USUAL = (86, 56)


@dataclass(frozen=True)
class Column:
    """One column: the name, a sign's code, NEWS2 or the state; `left` and `width` in pixels."""

    key: str
    left: int
    width: int


def columns(codes: Sequence[str], room: int) -> tuple[Column, ...]:
    """Columns over the whole room: as wide as is good, narrower by the same share where there is less."""
    keys = (NAME, *codes, NEWS, STATE)
    good = [look.sp(_WIDTHS.get(key, _USUAL)[0]) for key in keys]
    least = [look.sp(_WIDTHS.get(key, _USUAL)[1]) for key in keys]
    if sum(least) > room:  # large text in a small window: better narrow than out of sight
        least = [width * room // sum(least) for width in least]
    spare = room - sum(least)
    wish = sum(good) - sum(least)
    share = max(0.0, min(1.0, spare / wish if wish else 1.0))
    widths = [round(low + (high - low) * share) for low, high in zip(least, good, strict=True)]
    rest = room - sum(widths)
    if rest > 0:  # what is over goes to the name and the state, then to the cells
        each = rest // len(keys)
        widths = [width + each for width in widths]
        widths[0] += rest - each * len(keys)
    found, left = [], 0
    for key, width in zip(keys, widths, strict=True):
        found.append(Column(key, left, width))
        left += width
    return tuple(found)


@dataclass(frozen=True)
class Line:
    """One row of the grid: its place among the rows, its top and height; a sentence stands below `bottom`."""

    place: int
    top: int
    height: int

    @property
    def bottom(self) -> int:
        return self.top + self.height


def lines(sentences: Sequence[int]) -> tuple[Line, ...]:
    """Rows one under the other; each number says how many sentences stand under its row."""
    found, top = [], 0
    for place, count in enumerate(sentences):
        height = look.sp(ROW) + look.sp(SENTENCE) * count
        found.append(Line(place, top, height))
        top += height
    return tuple(found)


def cell_rect(line: Line, column: Column) -> QRect:
    """The box of a cell inside its row, where a value stands or is typed."""
    side, above = look.sp(4), look.sp(8)
    return QRect(column.left + side, line.top + above, column.width - 2 * side, look.sp(ROW) - 2 * above)
