"""120 呼叫单与院前交接记录: what is read into the telephone, and what was handed over to the ambulance."""

from __future__ import annotations

from dataclasses import dataclass

from app.printing.sheet import MEASURE, Cell, Heading, Ink, Part, Row, Sheet, Space, Table, Tick, Ticks, Words
from app.printing.sheets.cells import label
from app.printing.sheets.referral_parts import (
    NAME,
    TEXT,
    Paper,
    Told,
    by_hand,
    framed,
    head,
    note,
    pairs,
    said,
)

TITLE = "120 呼叫单与交接记录"
_BIG = Ink("heavy", 13, 9)


@dataclass(frozen=True, slots=True)
class CallPaper:
    """`script`: what is read, in order, the address first; `times`, `who` and `handed` as far as they are known."""

    paper: Paper
    script: tuple[Told, ...]
    cpr: tuple[Told, ...]
    times: tuple[Told, ...]
    who: tuple[Told, ...]
    handed: tuple[Told, ...]
    goods: tuple[Tick, ...]


def sheet(data: CallPaper) -> Sheet:
    """The script in large words on top: it is read aloud."""
    parts: list[Part] = [*head(data.paper, TITLE), Heading("一、呼叫 120（照读）"), _script(data), Space(4)]
    tight = bool(data.cpr)  # it is still one page then, as long as its lines are short
    parts += [note("说完后不要先挂断；派人到约定地点接应，打开大门、留好电梯。", TEXT), Space(3)]
    if data.cpr:
        parts += [Heading("心肺复苏（120 接手前）"), pairs(*data.cpr, height=19), Space(3)]
    times = pairs(*data.times, *data.who, height=19 if tight else 21)
    parts += [Heading("二、交接记录（时间写到分）"), times, Space(3), _handed(data, 20 if tight else 30)]
    signed = by_hand(("交接护士", "时间", "随车医护", "时间"), height=25.0 if tight else 30.0)
    parts += [Space(3 if tight else 5), signed]
    return framed(data.paper, TITLE, parts)


def _script(data: CallPaper) -> Table:
    rows = [
        Row(
            (
                label(one.name),
                said(one) if one.red else Cell(Words(one.words, _BIG if at < 2 else TEXT)),
            ),
            20,
        )
        for at, one in enumerate(data.script)
    ]
    return Table((NAME, MEASURE - NAME), tuple(rows))


def _handed(data: CallPaper, height: float) -> Table:
    """It stands on one page, with the signatures below it."""
    goods = Row((label("交接物品"), Cell(Ticks(data.goods, Ink(size=9.5)))), 24)
    rows = [Row((label(one.name), said(one)), height) for one in data.handed]
    return Table((NAME, MEASURE - NAME), (*rows, goods), together=True)
