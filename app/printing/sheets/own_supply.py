"""自备药协议: what the family agrees to, what they brought, and who signed; blank lines where nobody has yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.sheet import MEASURE, Cell, Heading, Ink, Mark, Part, Row, Sheet, Space, Stack, Table, Words
from app.printing.sheets.cells import SHADE
from app.printing.sheets.heading import Whose, person_words, title_table
from app.printing.sheets.signing import Strokes, drawn_name

TITLE = "自备药协议"
_TEXT = Ink("song", 10, 7)
_CLAUSE = Ink("song", 10.5, 8, pitch=1.5)
_COLUMNS = (
    ("接收日期", 62.0),
    ("药品　规格", 0.0),
    ("数量", 54.0),
    ("批号", 76.0),
    ("有效期至", 62.0),
    ("接收人", 56.0),
)
_LEAST = 5
"""Lines of the list, the empty ones for what is written by hand."""


@dataclass(frozen=True, slots=True)
class Brought:
    """One receipt of the family's medicine."""

    on: date
    words: str
    quantity: str
    lot: str
    expires: date | None
    by: str


@dataclass(frozen=True, slots=True)
class OwnSupply:
    """Everything printed. `clauses` are the institution's own; `name` empty: nobody has agreed at the station yet."""

    whose: Whose
    number: str
    intro: str
    clauses: tuple[str, ...]
    foot: str
    brought: tuple[Brought, ...]
    name: str
    relation: str
    words: str
    strokes: Strokes
    agreed: datetime | None
    keeper: str
    printed_at: datetime
    printed_by: str


def sheet(data: OwnSupply) -> Sheet:
    parts: list[Part] = [title_table(data.whose.institution, TITLE), Space(2)]
    parts.append(_words(person_words(data.whose), Ink("song", 10.5, 7)))
    parts += [Space(4), _words(data.intro, _CLAUSE)]
    clauses = [f"{place}. {clause}" for place, clause in enumerate(data.clauses, 1)]
    if data.words:
        clauses.append(f"{len(clauses) + 1}. 另行约定：{data.words}")
    parts += [_words(clause, _CLAUSE) for clause in clauses]
    parts += [
        _words(data.foot, _CLAUSE),
        Space(6),
        Heading("药品清单"),
        _brought(data),
        Space(8),
        _signed(data),
    ]
    return Sheet(
        title=f"{TITLE} {data.whose.name}",
        number=data.number,
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
    )


def _brought(data: OwnSupply) -> Table:
    rest = MEASURE - sum(width for _words, width in _COLUMNS)
    widths = tuple(width or rest for _words, width in _COLUMNS)
    head = Row(
        tuple(Cell(Words(one, _TEXT, "center", lines=1), shade=SHADE, pad=2) for one, _width in _COLUMNS), 20
    )
    rows = [head]
    for one in data.brought:
        expires = f"{one.expires:%Y-%m-%d}" if one.expires else ""
        texts = (f"{one.on:%Y-%m-%d}", one.words, one.quantity, one.lot, expires, one.by)
        rows.append(Row(tuple(Cell(Words(text, _TEXT, lines=2), pad=3) for text in texts), 20))
    rows += [Row(tuple(Cell(Words("")) for _ in widths), 20)] * max(1, _LEAST - len(data.brought))
    return Table(widths, tuple(rows), header=1)


def _signed(data: OwnSupply) -> Table:
    """The family's signature as it was drawn, and the lines for wet ink; the institution's beside it."""
    half = MEASURE / 2
    family: list[Mark] = [Words(f"老人或家属（代理人）：{data.name or '＿＿＿＿＿＿＿＿'}", _TEXT)]
    if data.strokes:
        family.append(drawn_name(data.strokes))
    family.append(Words(f"与老人关系：{data.relation or '＿＿＿＿＿＿＿＿'}", _TEXT))
    family.append(Words("签名：＿＿＿＿＿＿＿＿＿＿＿＿", _TEXT))
    family.append(Words(_date(data.agreed), _TEXT))
    ours = (
        Words("机构（盖章）：", _TEXT),
        Words(f"经办护士：{data.keeper or '＿＿＿＿＿＿＿＿'}", _TEXT),
        Words("签名：＿＿＿＿＿＿＿＿＿＿＿＿", _TEXT),
        Words(_date(data.agreed), _TEXT),
    )
    row = Row(
        (Cell(Stack(tuple(family), 6), valign="top", pad=0), Cell(Stack(ours, 6), valign="top", pad=0)), 90
    )
    return Table((half, half), (row,), together=True, ruled=False)


def _date(at: datetime | None) -> str:
    return f"日期：{at:%Y 年 %m 月 %d 日}" if at else "日期：　　　　年　　月　　日"


def _words(text: str, ink: Ink) -> Table:
    return Table((MEASURE,), (Row((Cell(Words(text, ink), pad=0),), 0),), ruled=False)
