"""评估报告: the report of any instrument, chapter by chapter; what an instrument does not have is left out.

Chapters: basic information, result, items, further information, care proposed with the conclusion, what a correction
changed, signatures. They are numbered as they come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.printing.drawn import Drawn
from app.printing.pdf import draw as draw_sheet
from app.printing.sheet import (
    MEASURE,
    Cell,
    Code,
    Heading,
    Ink,
    Part,
    Row,
    Sheet,
    Space,
    Spread,
    Stack,
    Table,
    Words,
)
from app.printing.sheets.assessment_items import items_parts
from app.printing.sheets.assessment_result import result_parts
from app.printing.sheets.cells import LABEL, SHADE, SMALL, VALUE, label, value
from app.printing.sheets.instrument_report import InstrumentReport, Told
from app.printing.sheets.signing import signing_parts

TITLE = "评估报告"
_SIDE = 90.0  # room of the code, and as much on the other side
_REFERENCE = (170.0, MEASURE - 310.0, 140.0)
_PERSON = (57.0, 75.0, 45.0, 68.0, 61.0, 75.0, 50.0, 74.28)
_LABEL = 82.0
_SHORT = 13  # characters of an answer that may stand beside another one
_NUMERALS = "一二三四五六七八九"
_OLD = Ink("song", 9.5, 8, gray=0.35)


def draw(data: InstrumentReport) -> Drawn:
    """Draws the report: one or two pages as a rule."""
    return draw_sheet(sheet(data))


def sheet(data: InstrumentReport) -> Sheet:
    """The report as data."""
    parts: list[Part] = [_head(data), *_reference(data)]
    for number, (name, chapter) in zip(_NUMERALS, _chapters(data), strict=False):
        parts += [Heading(f"{number}、{name}"), *chapter, Space(4)]
    return Sheet(
        title=f"{data.title} {data.person.name} {data.day:%Y-%m-%d}",
        number=data.number,
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
        draft=data.draft,
    )


def _chapters(data: InstrumentReport) -> Iterator[tuple[str, Sequence[Part]]]:
    yield "基本信息", (_person(data),)
    yield "评估结果", result_parts(data)
    if data.groups:
        yield "评估项目", items_parts(data)
    if data.told:
        yield "相关情况", (told_table(data.told),)
    yield "结论与建议", (_texts((*data.care, Told("评估结论", data.conclusion))),)
    if data.corrections:
        yield "更正对照", (_corrections(data),)
    yield "签名确认", signing_parts(data.signing)


def _head(data: InstrumentReport) -> Table:
    """Institution, title and standard in the middle, the code on the right."""
    long = any(char.isascii() for char in data.title)
    ink = Ink("heavy", 20, 11, pitch=1.4)
    title = (
        Words(data.title, ink, "center", lines=1)
        if long
        else Spread(data.title, ink, min(36.0 * len(data.title), 280.0))
    )
    middle = Stack(
        (
            Words(data.institution, Ink("song", 12.5, 9), "center", lines=1),
            title,
            Words(f"（依据 {data.standard}）", Ink("song", 9.5, 7.5, gray=0.35), "center", lines=1),
        )
    )
    code = Words("") if data.draft or not data.code else Code(data.code)
    cells = (Cell(Words("")), Cell(middle, pad=0), Cell(code, valign="top", pad=0))
    return Table((_SIDE, MEASURE - 2 * _SIDE, _SIDE), (Row(cells, 66),), ruled=False)


def _reference(data: InstrumentReport) -> list[Part]:
    """Number, place and date; instrument, version, source; what must be said of it; a correction and why."""
    ink = Ink("song", 10.5, 7)
    number = Words(f"评估编号：{data.number or '—'}", ink, lines=1)
    place = Words(f"评估地点：{data.place or '—'}", ink, "center", lines=1)
    day = Words(f"评估日期：{data.day:%Y-%m-%d}", ink, "right", lines=1)
    cells = tuple(Cell(each, pad=0) for each in (number, place, day))
    parts: list[Part] = [
        Table(_REFERENCE, (Row(cells, 18),), ruled=False),
        _plain(Words(f"量表：{data.instrument}　来源：{data.source}", Ink("song", 8.5, 8, gray=0.2))),
    ]
    if data.notice:
        parts.append(_plain(Words(f"提示：{data.notice}", Ink("heavy", 9.5, 8))))
    if data.revision > 1:
        words = f"第 {data.revision} 版（更正）　更正原因：{data.correction}"
        parts.append(_plain(Words(words, Ink("heavy", 9.5))))
    return parts


def _person(data: InstrumentReport) -> Table:
    who = data.person
    born = f"{who.born:%Y-%m-%d}" if who.born else ""
    rows = (
        (label("姓名"), value(who.name, 3), label("性别"), value(who.sex), label("年龄"), value(who.age)),
        (
            label("身份证号"),
            value(who.id_number, 3),
            label("出生日期"),
            value(born),
            label("住养号"),
            value(who.number),
        ),
        (label("床位"), value(who.bed, 3), label("评估原因"), value(data.occasion, 3)),
    )
    return Table(_PERSON, tuple(Row(cells, 19.5) for cells in rows))


def told_table(told: Sequence[Told]) -> Table:
    """Fields with their words: two short ones in a row, a long one across."""
    half = MEASURE / 2 - _LABEL
    rows: list[Row] = []
    waiting: list[Told] = []
    for one in (*told, None):
        short = one is not None and len(one.words) <= _SHORT
        if waiting and (not short or len(waiting) == 2):
            rows.append(_told_row(waiting))
            waiting = []
        if one is not None:
            waiting.append(one)
            if not short:
                rows.append(_told_row(waiting))
                waiting = []
    return Table((_LABEL, half, _LABEL, half), tuple(rows))


def _told_row(some: Sequence[Told]) -> Row:
    across = 1 if len(some) == 2 else 3
    return Row(
        tuple(cell for one in some for cell in (_caption(one.label), Cell(Words(one.words, VALUE), across))),
        19.5,
    )


def _texts(said: Sequence[Told]) -> Table:
    """Long texts beside their labels; a page break may cut them."""
    rows = tuple(
        Row((_caption(one.label), Cell(Words(one.words or "—", VALUE, "justify"), pad=5)), 20) for one in said
    )
    return Table((_LABEL, MEASURE - _LABEL), rows)


def _corrections(data: InstrumentReport) -> Table:
    room = (MEASURE - _LABEL) / 2
    head = Row(tuple(_caption(words) for words in ("项目", "原记录", "现记录")), 19)
    rows = tuple(
        Row(
            (
                _caption(one.label),
                Cell(Words(one.before or "—", _OLD, struck=bool(one.before))),
                Cell(Words(one.after or "—", SMALL)),
            ),
            19,
        )
        for one in data.corrections
    )
    return Table((_LABEL, room, room), (head, *rows), header=1)


def _caption(text: str) -> Cell:
    ink = LABEL if len(text) <= 6 else Ink("song", 9.5, 7)
    return Cell(Words(text, ink, "center", lines=1 if len(text) <= 6 else 2), shade=SHADE, pad=3)


def _plain(words: Words) -> Table:
    """Words alone across the page."""
    return Table((MEASURE,), (Row((Cell(words, pad=0),), 0),), ruled=False)
