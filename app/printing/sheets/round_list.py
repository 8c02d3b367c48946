"""给药单: the medicines of one round of a floor, a box to tick for each; what must be known by the name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

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
from app.printing.sheets.heading import title_table

TITLE = "给药单"
_WHO, _TIME, _DOSE, _WAY, _BOX = 92.0, 34.0, 66.0, 62.0, 30.0
_REST = 66.0
_NAME = Ink("heavy", 10, 8)
_TEXT = Ink("song", 9.5, 7)
_SMALL = Ink("song", 8, 6.5, gray=0.15)
_LOUD = Ink("heavy", 8, 6.5)


@dataclass(frozen=True, slots=True)
class Given:
    """One medicine at a time. `marks`: what matters in giving it (高警示, 不可掰碎, 自备); `state`: done or away."""

    name: str
    words: str
    strength: str
    dose: str
    way: str
    note: str
    marks: str
    state: str
    taken: bool


@dataclass(frozen=True, slots=True)
class Lodger:
    """One resident. `similar`: somebody here has a name easily taken for theirs; `where`: away, in words."""

    bed: str
    name: str
    allergies: str
    similar: bool
    where: str
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class RoundPart:
    """One round of the day with everybody who gets something in it."""

    words: str
    people: tuple[Lodger, ...]


@dataclass(frozen=True, slots=True)
class RoundList:
    """Everything printed."""

    institution: str
    floor: str
    day: date
    rounds: tuple[RoundPart, ...]
    printed_at: datetime
    printed_by: str


def sheet(data: RoundList) -> Sheet:
    """Residents by bed under each round; floor and day stand on every page."""
    parts: list[Part] = [title_table(data.institution, TITLE), Space(2)]
    for one in data.rounds:
        count = sum(len(person.given) for person in one.people)
        parts += [Heading(f"{one.words} 班　{len(one.people)} 人　{count} 次"), _table(data, one), Space(6)]
    if not data.rounds:
        text = Words(f"{data.floor}　{data.day:%Y-%m-%d}　没有要给的药。", _TEXT)
        parts.append(Table((MEASURE,), (Row((Cell(text, pad=0),), 24),), ruled=False))
    parts.append(_foot())
    return Sheet(
        title=f"{TITLE} {data.floor} {data.day:%Y-%m-%d}",
        number="",
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
    )


def _table(data: RoundList, part: RoundPart) -> Table:
    medicine = MEASURE - _WHO - _TIME - _DOSE - _WAY - _BOX - _REST
    widths = (_WHO, _TIME, medicine, _DOSE, _WAY, _BOX, _REST)
    where = Words(f"{data.floor}　{data.day:%Y-%m-%d}　{part.words} 班", Ink("song", 9.5, 7), lines=1)
    captions = ("床号　姓名", "时间", "药品　规格", "用量", "用法", "已给", "未给代码／备注")
    rows = [
        Row((Cell(where, across=len(widths), pad=3),), 18),
        Row(tuple(_caption(words) for words in captions), 18),
    ]
    for person in part.people:
        rows += _rows(person)
    return Table(widths, tuple(rows), header=2)


def _rows(person: Lodger) -> Iterator[Row]:
    for place, one in enumerate(person.given):
        cells = [Cell(_who(person), down=len(person.given), valign="top", pad=3)] if not place else []
        medicine: list[Mark] = [Words(f"{one.words}　{one.strength}".strip("　"), _TEXT)]
        if one.marks:
            medicine.append(Words(one.marks, _LOUD))
        if one.note:
            medicine.append(Words(one.note, _SMALL))
        cells += [
            Cell(Words(one.name, _TEXT, "center", lines=1), pad=1),
            Cell(Stack(tuple(medicine)), pad=3),
            Cell(Words(one.dose, _NAME, "center"), pad=2),
            Cell(Words(one.way, _TEXT, "center"), pad=2),
            Cell(Ticks((Tick("", chosen=one.taken),), Ink("song", 11)), pad=9.5),
            Cell(Words(one.state, _SMALL, "center"), pad=2),
        ]
        yield Row(tuple(cells), 22, strong=not place)


def _who(person: Lodger) -> Stack:
    marks: list[Mark] = [Words(person.bed or "未安排床位", _SMALL), Words(person.name, _NAME)]
    if person.similar:
        marks.append(Words("姓名相似，请核对", _LOUD))
    marks.append(Words(f"过敏：{person.allergies}", _LOUD if person.allergies != "无" else _SMALL))
    if person.where:
        marks.append(Words(person.where, _LOUD))
    return Stack(tuple(marks))


def _foot() -> Table:
    third = MEASURE / 3
    captions = ("摆药：", "核对：", "给药：")
    cells = tuple(
        Cell(Words(f"{words}＿＿＿＿＿＿＿＿＿＿", Ink("song", 10, 8)), pad=0) for words in captions
    )
    return Table((third,) * 3, (Row(cells, 24),), together=True, ruled=False)


def _caption(text: str) -> Cell:
    return Cell(Words(text, Ink("song", 9, 7), "center", lines=1), shade=SHADE, pad=1.5)
