"""Entries of journals as a table: one line an entry, a correction with the old words lined out above the new ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.sheet import MEASURE, Cell, Ink, Row, Sheet, Space, Stack, Table, Words
from app.printing.sheets.cells import SHADE
from app.printing.sheets.heading import Whose, person_words, title_table

_DATE, _TIME, _BY = 36.0, 33.0, 56.0
_HEAD = Ink("song", 9.5, 7)
_VALUE = Ink("song", 9.5, 6)
_TEXT = Ink("song", 9.5, 7)
_OLD = Ink("song", 9, 7, gray=0.35)
_SMALL = Ink("song", 8, 6, gray=0.3)
_FACT = Ink("song", 10, 7)


@dataclass(frozen=True, slots=True)
class Column:
    """One narrow column: caption, unit below it, width in points."""

    words: str
    unit: str
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. `old`: what stood there before a correction, lined out; `aside`: 补录, 更正 with its reason."""

    at: datetime  # the institution's local time
    values: tuple[str, ...]
    text: str
    by: str
    old: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """A line below a day: 24 小时入量 1,850 ml."""

    after: date
    text: str


@dataclass(frozen=True, slots=True)
class JournalSheet:
    """Everything printed. `long` is the caption of the wide column, empty for none."""

    title: str
    whose: Whose
    level: str
    first: date
    last: date
    columns: tuple[Column, ...]
    long: str
    lines: tuple[Line, ...]
    totals: tuple[Total, ...]
    printed_at: datetime
    printed_by: str


def sheet(data: JournalSheet) -> Sheet:
    """The table on as many pages as it needs; whose it is stands on each."""
    return Sheet(
        title=f"{data.title} {data.whose.name} {_span(data)}",
        number="",
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=(title_table(data.whose.institution, data.title), Space(2), _table(data)),
    )


def _span(data: JournalSheet) -> str:
    month = (
        data.first.day == 1 and data.first.month == data.last.month and (data.last - data.first).days >= 27
    )
    return f"{data.first:%Y年%m月}" if month else f"{data.first:%Y-%m-%d} 至 {data.last:%Y-%m-%d}"


def _table(data: JournalSheet) -> Table:
    fixed = sum(one.width for one in data.columns)
    room = MEASURE - _DATE - _TIME - _BY
    share = 1.0 if data.long else room / fixed
    narrow = tuple(one.width * share for one in data.columns)
    long = (room - fixed,) if data.long else ()
    widths = (_DATE, _TIME, *narrow, *long, _BY)
    level = f"护理等级：{data.level}" if data.level else ""
    who = person_words(data.whose, level, f"时间：{_span(data)}")
    person = Row((Cell(Words(who, _FACT, lines=1), across=len(widths), pad=2),), 22)
    rows = [person, _captions(data)]
    totals = {one.after: one.text for one in data.totals}
    for at, line in enumerate(data.lines):
        day = line.at.date()
        first_of_day = at > 0 and data.lines[at - 1].at.date() != day
        rows.append(_line(data, line, strong=first_of_day))
        last_of_day = at + 1 == len(data.lines) or data.lines[at + 1].at.date() != day
        if last_of_day and day in totals:
            rows.append(
                Row((Cell(Words(totals[day], Ink("heavy", 9.5, 7), "right"), across=len(widths)),), 19)
            )
    if not data.lines:
        rows.append(Row((Cell(Words("这段时间没有记录。", _VALUE, "center"), across=len(widths)),), 30))
    return Table(widths, tuple(rows), header=2)


def _captions(data: JournalSheet) -> Row:
    def caption(words: str, unit: str = "") -> Cell:
        text = f"{words}\n{unit}" if unit else words
        return Cell(Words(text, _HEAD, "center", lines=2 if unit else 1), shade=SHADE, pad=1.5)

    middle = tuple(caption(one.words, one.unit) for one in data.columns)
    long = (caption(data.long),) if data.long else ()
    return Row((caption("日期"), caption("时间"), *middle, *long, caption("签名")), 30)


def _line(data: JournalSheet, line: Line, *, strong: bool) -> Row:
    cells = [
        Cell(Words(f"{line.at:%m-%d}", _VALUE, "center", lines=1), pad=2),
        Cell(Words(f"{line.at:%H:%M}", _VALUE, "center", lines=1), pad=2),
    ]
    cells += [Cell(Words(value, _VALUE, "center"), pad=2) for value in line.values]
    by = Words(line.by, _VALUE, "center", lines=1)
    if data.long:
        cells.append(Cell(_text(line), pad=4))
        cells.append(Cell(by, pad=2))
    else:
        aside = (Words(line.aside, _SMALL, "center"),) if line.aside else ()
        cells.append(Cell(Stack((by, *aside)), pad=2))
    return Row(tuple(cells), 20, strong=strong)


def _text(line: Line) -> Stack | Words:
    """One text flows over pages; with something lined out or said beside it, a stack that stays together."""
    if not line.old and not line.aside:
        return Words(line.text, _TEXT)
    old = (Words(line.old, _OLD, struck=True),) if line.old else ()
    aside = (Words(line.aside, _SMALL),) if line.aside else ()
    return Stack((*old, Words(line.text, _TEXT), *aside), 1)
