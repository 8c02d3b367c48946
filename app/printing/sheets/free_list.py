"""困难人群免费用药登记表: who got free basic medicines in a month, on what ground, how much, and who signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.sheet import BROAD, Cell, Ink, Mark, Row, Sheet, Space, Spread, Stack, Table, Words
from app.printing.sheets.cells import SHADE
from app.printing.sheets.signing import Strokes, drawn_name

TITLE = "困难人群免费用药登记表"
_TEXT = Ink("song", 9, 6.5)
_COLUMNS = (
    ("序号", 26.0),
    ("日期", 48.0),
    ("姓名", 56.0),
    ("证件号", 92.0),
    ("资格　病种", 104.0),
    ("药品　规格", 0.0),
    ("数量", 52.0),
    ("减免金额", 52.0),
    ("领取签名", 104.0),
)


@dataclass(frozen=True, slots=True)
class FreeItem:
    """One medicine: name with strength, how much, what was waived (empty where no price is kept)."""

    words: str
    quantity: str
    waived: str


@dataclass(frozen=True, slots=True)
class FreeLine:
    """One prescription."""

    on: date
    name: str
    id_number: str
    ground: str
    items: tuple[FreeItem, ...]
    receiver: str
    strokes: Strokes


@dataclass(frozen=True, slots=True)
class FreeList:
    """Everything printed; `waived`: the sum of the month."""

    institution: str
    month: date
    lines: tuple[FreeLine, ...]
    people: int
    waived: str
    printed_at: datetime
    printed_by: str


def sheet(data: FreeList) -> Sheet:
    head = Stack(
        (
            Words(data.institution, Ink("song", 12, 9), "center", lines=1),
            Spread(TITLE, Ink("heavy", 18, pitch=1.4), 300),
        )
    )
    return Sheet(
        title=f"{TITLE} {data.month:%Y年%m月}",
        number=f"MFYY-{data.month:%Y%m}",
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=(
            Table((BROAD,), (Row((Cell(head),), 48),), ruled=False),
            Space(2),
            _table(data),
            Space(8),
            _signed(),
        ),
        across=True,
    )


def _table(data: FreeList) -> Table:
    rest = BROAD - sum(width for _words, width in _COLUMNS)
    widths = tuple(width or rest for _words, width in _COLUMNS)
    items = sum(len(one.items) for one in data.lines)
    sums = f"{data.month:%Y 年 %m 月}　{data.people} 人　{len(data.lines)} 人次　药品 {items} 项"
    about = f"{sums}　减免合计 {data.waived}" if data.waived else sums
    rows = [
        Row((Cell(Words(about, Ink("song", 10, 7), lines=1), across=len(widths), pad=3),), 20),
        Row(
            tuple(Cell(Words(one, _TEXT, "center", lines=1), shade=SHADE, pad=1.5) for one, _w in _COLUMNS),
            19,
        ),
    ]
    for place, one in enumerate(data.lines, 1):
        rows += _rows(place, one)
    if not data.lines:
        rows.append(Row((Cell(Words("这个月没有免费用药。", _TEXT, "center"), across=len(widths)),), 30))
    return Table(widths, tuple(rows), header=2)


def _rows(place: int, one: FreeLine) -> list[Row]:
    """A row for each medicine; the rest of the prescription stands over all of them."""
    items = one.items or (FreeItem("—", "", ""),)
    down = len(items)
    texts = (str(place), f"{one.on:%m-%d}", one.name, one.id_number, one.ground)
    rows = []
    for at, item in enumerate(items):
        cells: list[Cell] = []
        if not at:
            cells += [Cell(Words(text, _TEXT, "center", lines=3), down=down, pad=2) for text in texts]
        cells.append(Cell(Words(item.words, _TEXT), pad=3))
        cells += [Cell(Words(text, _TEXT, "center", lines=1), pad=2) for text in (item.quantity, item.waived)]
        if not at:
            cells.append(Cell(_receiver(one), down=down, pad=3))
        rows.append(Row(tuple(cells), 24, strong=not at))
    return rows


def _receiver(one: FreeLine) -> Stack:
    marks: list[Mark] = [drawn_name(one.strokes)] if one.strokes else []
    return Stack((*marks, Words(one.receiver, _TEXT, "center", lines=1)))


def _signed() -> Table:
    words = ("制表人：＿＿＿＿＿＿＿＿", "审核人：＿＿＿＿＿＿＿＿", "单位（盖章）：", "日期：＿＿＿＿＿＿")
    cells = tuple(Cell(Words(text, Ink("song", 10, 8), lines=1), pad=0) for text in words)
    return Table((BROAD / 4,) * 4, (Row(cells, 24),), together=True, ruled=False)
