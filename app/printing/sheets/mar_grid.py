"""The grid of the 用药执行单: medicines by days; cut after whole weeks where signs are too long for 31 columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.printing.sheet import (
    BROAD,
    Cell,
    Dot,
    Figure,
    Ink,
    Label,
    Mark,
    Row,
    Stack,
    Stroke,
    Table,
    Words,
)
from app.printing.sheets.cells import SHADE

WEEKDAYS = "一二三四五六日"
_NAME, _TIME, _COLUMN = 156.0, 34.0, 18.0
_WEEKEND = 0.9
_BLACK = (0.0, 0.0, 0.0)
_GRAY = (0.45, 0.45, 0.45)
_FACT = Ink("song", 10, 7)
_ALLERGY = Ink("heavy", 10, 7)
_HEAD = Ink("heavy", 8.5, 7)
_SMALL = Ink("song", 7.5, 6, gray=0.1)
_SIGN = Ink("song", 9, 6)
_PAIR = Ink("song", 7.5, 5.5, pitch=1.15)
_MARK = Ink("heavy", 7, 5.5, pitch=1.1)

Gap = Literal["", "before", "after", "none"]
"""Why a cell asks for nothing: the order had not begun, was over, or it is none of its days."""


@dataclass(frozen=True, slots=True)
class MarCell:
    """One cell: signs, a code (ringed letter), a word, or a gap; `marks` are short words below (部, 迟, 重)."""

    signs: tuple[str, ...] = ()
    code: str = ""
    word: str = ""
    gap: Gap = ""
    marks: str = ""


@dataclass(frozen=True, slots=True)
class MarLine:
    """One nominal time; `dose` where the amount differs by time of day."""

    name: str
    dose: str
    cells: tuple[MarCell, ...]


@dataclass(frozen=True, slots=True)
class MarOrder:
    """One order. `ended`: how and when it was over, in words; then its name is lined out where `over`."""

    place: int
    words: str
    usage: str
    note: str
    begun: str
    ended: str
    over: bool
    lines: tuple[MarLine, ...]


def grid_tables(
    about: tuple[str, str, str], days: tuple[date, ...], orders: tuple[MarOrder, ...]
) -> Iterator[Table]:
    """One table with every day, or one for each stretch of days; who it is about stands above each page's part."""
    for first, end in stretches(days, _widest(orders)):
        yield _table(about, days, (first, end), orders)


