"""SBAR 交接单: I-S-B-A-R of a referral with the latest values, read back and signed by both sides to the minute."""

from __future__ import annotations

from dataclasses import dataclass

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
from app.printing.sheets.cells import SHADE
from app.printing.sheets.referral_parts import (
    FINE,
    TEXT,
    Paper,
    Told,
    by_hand,
    framed,
    head,
    note,
    pairs,
    told,
)

TITLE = "SBAR 交接单"
_LETTER = 58.0


@dataclass(frozen=True, slots=True)
class Said:
    """One letter of it: I, its word, the text and what the text was taken from."""

    letter: str
    word: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sbar:
    """Everything printed. `alarms`: allergies and what must not be overlooked, in red; `times`: what happened when;
    `giver`: empty until somebody handed over."""

    paper: Paper
    about: tuple[Told, ...]
    alarms: tuple[Told, ...]
    said: tuple[Said, ...]
    times: tuple[tuple[str, str], ...]
    giver: str


def sheet(data: Sbar) -> Sheet:
    """One page as a rule."""
    parts: list[Part] = [*head(data.paper, TITLE), pairs(*data.about), Space(4)]
    if data.alarms:
        parts += [told(data.alarms), Space(4)]
    parts += [_letters(data), Space(6)]
    if data.times:
        parts += [Heading("时间记录"), _times(data), Space(6)]
    parts += [Heading("复述与签名（时间写到分）"), _read_back(), _signatures(data)]
    parts += [note("接收方复述后签名；口头交接不能代替本单。")]
    return framed(data.paper, TITLE, parts)


def _letters(data: Sbar) -> Table:
    rows = []
    for one in data.said:
        badge = Stack(
            (
                Words(one.letter, Ink("heavy", 19), "center"),
                Words(one.word, Ink("song", 9.5), "center", lines=1),
            )
        )
        marks: tuple[Mark, ...] = (Words(one.text, TEXT),)
        if one.source:
            marks = (*marks, Words(f"来源：{one.source}", FINE, lines=2))
        rows.append(Row((Cell(badge, shade=SHADE, pad=2), Cell(Stack(marks, 2.0))), 46))
    return Table((_LETTER, MEASURE - _LETTER), tuple(rows))


def _times(data: Sbar) -> Table:
    """Four to a row, the name above the time."""
    rows = []
    wide = MEASURE / 4
    for place in range(0, len(data.times), 4):
        four = data.times[place : place + 4]
        cells = [
            Cell(
                Stack(
                    (
                        Words(name, FINE, "center", lines=1),
                        Words(when.replace("　", "\n", 1), Ink("kai", 10.5, 7), "center", lines=2),
                    )
                ),
                pad=2,
            )
            for name, when in four
        ]
        cells += [Cell(Words(""))] * (4 - len(four))
        rows.append(Row(tuple(cells), 30))
    return Table((wide,) * 4, tuple(rows))


def _read_back() -> Table:
    ticks = Ticks(
        tuple(Tick(words, chosen=False) for words in ("身份", "过敏", "末次用药", "管路", "请求")),
        Ink(size=9.5),
        "接收方已复述：",
        72,
    )
    return Table((MEASURE,), (Row((Cell(ticks),), 22),), together=True)


def _signatures(data: Sbar) -> Table:
    return by_hand(
        (("交出人", data.giver), "交出时间", "接收人", "接收时间"),
        ("单位科室", "电话", "单位科室", "电话"),
        height=32.0,
    )
