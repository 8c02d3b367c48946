"""生命体征: the latest value of every sign with its minute, NEWS2 with its trend, and the last 72 hours in lanes."""

from __future__ import annotations

from dataclasses import dataclass

from app.printing.sheet import MEASURE, Cell, Heading, Ink, Part, Row, Sheet, Space, Table, Words
from app.printing.sheets.order_sheet import RED
from app.printing.sheets.referral_parts import FINE, TEXT, Paper, captions, framed, head, note
from app.printing.sheets.vitals_lanes import Lanes, lanes_figure

TITLE = "生命体征与 72 小时体征图"


@dataclass(frozen=True, slots=True)
class Latest:
    """One sign: name, value with unit, when (local time in words), how it was judged or measured. `red`: critical."""

    name: str
    value: str
    at: str
    judged: str
    red: bool = False


@dataclass(frozen=True, slots=True)
class Vitals:
    """Everything printed; `news2` in words, empty where it was never complete; `taken`: what was known until then."""

    paper: Paper
    latest: tuple[Latest, ...]
    news2: str
    news2_red: bool
    lanes: Lanes
    taken: str = ""


def sheet(data: Vitals) -> Sheet:
    """One page as a rule."""
    parts: list[Part] = [*head(data.paper, TITLE), _news2(data), Space(4), _latest(data), Space(5)]
    parts += [Heading(f"近 {data.lanes.hours} 小时（截至 {data.taken}）"), _figure(data)]
    parts += [note("实线为各项数值，血压实线为收缩压、虚线为舒张压；每点为一次实测。")]
    return framed(data.paper, TITLE, parts)


def _news2(data: Vitals) -> Table:
    ink = Ink("heavy", 12, 8, rgb=RED) if data.news2_red else Ink("heavy", 11, 8)
    words = Words(data.news2 or "NEWS2：体征不全，未能计分", ink, lines=1)
    return Table((MEASURE,), (Row((Cell(words),), 24),))


def _latest(data: Vitals) -> Table:
    """Two signs to a row."""
    quarter = (62.0, 74.0, 55.0, MEASURE / 2 - 191.0)
    rows = [captions(*("项目", "最近值", "时间", "判断") * 2)]
    for place in range(0, len(data.latest), 2):
        cells: list[Cell] = []
        for one in data.latest[place : place + 2]:
            value = Ink("heavy", 10, 7, rgb=RED) if one.red else Ink("kai", 10.5, 7)
            cells += [
                Cell(Words(one.name, Ink("song", 9.5, 6.5), lines=2), pad=3),
                Cell(Words(one.value, value, "center", lines=1), pad=2),
                Cell(Words(one.at, FINE, "center", lines=2), pad=1),
                Cell(Words(one.judged, FINE, lines=2), pad=2),
            ]
        cells += [Cell(Words(""))] * (8 - len(cells))
        rows.append(Row(tuple(cells), 22))
    if not data.latest:
        rows.append(Row((Cell(Words("没有体征记录。", TEXT, "center"), 8),), 24))
    return Table((*quarter, *quarter), tuple(rows), header=1)


def _figure(data: Vitals) -> Table:
    row = Row((Cell(lanes_figure(data.lanes), pad=0),), 0)
    return Table((MEASURE,), (row,), ruled=False, together=True)
