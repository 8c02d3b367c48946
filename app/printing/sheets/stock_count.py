"""药品盘点表: what was counted in the cupboard over some days, against what the books had, differences explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.sheet import BROAD, Cell, Ink, Row, Sheet, Space, Spread, Stack, Table, Words
from app.printing.sheets.cells import SHADE

TITLE = "药品盘点表"
_TEXT = Ink("song", 9, 6.5)
_LOUD = Ink("heavy", 9.5, 7)
_COLUMNS = (
    ("盘点时间", 66.0),
    ("药品", 0.0),
    ("归属", 66.0),
    ("批号", 72.0),
    ("有效期至", 54.0),
    ("账面数", 50.0),
    ("实盘数", 50.0),
    ("差异", 44.0),
    ("原因", 110.0),
    ("盘点人", 46.0),
    ("核对人", 46.0),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """One lot. `difference` empty where book and shelf agree; `kind`: 盘点 or the shift of a hand-over count."""

    at: datetime
    words: str
    owner: str
    lot: str
    expires: date | None
    expected: str
    found: str
    difference: str
    why: str
    by: str
    second: str
    kind: str


@dataclass(frozen=True, slots=True)
class StockCount:
    """Everything printed."""

    institution: str
    station: str
    first: date
    last: date
    lines: tuple[Counted, ...]
    printed_at: datetime
    printed_by: str


def sheet(data: StockCount) -> Sheet:
    span = f"{data.first:%Y-%m-%d} 至 {data.last:%Y-%m-%d}"
    head = Stack(
        (
            Words(data.institution, Ink("song", 12, 9), "center", lines=1),
            Spread(TITLE, Ink("heavy", 18, pitch=1.4), 170),
        )
    )
    return Sheet(
        title=f"{TITLE} {data.first:%Y-%m-%d} {data.last:%Y-%m-%d}",
        number="",
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=(
            Table((BROAD,), (Row((Cell(head),), 48),), ruled=False),
            Space(2),
            _table(data, span),
            Space(8),
            _signed(),
        ),
        across=True,
    )


def _table(data: StockCount, span: str) -> Table:
    rest = BROAD - sum(width for _words, width in _COLUMNS)
    widths = tuple(width or rest for _words, width in _COLUMNS)
    differing = sum(bool(one.difference) for one in data.lines)
    about = f"{data.station}　日期：{span}　盘点 {len(data.lines)} 条　有差异 {differing} 条"
    rows = [
        Row((Cell(Words(about, Ink("song", 10, 7), lines=1), across=len(widths), pad=3),), 20),
        Row(
            tuple(Cell(Words(one, _TEXT, "center", lines=1), shade=SHADE, pad=1.5) for one, _w in _COLUMNS),
            19,
        ),
    ]
    rows += [_line(one) for one in data.lines]
    if not data.lines:
        rows.append(Row((Cell(Words("这段时间没有盘点。", _TEXT, "center"), across=len(widths)),), 30))
    return Table(widths, tuple(rows), header=2)


def _line(one: Counted) -> Row:
    expires = f"{one.expires:%y-%m-%d}" if one.expires else "—"
    when = Stack(
        (Words(f"{one.at:%m-%d %H:%M}", _TEXT, "center", lines=1), Words(one.kind, _TEXT, "center", lines=1))
    )
    numbers = (one.expected, one.found)
    return Row(
        (
            Cell(when, pad=1.5),
            Cell(Words(one.words, _TEXT), pad=3),
            *(
                Cell(Words(text, _TEXT, "center", lines=2), pad=2)
                for text in (one.owner, one.lot or "—", expires)
            ),
            *(Cell(Words(text, _TEXT, "center", lines=1), pad=2) for text in numbers),
            Cell(Words(one.difference or "0", _LOUD if one.difference else _TEXT, "center", lines=1), pad=2),
            Cell(Words(one.why, _TEXT), pad=3),
            *(Cell(Words(text, _TEXT, "center", lines=1), pad=1.5) for text in (one.by, one.second)),
        ),
        22,
        strong=False,
    )


def _signed() -> Table:
    words = (
        "盘点人：＿＿＿＿＿＿＿＿",
        "核对人：＿＿＿＿＿＿＿＿",
        "负责人：＿＿＿＿＿＿＿＿",
        "日期：＿＿＿＿＿＿",
    )
    cells = tuple(Cell(Words(text, Ink("song", 10, 8), lines=1), pad=0) for text in words)
    return Table((BROAD / 4,) * 4, (Row(cells, 24),), together=True, ruled=False)
