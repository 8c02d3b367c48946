"""康复周排程: the week of the board on paper, laid across; a row each therapist, mornings and afternoons apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.printing.sheet import BROAD, Cell, Ink, Part, Row, Sheet, Space, Stack, Table, Words
from app.printing.sheets.cells import SHADE
from app.printing.sheets.heading import title_table
from app.printing.sheets.rehab_parts import FINE

TITLE = "康复周排程"
_NAME, _HALF = 58.0, 22.0
_CLOSED = 46.0
_LINE = Ink("song", 8, 7, pitch=1.28)
_MARKED = Ink("heavy", 8, 7, pitch=1.28)
_HEAD = Ink("hei", 9.5, 7)
_DAYS = "一二三四五六日"
MOST = 10
"""Lines in one half of a day; more go on in a row of their own, so that no row is higher than a page."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A session: `09:00 赵树仁 坐站转移`. `clash`: it stands in the way of another one; `struck`: cancelled."""

    time: str
    words: str
    clash: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class DayCell:
    """What a therapist has on one day; `off`: when they are not there."""

    slots: tuple[Slot, ...] = ()
    off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TherapistWeek:
    """A therapist's row; `under`: discipline and load."""

    name: str
    under: str
    days: tuple[DayCell, ...]


@dataclass(frozen=True, slots=True)
class RehabWeek:
    """Everything printed. `closed`: days on which rehab is closed; `noted`: conflicts and what is not yet placed."""

    institution: str
    monday: date
    closed: frozenset[date]
    sums: tuple[int, ...]
    rows: tuple[TherapistWeek, ...]
    noted: tuple[str, ...]
    printed_at: datetime
    printed_by: str

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.monday + timedelta(days=step) for step in range(7))


def sheet(data: RehabWeek) -> Sheet:
    """One page for five therapists, more for more."""
    sunday = data.monday + timedelta(days=6)
    parts: list[Part] = [title_table(data.institution, TITLE, room=BROAD), _table(data)]
    if data.noted:
        marks = Stack(tuple(Words(words, FINE) for words in data.noted))
        parts += [Space(4), Table((BROAD,), (Row((Cell(marks, pad=0),), 0),), ruled=False)]
    return Sheet(
        title=f"{TITLE} {data.monday:%Y-%m-%d}至{sunday:%m-%d}",
        number=f"KFPC-{data.monday:%Y%m%d}",
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
        across=True,
    )


def _table(data: RehabWeek) -> Table:
    empty = [
        day in data.closed and not any(row.days[place].slots for row in data.rows)
        for place, day in enumerate(data.days)
    ]
    room = BROAD - _NAME - _HALF - _CLOSED * sum(empty)
    one = room / max(7 - sum(empty), 1)
    widths = (_NAME, _HALF, *(_CLOSED if narrow else one for narrow in empty))
    rows = [_head(data)]
    for row in data.rows:
        rows += _therapist(row, data)
    if not data.rows:
        rows.append(Row((Cell(Words("这一周没有排训练。", _LINE, "center"), len(widths)),), 30))
    return Table(widths, tuple(rows), header=1)


def _head(data: RehabWeek) -> Row:
    cells = [Cell(Words("康复师", _HEAD, "center"), across=2, shade=SHADE, pad=2)]
    for place, day in enumerate(data.days):
        count = f"{data.sums[place]} 人次" if data.sums[place] else "休" if day in data.closed else "—"
        marks = (
            Words(f"周{_DAYS[place]} {day:%m-%d}", _HEAD, "center", lines=1),
            Words(count, FINE, "center", lines=1),
        )
        cells.append(Cell(Stack(marks), shade=0.88 if day in data.closed else SHADE, pad=1))
    return Row(tuple(cells), 24)


def _therapist(row: TherapistWeek, data: RehabWeek) -> list[Row]:
    """Two rows or more, with the name beside all of them."""
    halves = [("上午", [_half(day, "00:00", "12:00") for day in row.days])]
    halves.append(("下午", [_half(day, "12:00", "24:00") for day in row.days]))
    lines: list[tuple[Cell, ...]] = []
    for name, days in halves:
        longest = max((len(day.slots) for day in days), default=0)
        for first in range(0, max(longest, 1), MOST):
            cells = tuple(
                _cell(day, first, closed=day_on in data.closed)
                for day, day_on in zip(days, data.days, strict=True)
            )
            lines.append((Cell(Words(name, _LINE, "center"), shade=SHADE, pad=1), *cells))
    marks = (
        Words(row.name, Ink("heavy", 10, 7), "center", lines=1),
        Words(row.under, FINE, "center", lines=3),
    )
    who = Cell(Stack(marks), down=len(lines), pad=2)
    return [
        Row((who, *cells) if place == 0 else cells, 25, strong=place == 0)
        for place, cells in enumerate(lines)
    ]


def _half(day: DayCell, since: str, until: str) -> DayCell:
    """The morning or the afternoon of a day; when somebody is off stands in the half it begins in."""
    slots = tuple(one for one in day.slots if since <= one.time < until)
    return DayCell(slots, tuple(words for words in day.off if since <= words[:5] < until))


def _cell(day: DayCell, first: int, *, closed: bool) -> Cell:
    shown: Sequence[Slot] = day.slots[first : first + MOST]
    marks = [Words(words, _MARKED, lines=2) for words in day.off] if first == 0 else []
    for one in shown:
        ink = _MARKED if one.clash else _LINE
        sign = "※" if one.clash else ""
        marks.append(Words(f"{sign}{one.time} {one.words}", ink, lines=1, struck=one.struck))
    return Cell(Stack(tuple(marks) or (Words(""),)), shade=0.93 if closed else None, valign="top", pad=2)
