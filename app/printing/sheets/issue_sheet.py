"""发药单: medicines handed over for some days, how each is taken, and who gave, checked and received them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.sheet import MEASURE, Cell, Ink, Row, Sheet, Space, Table, Words
from app.printing.sheets.cells import SHADE
from app.printing.sheets.heading import Whose, person_words, title_table

TITLE = "发药单"
_FACT = Ink("song", 10, 7)
_TEXT = Ink("song", 10, 7)
_COLUMNS = (
    ("序号", 30.0),
    ("药品　规格", 0.0),
    ("用法", 150.0),
    ("总量", 54.0),
    ("批号", 66.0),
    ("清点", 34.0),
)


@dataclass(frozen=True, slots=True)
class Issued:
    """One medicine: name with strength, how it is taken, how much in all."""

    words: str
    usage: str
    total: str
    lot: str


@dataclass(frozen=True, slots=True)
class IssueSheet:
    """Everything printed. `first` and `last`: the days it is for."""

    whose: Whose
    allergies: str
    number: str
    first: date
    last: date
    items: tuple[Issued, ...]
    giver: str
    checker: str
    receiver: str
    note: str
    at: datetime
    printed_at: datetime
    printed_by: str


def sheet(data: IssueSheet) -> Sheet:
    days = (data.last - data.first).days + 1
    span = f"用药日期：{data.first:%Y-%m-%d} 至 {data.last:%Y-%m-%d}（{days} 天）"
    return Sheet(
        title=f"{TITLE} {data.whose.name} {data.first:%Y-%m-%d}",
        number=data.number,
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=(
            title_table(data.whose.institution, TITLE),
            Space(2),
            _table(data, span),
            Space(6),
            _line("按上表用法服用；漏服不要加倍补服。用药后有不适请及时联系护理站。"),
            Space(4),
            _signed(data),
        ),
    )


def _table(data: IssueSheet, span: str) -> Table:
    rest = MEASURE - sum(width for _words, width in _COLUMNS)
    widths = tuple(width or rest for _words, width in _COLUMNS)
    across = len(widths)
    whole = (
        Words(person_words(data.whose), _FACT, lines=1),
        Words(f"{span}　发药时间：{data.at:%Y-%m-%d %H:%M}", _FACT, lines=1),
        Words(f"药物过敏史：{data.allergies}", Ink("heavy", 10, 7), lines=2),
    )
    rows = [Row((Cell(words, across=across, pad=3),), 20) for words in whole]
    captions = (Cell(Words(one, _FACT, "center", lines=1), shade=SHADE, pad=2) for one, _width in _COLUMNS)
    rows.append(Row(tuple(captions), 20))
    header = len(rows)
    for place, one in enumerate(data.items, 1):
        rows.append(
            Row(
                (
                    Cell(Words(str(place), _TEXT, "center", lines=1), pad=2),
                    Cell(Words(one.words, _TEXT)),
                    Cell(Words(one.usage, _TEXT)),
                    Cell(Words(one.total, Ink("heavy", 10, 7), "center", lines=1), pad=2),
                    Cell(Words(one.lot, Ink("song", 9, 6.5), "center", lines=2), pad=2),
                    Cell(Words("")),
                ),
                24,
            )
        )
    if data.note:
        rows.append(Row((Cell(Words(f"备注：{data.note}", _TEXT), across=across),), 22))
    return Table(widths, tuple(rows), header=header)


def _signed(data: IssueSheet) -> Table:
    third = MEASURE / 3
    people = (("发药人", data.giver), ("核对人", data.checker), ("领取人", data.receiver))
    ink = Ink("song", 10, 7.5, pitch=1.8)
    words = (f"{part}：{name}\n签名：＿＿＿＿＿＿＿＿" for part, name in people)
    cells = tuple(Cell(Words(text, ink), pad=0) for text in words)
    return Table((third,) * 3, (Row(cells, 26),), together=True, ruled=False)


def _line(text: str) -> Table:
    return Table((MEASURE,), (Row((Cell(Words(text, Ink("song", 9, 7, gray=0.2)), pad=0),), 0),), ruled=False)
