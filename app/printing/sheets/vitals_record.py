"""生命体征记录: every measurement of a span in one table, as many pages as it needs, the person's name on each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.drawn import Drawn
from app.printing.pdf import draw as draw_sheet
from app.printing.sheet import MEASURE, Cell, Ink, Part, Row, Sheet, Space, Table, Words
from app.printing.sheets.cells import SHADE
from app.printing.sheets.heading import title_table

TITLE = "生命体征记录"
_DATE, _TIME, _BY = 41.0, 33.0, 46.0
_LEAST_NOTE = 78.0
_TITLE_WIDTH = 200.0
_HEAD = Ink("song", 9.5, 7)
_VALUE = Ink("song", 9.5, 6)
_NOTE = Ink("song", 8.5, 6)
_FACT = Ink("song", 10, 8)


@dataclass(frozen=True, slots=True)
class Measured:
    """One column of the table: its name, its unit, its share of the width in points."""

    words: str
    unit: str
    width: float


@dataclass(frozen=True, slots=True)
class Visit:
    """One line: what was measured at one time, a value a column (empty where not), what was noted, by whom."""

    at: datetime  # the institution's local time
    values: tuple[str, ...]
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class VitalsRecord:
    """Everything printed. Times are the institution's local time."""

    institution: str
    name: str
    sex: str
    age: str
    bed: str
    number: str
    address: str
    diagnosis: str
    first: date
    last: date
    columns: tuple[Measured, ...]
    visits: tuple[Visit, ...]
    printed_at: datetime
    printed_by: str


def draw(data: VitalsRecord) -> Drawn:
    """Draws the record."""
    return draw_sheet(sheet(data))


def sheet(data: VitalsRecord) -> Sheet:
    """The record as data."""
    span = f"{data.first:%Y-%m-%d} 至 {data.last:%Y-%m-%d}"
    return Sheet(
        title=f"{TITLE} {data.name} {span}",
        number="",
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=(
            title_table(data.institution, TITLE, _TITLE_WIDTH),
            *_about(data, span),
            Space(4),
            _table(data),
        ),
    )


def _about(data: VitalsRecord, span: str) -> list[Part]:
    """What stands once, above the table: span, address, diagnoses, as long as they are."""
    lines = (("起止日期", span), ("住址", data.address or "—"), ("诊断", data.diagnosis or "—"))
    rows = tuple(
        Row((Cell(Words(f"{caption}：", _FACT), pad=0), Cell(Words(words, Ink("kai", 10.5)), pad=0)), 0)
        for caption, words in lines
    )
    return [Table((54, MEASURE - 54), rows, ruled=False)]


def _table(data: VitalsRecord) -> Table:
    fixed = sum(one.width for one in data.columns)
    note = max(MEASURE - _DATE - _TIME - _BY - fixed, _LEAST_NOTE)
    scale = (MEASURE - _DATE - _TIME - _BY - note) / fixed if fixed else 1.0
    widths = (_DATE, _TIME, *(one.width * scale for one in data.columns), note, _BY)
    who = f"{data.name}　{data.sex}　{data.age}　{data.bed or '未安排床位'}　住养号 {data.number}"
    person = Row((Cell(Words(who, Ink("kai", 11, 8), lines=1), across=len(widths)),), 20)
    rows = [person, _captions(data)]
    before: date | None = None
    for visit in data.visits:
        rows.append(_line(visit, before))
        before = visit.at.date()
    if not data.visits:
        rows.append(Row((Cell(Words("这段时间没有记录。", _VALUE, "center"), across=len(widths)),), 30))
    return Table(widths, tuple(rows), header=2)


def _captions(data: VitalsRecord) -> Row:
    def caption(words: str, unit: str = "") -> Cell:
        text = f"{words}\n{unit}" if unit else words
        return Cell(Words(text, _HEAD, "center", lines=2 if unit else 1), shade=SHADE, pad=1.5)

    middle = tuple(caption(one.words, one.unit) for one in data.columns)
    return Row((caption("日期"), caption("时间"), *middle, caption("备注"), caption("签名")), 30)


def _line(visit: Visit, before: date | None) -> Row:
    """A new year is told with its number; other days by month and day."""
    day = visit.at.date()
    words = f"{day:%Y-%m-%d}" if before is not None and day.year != before.year else f"{day:%m-%d}"
    cells = [Cell(Words(words, _VALUE, "center", lines=1), pad=2)]
    cells.append(Cell(Words(f"{visit.at:%H:%M}", _VALUE, "center", lines=1), pad=2))
    cells += [Cell(Words(value, _VALUE, "center", lines=2), pad=2) for value in visit.values]
    cells.append(Cell(Words(visit.note, _NOTE), pad=3))
    cells.append(Cell(Words(visit.by, _VALUE, "center", lines=1), pad=2))
    return Row(tuple(cells), 19, strong=before is not None and day != before)
