"""Papers of a referral that are facts beside labels: 过敏与既往史, 能力与日常状态, 随身物品."""

from __future__ import annotations

from dataclasses import dataclass

from app.printing.sheet import MEASURE, Cell, Heading, Ink, Part, Row, Sheet, Space, Table, Words
from app.printing.sheets.referral_parts import (
    RED_TEXT,
    TEXT,
    Paper,
    Told,
    by_hand,
    caption,
    captions,
    framed,
    head,
    note,
    said,
    told,
)

HISTORY, ABILITY, BELONGINGS = "过敏史与既往史", "能力与日常状态摘要", "随身物品清单"
_SPARE = 4


@dataclass(frozen=True, slots=True)
class History:
    """`allergies`: substance, reaction, how severe; `asked`: what is known where there are none."""

    paper: Paper
    asked: Told
    allergies: tuple[tuple[str, str, str], ...]
    diagnoses: tuple[tuple[str, str, str], ...]  # name, code, since
    past: str
    facts: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Ability:
    """How the person usually is, and what was decided for the worst case."""

    paper: Paper
    usual: tuple[Told, ...]
    special: tuple[Told, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Belongings:
    """What goes along, a line each; empty: the list is for the pen."""

    paper: Paper
    things: tuple[str, ...]
    escort: str


def history(data: History) -> Sheet:
    """Allergies first, in red."""
    parts: list[Part] = [*head(data.paper, HISTORY), Heading("过敏史"), _allergies(data), Space(5)]
    parts += [Heading("诊断"), _diagnoses(data), Space(5), Heading("既往史与近期情况")]
    parts += [told((Told("主要既往史", data.past), *data.facts))]
    return framed(data.paper, HISTORY, parts)


def ability(data: Ability) -> Sheet:
    """Usual state above, what has to be minded below."""
    parts: list[Part] = [
        *head(data.paper, ABILITY),
        Heading("平时状态（病前基线）"),
        told(data.usual),
        Space(5),
    ]
    parts += [Heading("照护与安全"), told(data.special)]
    if data.source:
        parts.append(note(f"来源：{data.source}"))
    return framed(data.paper, ABILITY, parts)


def belongings(data: Belongings) -> Sheet:
    """A line a thing with ticks for giving and taking over."""
    rows = [captions("序", "物品", "数量、特征", "交出", "接收")]
    for place, thing in enumerate((*data.things, *("",) * _SPARE), 1):
        name = Cell(Words(thing, TEXT))
        rows.append(Row((Cell(Words(str(place), TEXT, "center"), pad=1), name, *_empty(3)), 24))
    widths = (28.0, MEASURE - 28.0 - 150.0 - 88.0, 150.0, 44.0, 44.0)
    parts: list[Part] = [*head(data.paper, BELONGINGS), told((Told("陪同与交通", data.escort),)), Space(5)]
    parts += [Table(widths, tuple(rows), header=1), Space(6)]
    parts += [
        by_hand(("交出人", "时间", "接收人", "时间"), ("家属", "时间", "返还核对", "时间"), height=32.0)
    ]
    parts += [note("贵重物品（现金、证件、首饰、手机）当面清点；返院时按本单逐项核对。")]
    return framed(data.paper, BELONGINGS, parts)


def _allergies(data: History) -> Table:
    if not data.allergies:
        return Table((MEASURE,), (Row((said(data.asked),), 26),))
    rows = [captions("过敏原", "反应", "程度")]
    rows += [
        Row((Cell(Words(what, Ink("heavy", 12, 8, rgb=RED_TEXT.rgb))), _red(how), _red(severe)), 26)
        for what, how, severe in data.allergies
    ]
    return Table((MEASURE * 0.45, MEASURE * 0.37, MEASURE * 0.18), tuple(rows), header=1)


def _red(words: str) -> Cell:
    return Cell(Words(words or "—", RED_TEXT))


def _diagnoses(data: History) -> Table:
    rows = [Row((caption("诊断"), caption("编码"), caption("起病")), 20)]
    rows += [
        Row(tuple(Cell(Words(one or "—", TEXT)) for one in (words, code, since)), 22)
        for words, code, since in data.diagnoses
    ]
    if not data.diagnoses:
        rows.append(Row((Cell(Words("没有登记诊断。", TEXT, "center"), 3),), 22))
    return Table((MEASURE * 0.6, MEASURE * 0.18, MEASURE * 0.22), tuple(rows), header=1)


def _empty(many: int) -> tuple[Cell, ...]:
    return (Cell(Words("")),) * many
