"""The foot of the 用药执行单: how it is filled in, what the codes mean, who signs how, and lines for wet ink."""

from __future__ import annotations

from app.printing.sheet import (
    BROAD,
    Cell,
    Dot,
    Figure,
    Ink,
    Label,
    Mark,
    Row,
    Stack,
    Stroke,
    Table,
    Words,
)

EXPLAINED = (
    "1. 给药后由执行者在当日格内签姓；双人核对的签两人，执行者在上、核对者在下。未给药填代码并加圈，原因记入护理记录。",
    "2. 横线表示医嘱未开始或已停止，“—”表示该日无此医嘱；“假”请假，“院”住院，“停”医嘱暂停，“整”待重整；灰底为周末。",
    "3. “部”部分给药，“迟”过时给药，“＊”有更正，“重”可能重复给药，“？”过时未记录。每班交接时核对空格，不得提前或补签。",
)
_TITLE = Ink("heavy", 9.5)
_TEXT = Ink("song", 8, 7)
_EXPLAIN, _CODES, _SIGNS = 236.0, 216.0, 172.0
_STEP = 15.0
_BLACK = (0.0, 0.0, 0.0)


def key_table(people: tuple[tuple[str, str], ...], codes: tuple[tuple[str, str], ...], rate: str) -> Table:
    """Four blocks side by side that stay together."""
    ink = BROAD - _EXPLAIN - _CODES - _SIGNS
    explained: Mark = Stack((Words("填写说明", _TITLE), *(Words(text, _TEXT) for text in EXPLAINED)), 1)
    signs = Stack((Words("签名对照", _TITLE), _people(people, _SIGNS - 12)), 2)
    coded = Stack((Words("未给药代码", _TITLE), _codes(codes, _CODES - 12)), 2)
    cells = (explained, coded, signs, Stack((Words(rate, _TEXT), _wet(ink - 12)), 2))
    row = Row(tuple(Cell(mark, valign="top", pad=6) for mark in cells), 0)
    return Table((_EXPLAIN, _CODES, _SIGNS, ink), (row,), together=True, ruled=False)


def _codes(codes: tuple[tuple[str, str], ...], width: float) -> Figure:
    """Letters in rings with their words, three in a line."""
    shapes: list[Stroke | Dot | Label] = []
    wide = width / 3
    for place, (letter, words) in enumerate(codes):
        left, top = place % 3 * wide, place // 3 * _STEP
        shapes.append(Dot(left + 7, top + 7, 5.8, _BLACK, filled=False))
        shapes.append(Label(Words(letter, Ink("hei", 7.5, 6), "center", lines=1), left, top + 1.9, 14))
        shapes.append(Label(Words(words, _TEXT, lines=1), left + 16, top + 1.5, wide - 17))
    return Figure(-(-len(codes) // 3) * _STEP, tuple(shapes))


def _people(people: tuple[tuple[str, str], ...], width: float) -> Figure:
    """Sign and name with a line for a specimen, two beside one another."""
    shapes: list[Stroke | Dot | Label] = []
    wide = width / 2
    for place, (sign, name) in enumerate(people):
        left, top = place % 2 * wide, place // 2 * _STEP
        words = Words(f"{sign}＝{name}", _TEXT, lines=1)
        shapes.append(Label(words, left, top + 1.5, wide * 0.62))
        shapes.append(Stroke(((left + wide * 0.63, top + 12), (left + wide - 6, top + 12)), 0.5))
    if not people:
        shapes.append(Label(Words("—", _TEXT), 0, 1.5, width))
    return Figure(max(1, -(-len(people) // 2)) * _STEP, tuple(shapes))


def _wet(width: float) -> Figure:
    shapes: list[Stroke | Dot | Label] = []
    for place, words in enumerate(("医生核对", "护士长", "日期")):
        top = place * 21.0
        shapes.append(Label(Words(f"{words}：", Ink("song", 9, 7), lines=1), 0, top + 3, 48))
        shapes.append(Stroke(((46, top + 16), (width, top + 16)), 0.6))
    return Figure(64, tuple(shapes))
