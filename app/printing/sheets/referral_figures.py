"""转诊统计表: the figures of referrals by section, each with of how many, and below what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.sheet import MEASURE, Bar, Cell, Heading, Ink, Part, Row, Sheet, Space, Table, Words
from app.printing.sheets.cells import LABEL, SHADE
from app.printing.sheets.heading import title_table

TITLE = "转诊统计表"
_NUMERALS = "一二三四五六七八九"
_PLAIN = Ink("song", 9.5, 7)
_STRONG = Ink("heavy", 9.5, 7)
_NOTE = Ink("song", 8, 6.5, gray=0.25)
_WIDTHS = (84.0, 128.0, 84.0, 70.0, MEASURE - 366.0)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure; `part` 0–1 draws a bar."""

    words: str
    value: str
    of: str
    part: float | None


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures that count alike."""

    words: str
    definition: str
    lines: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class FigureSection:
    words: str
    groups: tuple[FigureGroup, ...]


@dataclass(frozen=True, slots=True)
class FigurePaper:
    """Everything printed. `until`: the day it was counted up to."""

    institution: str
    span: str
    floor: str
    until: date
    sections: tuple[FigureSection, ...]
    printed_at: datetime
    printed_by: str


def sheet(data: FigurePaper) -> Sheet:
    facts = f"统计时间：{data.span}　范围：{data.floor}　截至 {data.until:%Y-%m-%d}"
    parts: list[Part] = [
        title_table(data.institution, TITLE),
        _line(Words(facts, Ink("song", 10.5, 8), lines=1)),
    ]
    for place, section in enumerate(data.sections):
        parts += [Heading(f"{_NUMERALS[place]}、{section.words}"), _table(section), Space(4)]
    parts += [Heading(f"{_NUMERALS[len(data.sections)]}、口径"), _definitions(data.sections)]
    return Sheet(
        title=f"{TITLE} {data.span} {data.floor}",
        number="",
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
    )


def _table(section: FigureSection) -> Table:
    head = Row(tuple(_caption(words) for words in ("分类", "指标", "数值", "占比", "分母与说明")), 19)
    rows = [head]
    for group in section.groups:
        for place, line in enumerate(group.lines):
            first = () if place else (_group_cell(group),)
            rows.append(
                Row(
                    (
                        *first,
                        Cell(Words(line.words, _PLAIN, lines=2), pad=3),
                        Cell(Words(line.value, _STRONG, "center", lines=1), pad=2),
                        Cell(Words("", _PLAIN) if line.part is None else Bar(line.part, " "), pad=4),
                        Cell(Words(line.of, _NOTE, lines=2), pad=3),
                    ),
                    20,
                    strong=not place,
                )
            )
        if not group.lines:
            empty = Cell(Words("没有", _NOTE), across=4, pad=3)
            rows.append(Row((_group_cell(group), empty), 20, strong=True))
    return Table(_WIDTHS, tuple(rows), header=1)


def _group_cell(group: FigureGroup) -> Cell:
    return Cell(
        Words(group.words, LABEL, "center", lines=2), down=max(len(group.lines), 1), shade=SHADE, pad=2
    )


def _definitions(sections: tuple[FigureSection, ...]) -> Table:
    rows = tuple(
        Row((Cell(Words(group.words, _NOTE), pad=2), Cell(Words(group.definition, _NOTE), pad=2)), 15)
        for section in sections
        for group in section.groups
    )
    return Table((96.0, MEASURE - 96.0), rows)


def _caption(text: str) -> Cell:
    return Cell(Words(text, LABEL, "center", lines=1), shade=SHADE, pad=2)


def _line(words: Words) -> Table:
    return Table((MEASURE,), (Row((Cell(words, pad=0),), 18),), ruled=False)
