"""护理记录单: notes in their order; what was corrected stays readable under two lines, the new words below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.pdf import draw as draw_sheet
from app.printing.sheet import MEASURE, Cell, Drawn, Ink, Row, Sheet, Space, Spread, Stack, Table, Words
from app.printing.sheets.ability_subject import SHADE

TITLE = "护理记录单"
_DATE, _TIME, _KIND, _BY = 50.0, 36.0, 60.0, 50.0
_WIDTHS = (_DATE, _TIME, _KIND, MEASURE - _DATE - _TIME - _KIND - _BY, _BY)
_CAPTIONS = ("日期", "时间", "记录", "病情、措施与效果", "签名")
_HEAD = Ink("song", 10, 8)
_VALUE = Ink("song", 9.5, 7)
_TEXT = Ink("kai", 10.5, 9)


@dataclass(frozen=True, slots=True)
class Written:
    """One version of a note. `struck`: it was corrected or retracted since; `note` says who did so, when and why."""

    at: datetime  # the institution's local time
    kind: str
    text: str
    by: str
    note: str = ""
    struck: bool = False
    first: bool = True  # not a further version of the note above it


@dataclass(frozen=True, slots=True)
class NursingRecord:
    """Everything printed. Times are the institution's local time."""

    institution: str
    name: str
    sex: str
    age: str
    bed: str
    number: str
    first: date
    last: date
    notes: tuple[Written, ...]
    printed_at: datetime
    printed_by: str


def draw(data: NursingRecord) -> Drawn:
    """Draws the record."""
    return draw_sheet(sheet(data))


def sheet(data: NursingRecord) -> Sheet:
    """The record as data."""
    span = f"{data.first:%Y-%m-%d} 至 {data.last:%Y-%m-%d}"
    return Sheet(
        title=f"{TITLE} {data.name} {span}",
        number="",
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=(_head(data, span), Space(4), _table(data)),
    )


def _head(data: NursingRecord, span: str) -> Table:
    title = Stack(
        (
            Words(data.institution, Ink("song", 12.5, 9), "center", lines=1),
            Spread(TITLE, Ink("heavy", 20, pitch=1.4), 170),
            Words(span, Ink("song", 9.5, 8), "center", lines=1),
        )
    )
    return Table((MEASURE,), (Row((Cell(title),), 62),), ruled=False)


def _table(data: NursingRecord) -> Table:
    who = f"{data.name}　{data.sex}　{data.age}　{data.bed or '未安排床位'}　住养号 {data.number}"
    person = Row((Cell(Words(who, Ink("kai", 11, 8), lines=1), across=len(_WIDTHS)),), 20)
    captions = Row(tuple(Cell(Words(one, _HEAD, "center", lines=1), shade=SHADE) for one in _CAPTIONS), 20)
    rows = [person, captions]
    before: date | None = None
    for note in data.notes:
        day = note.at.date()
        rows += _lines(note, strong=note.first and before is not None and day != before)
        before = day
    if not data.notes:
        rows.append(Row((Cell(Words("这段时间没有记录。", _VALUE, "center"), across=len(_WIDTHS)),), 30))
    return Table(_WIDTHS, tuple(rows), header=2)


def _lines(note: Written, *, strong: bool) -> list[Row]:
    """The note in one row, what became of it in the next."""
    small = [Words(f"{note.at:%Y-%m-%d}", _VALUE, "center", lines=1)]
    small.append(Words(f"{note.at:%H:%M}", _VALUE, "center", lines=1))
    small.append(Words(note.kind if note.first else "更正后", _VALUE, "center", lines=2))
    said = Cell(Words(note.text, _TEXT, struck=note.struck), pad=4)
    by = Cell(Words(note.by, _VALUE, "center", lines=1), pad=2)
    rows = [Row((*(Cell(one, pad=1.5) for one in small), said, by), 20, strong=strong)]
    if note.note:
        told = Words(note.note, Ink("song", 8.5, 7, gray=0.25))
        rows.append(Row((Cell(Words("", _VALUE, lines=1), across=3), Cell(told, across=2)), 15))
    return rows
