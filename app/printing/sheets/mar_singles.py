"""The lower table of the 用药执行单: what was given once or when needed, why, by whom, and how it worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.printing.sheet import BROAD, Cell, Ink, Row, Table, Words
from app.printing.sheets.cells import SHADE

_TEXT = Ink("song", 9, 6.5)
_LEAST = 2
"""Empty lines for what is written by hand."""
_COLUMNS = (
    ("日期／时间", 62.0),
    ("类别", 42.0),
    ("药品名称、剂量、途径", 178.0),
    ("用药原因", 150.0),
    ("医嘱医生", 54.0),
    ("执行者", 44.0),
    ("核对者", 44.0),
)


@dataclass(frozen=True, slots=True)
class Single:
    """One dose. `at`: local time; `effect`: what was seen after it, with its time."""

    at: datetime
    kind: str
    words: str
    why: str
    doctor: str
    who: str
    second: str
    effect: str


def singles_table(singles: tuple[Single, ...], needed: tuple[str, ...]) -> Table:
    """The orders that wait for need, all doses, then two empty lines."""
    widths = (*(width for _words, width in _COLUMNS), BROAD - sum(width for _words, width in _COLUMNS))
    captions = (*(words for words, _width in _COLUMNS), "用药后效果（时间、评价）")
    head = Row(tuple(Cell(Words(one, _TEXT, "center", lines=1), shade=SHADE, pad=2) for one in captions), 19)
    waiting = Words("必要时医嘱：" + "；".join(needed), Ink("song", 8.5, 7))
    above = (Row((Cell(waiting, across=len(widths)),), 0),) if needed else ()
    rows = [*above, head, *(_row(one) for one in singles)]
    empty = Row(tuple(Cell(Words("")) for _ in widths), 20)
    return Table(widths, (*rows, *(empty,) * _LEAST), header=1 + len(above))


def _row(one: Single) -> Row:
    middle = (f"{one.at:%m-%d %H:%M}", one.kind), (one.doctor, one.who, one.second)
    return Row(
        (
            *(Cell(Words(text, _TEXT, "center", lines=1), pad=2) for text in middle[0]),
            Cell(Words(one.words, _TEXT)),
            Cell(Words(one.why, _TEXT)),
            *(Cell(Words(text, _TEXT, "center", lines=1), pad=2) for text in middle[1]),
            Cell(Words(one.effect, _TEXT)),
        ),
        20,
    )