def stretches(days: tuple[date, ...], widest: int) -> list[tuple[int, int]]:
    """First and end of each stretch: all days where their columns are wide enough for the longest sign."""
    need = _COLUMN if widest <= 2 else widest * 8.5 + 3
    fits = int((BROAD - _NAME - _TIME) // need)
    if fits >= len(days):
        return [(0, len(days))]
    weeks = max(1, fits // 7)
    cuts = [place for place, day in enumerate(days) if place and day.weekday() == 0]
    found, first = [], 0
    while first < len(days):
        ahead = [cut for cut in cuts if first < cut <= first + fits and (cut - first) <= weeks * 7]
        end = len(days) if len(days) - first <= fits else max(ahead, default=min(first + fits, len(days)))
        found.append((first, end))
        first = end
    return found


def ringed(letter: str, width: float, size: float = 8.0) -> Figure:
    """A letter in a ring, in the middle of a width."""
    high, radius = size * 1.56, size * 0.74
    ring = Dot(width / 2, high / 2, radius, _BLACK, filled=False)
    ink = Ink("hei", size, 5.5)
    return Figure(
        high, (ring, Label(Words(letter, ink, "center", lines=1), 0, high / 2 - size * 0.68, width))
    )


def _widest(orders: tuple[MarOrder, ...]) -> int:
    cells = (cell for order in orders for line in order.lines for cell in line.cells)
    return max((len(sign) for cell in cells for sign in cell.signs), default=1)


def _table(
    about: tuple[str, str, str], days: tuple[date, ...], span: tuple[int, int], orders: tuple[MarOrder, ...]
) -> Table:
    first, end = span
    many = end - first
    column = (BROAD - _NAME - _TIME) / max(many, 31 if many > 24 else many)
    widths = (BROAD - _TIME - column * many, _TIME, *((column,) * many))
    shown = days[first:end]
    left = max(2, round(many * 0.6)) + 2
    rows = [
        Row((Cell(Words(about[0], _FACT, lines=1), across=many + 2, pad=3),), 19),
        Row(
            (
                Cell(Words(about[1], _FACT, lines=2), across=left, pad=3),
                Cell(Words(about[2], _ALLERGY, lines=2), across=many + 2 - left, pad=3),
            ),
            19,
        ),
        _captions(shown),
    ]
    for order in orders:
        rows += _rows(order, shown, (first, end), column)
    if not orders:
        rows.append(Row((Cell(Words("这个月没有长期医嘱。", _FACT, "center"), across=many + 2),), 30))
    return Table(widths, tuple(rows), header=3)


def _captions(days: tuple[date, ...]) -> Row:
    def caption(text: str) -> Cell:
        return Cell(Words(text, _HEAD, "center", lines=1), shade=SHADE, pad=1.5)

    def head(day: date) -> Cell:
        number = Words(str(day.day), _HEAD, "center", lines=1)
        weekday = Words(WEEKDAYS[day.weekday()], Ink("song", 6.5, 6, pitch=1.1), "center", lines=1)
        return Cell(Stack((number, weekday)), shade=_shade(day) or SHADE, pad=0.5)

    return Row((caption("药品名称／规格／用法用量"), caption("时间"), *(head(day) for day in days)), 23)


def _rows(order: MarOrder, days: tuple[date, ...], span: tuple[int, int], column: float) -> Iterator[Row]:
    for place, line in enumerate(order.lines):
        cells = [Cell(_name(order), down=len(order.lines), pad=3)] if not place else []
        time: Mark = Words(line.name, Ink("song", 9, 7), "center", lines=1)
        if line.dose:
            time = Stack((time, Words(line.dose, Ink("song", 7, 5.5), "center", lines=1)))
        cells.append(Cell(time, pad=1))
        for day, cell in zip(days, line.cells[span[0] : span[1]], strict=True):
            pad = 0.0 if cell.gap in ("before", "after") or cell.code else 0.6
            cells.append(Cell(_mark(cell, column - 2 * pad), shade=_shade(day), pad=pad))
        yield Row(tuple(cells), 22, strong=not place)


def _name(order: MarOrder) -> Stack:
    """Number and name, lined out when over; usage; since when, and how it ended."""
    marks: list[Mark] = [Words(f"{order.place}. {order.words}", Ink("heavy", 9, 7), struck=order.over)]
    marks.append(Words(order.usage, _SMALL))
    if order.note:
        marks.append(Words(order.note, _SMALL))
    ends = "　".join(part for part in (order.begun, order.ended) if part)
    if ends:
        marks.append(Words(ends, Ink("hei", 7.5, 6)))
    return Stack(tuple(marks))


def _mark(cell: MarCell, width: float) -> Mark:
    if cell.gap in ("before", "after"):
        return Figure(1.0, (Stroke(((0.0, 0.5), (width, 0.5)), 0.6, _GRAY),))
    if cell.gap == "none":
        return Words("—", Ink("song", 7, 6, gray=0.55), "center", lines=1)
    marks: list[Mark] = []
    if len(cell.signs) == 1 and not (cell.code or cell.marks):
        return Words(cell.signs[0], _SIGN, "center", lines=1)
    marks += [Words(sign, _PAIR, "center", lines=1) for sign in cell.signs]
    if cell.code:
        marks.append(ringed(cell.code, width, 8.0 if not cell.signs else 6.5))
    if cell.word:
        marks.append(Words(cell.word, Ink("song", 8, 6, gray=0.35), "center", lines=1))
    if cell.marks:
        marks.append(Words(cell.marks, _MARK, "center", lines=1))
    return Stack(tuple(marks)) if len(marks) != 1 else marks[0]


def _shade(day: date) -> float | None:
    return _WEEKEND if day.weekday() >= 5 else None
