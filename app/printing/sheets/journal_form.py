"""One entry of a journal as a form: every field with its label, short ones two in a row, long ones across."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.printing.sheet import MEASURE, Cell, Ink, Part, Row, Sheet, Space, Table, Words
from app.printing.sheets.cells import SHADE
from app.printing.sheets.heading import Whose, person_row, title_table

_LABEL = 82.0
_VALUE = MEASURE / 2 - _LABEL
_CAPTION = Ink("song", 10, 7)
_FILLED = Ink("kai", 11, 8)


@dataclass(frozen=True, slots=True)
class Asked:
    """One field: its label, what was written, whether it takes the whole width."""

    label: str
    words: str
    wide: bool


@dataclass(frozen=True, slots=True)
class JournalForm:
    """Everything printed. Times are the institution's local time."""

    title: str
    whose: Whose
    at: datetime
    by: str
    note: str
    fields: tuple[Asked, ...]
    printed_at: datetime
    printed_by: str


def sheet(data: JournalForm) -> Sheet:
    """The form with the lines for signing below it."""
    parts: tuple[Part, ...] = (
        title_table(data.whose.institution, data.title),
        Space(2),
        Table((_LABEL, _VALUE, _LABEL, _VALUE), (person_row(data.whose, 4), *_rows(data.fields)), header=1),
        Space(6),
        _signed(data),
    )
    return Sheet(
        title=f"{data.title} {data.whose.name} {data.at:%Y-%m-%d}",
        number="",
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=parts,
    )


def _rows(fields: Sequence[Asked]) -> Iterator[Row]:
    waiting: list[Asked] = []
    for one in fields:
        if one.wide:
            if waiting:
                yield _row(waiting)
                waiting = []
            yield Row((_label(one), _value(one, 3)), 40)
            continue
        waiting.append(one)
        if len(waiting) == 2:
            yield _row(waiting)
            waiting = []
    if waiting:
        yield _row(waiting)


def _row(some: Sequence[Asked]) -> Row:
    if len(some) == 1:
        return Row((_label(some[0]), _value(some[0], 3)), 24)
    return Row(tuple(cell for one in some for cell in (_label(one), _value(one, 1))), 24)


def _label(one: Asked) -> Cell:
    return Cell(Words(one.label, _CAPTION, "center", lines=2), shade=SHADE, pad=3)


def _value(one: Asked, across: int) -> Cell:
    return Cell(Words(one.words or "—", _FILLED), across=across, pad=5)


def _signed(data: JournalForm) -> Table:
    third = MEASURE / 3
    words = (f"评估时间：{data.at:%Y-%m-%d %H:%M}", f"记录人：{data.by}", "签名：")
    rows = [Row(tuple(Cell(Words(one, _CAPTION), pad=0) for one in words), 26)]
    if data.note:
        rows.append(Row((Cell(Words(data.note, Ink("song", 8.5, gray=0.3)), across=3, pad=0),), 18))
    return Table((third, third, third), tuple(rows), ruled=False)
