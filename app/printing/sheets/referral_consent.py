"""转诊知情同意书: what was told, what may happen on the way, and who agreed or refused, with their signature.

The words of notices and risks come in through the data (resources/printing/referral_papers.toml).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.strokes import Strokes
from app.printing.sheet import (
    MEASURE,
    Cell,
    Heading,
    Ink,
    Mark,
    Part,
    Row,
    Sheet,
    Space,
    Stack,
    Table,
    Tick,
    Ticks,
    Words,
)
from app.printing.sheets.cells import label
from app.printing.sheets.referral_parts import (
    FINE,
    TEXT,
    Paper,
    Told,
    caption,
    framed,
    head,
    note,
    pairs,
    told,
)
from app.printing.sheets.signing import drawn_name

TITLE = "转诊知情同意书"
CHOICES = ("同意转诊", "不同意转诊")
_LINE = (92.0, 140.0, 40.0, 120.0, 40.0, MEASURE - 432.0)


@dataclass(frozen=True, slots=True)
class ConsentPaper:
    """Everything printed. `chosen`: one of CHOICES, empty: nobody said yet; `owed`: 待补签 with its deadline; `teller`:
    the doctor, `noted_by`: who wrote the consent down."""

    paper: Paper
    about: tuple[Told, ...]
    notices: tuple[str, ...]
    risks: tuple[str, ...]
    chosen: str = ""
    words: str = ""
    name: str = ""
    relation: str = ""
    phone: str = ""
    day: str = ""
    strokes: Strokes = ()
    on_paper: bool = False
    teller: str = ""
    noted_by: str = ""
    told_at: str = ""
    owed: str = ""
    family: tuple[str, ...] = ()


def sheet(data: ConsentPaper) -> Sheet:
    """One page."""
    parts: list[Part] = [*head(data.paper, TITLE), pairs(*data.about), Space(5)]
    parts += [
        Heading("告知事项"),
        _points(data.notices),
        Space(4),
        Heading("风险提示"),
        _points(data.risks),
        Space(4),
    ]
    parts += [Heading("选择与签名"), _signatures(data)]
    if data.owed:
        parts += [Space(4), note(data.owed, Ink("heavy", 10.5, 8))]
    if data.family:
        parts += [Space(5), Heading("家属告知记录"), told((Told("告知", "\n".join(data.family)),))]
    return framed(data.paper, TITLE, parts)


def _points(lines: tuple[str, ...]) -> Table:
    text = "\n".join(f"{place}. {line}" for place, line in enumerate(lines, 1))
    return Table((MEASURE,), (Row((Cell(Words(text, Ink("song", 10, 8))),), 24),))


def _choice(data: ConsentPaper) -> tuple[Row, ...]:
    ticks = Ticks(tuple(Tick(words, words == data.chosen) for words in CHOICES), Ink(size=11), "经告知，", 52)
    rows = [Row((label("选择"), Cell(ticks, 5)), 28)]
    if data.words:
        rows.append(Row((label("说明"), Cell(Words(data.words, TEXT), 5)), 22))
    return tuple(rows)


def _signatures(data: ConsentPaper) -> Table:
    """What was chosen, and who signs that: on one page."""
    drawn: Mark = drawn_name(data.strokes) if data.strokes else Words("")
    if data.on_paper and not data.strokes:
        drawn = Words("已在纸质件签名", FINE, "center", lines=1)
    who = [Words("　".join(filter(None, (data.name, data.relation))), TEXT)]
    who += [Words(f"电话 {data.phone}", FINE)] if data.phone else []
    tellers = [Words(data.teller, TEXT)]
    tellers += [Words(f"告知时间 {data.told_at}", FINE)] if data.told_at else []
    tellers += [Words(f"记录 {data.noted_by}", FINE)] if data.noted_by else []
    rows = (
        *_choice(data),
        _line("患者或家属", Stack(tuple(who)), drawn, data.day),
        _line("告知医生", Stack(tuple(tellers)), Words(""), ""),
        Row((caption("机构（盖章）"), Cell(Words("\n\n", TEXT), 5)), 54),
    )
    return Table(_LINE, rows, together=True)


def _line(part: str, who: Stack, signature: Mark, day: str) -> Row:
    cells = (caption(part), Cell(who), caption("签名"), Cell(signature, pad=3), caption("日期"))
    return Row((*cells, Cell(Words(day, Ink("kai", 10, 7), "center", lines=2), pad=2)), 40)
