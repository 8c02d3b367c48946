"""The items of a report: what was chosen, in the words shown then, with its score; corrected answers lined out."""

from __future__ import annotations

from app.printing.sheet import MEASURE, Cell, Ink, Mark, Part, Row, Stack, Table, Words
from app.printing.sheets.ability_outcome import figure, head
from app.printing.sheets.cells import LABEL, SHADE
from app.printing.sheets.instrument_report import AnsweredItem, InstrumentReport, ItemGroup

_GROUP = 52.0
_NUMBER = 30.0
_SCORE = 40.0
_NAME = (92.0, 216.0)  # the least and the most room for an item's name
_ITEM = Ink("song", 10, 8)
_TEXT = Ink("song", 9.5, 8)
_POINTS = Ink("heavy", 10)
_NOTE = Ink("kai", 10, 8)
_OLD = Ink("song", 9, 7, gray=0.35)
_FOOT = Ink("song", 8, 7, gray=0.25)
_MANY = 20  # items from which rows stand closer


def items_parts(data: InstrumentReport) -> tuple[Part, ...]:
    """The table of items, its header on every page, and below it whence answers came that nobody chose."""
    grouped = len(data.groups) > 1
    longest = max((len(item.name) for each in data.groups for item in each.items), default=0)
    name = min(max(longest * _ITEM.size + 10, _NAME[0]), _NAME[1])
    fixed = (_NUMBER, name)
    left = MEASURE - sum(fixed) - _SCORE - (_GROUP if grouped else 0)
    widths = (*((_GROUP,) if grouped else ()), *fixed, left, _SCORE)
    measured = data.came.total is not None and bool(data.came.total.name)
    names = (
        *(("一级指标",) if grouped else ()),
        "序号",
        "评估项目",
        "评估结果",
        "数值" if measured else "得分",
    )
    rows = [Row(tuple(head(words) for words in names), 19)]
    count = sum(len(each.items) for each in data.groups)
    for each in data.groups:
        rows += _group_rows(each, grouped=grouped, height=17 if count > _MANY else 18)
    total = data.came.total
    if total is not None and total.points is not None and not total.name:
        words = Cell(Words("合　　计", Ink("heavy", 10.5), "center"), across=len(widths) - 1, shade=SHADE)
        rows.append(Row((words, figure(total.points)), 19, strong=True))
    table = Table(widths, tuple(rows), header=1)
    notes = tuple(
        Table((MEASURE,), (Row((Cell(Words(words, _FOOT), pad=0),), 0),), ruled=False)
        for words in data.footnotes
    )
    return (table, *notes)


def _group_rows(group: ItemGroup, *, grouped: bool, height: float) -> list[Row]:
    rows = []
    for at, item in enumerate(group.items):
        cells = _cells(item)
        first = (_group(group), *cells) if grouped and at == 0 else cells
        rows.append(Row(first, height, strong=grouped and at == 0))
    return rows


def _group(group: ItemGroup) -> Cell:
    points = "—" if group.score is None else f"{group.score:g}"
    long = 3 if len(group.name) > 6 else 2
    name = "\n".join(group.name[at : at + long] for at in range(0, len(group.name), long))
    limit = Words(
        group.said or f"{points}／{group.maximum} 分", Ink("song", 9, 7, gray=0.3), "center", lines=1
    )
    marks = Stack((Words(name, Ink("heavy", 10.5, 8), "center"), limit), 2)
    return Cell(marks, down=len(group.items), pad=2)


def _cells(item: AnsweredItem) -> tuple[Cell, ...]:
    return (
        Cell(Words(item.number, LABEL, "center", lines=1), pad=2),
        Cell(Words(item.name, _ITEM)),
        Cell(_answer(item)),
        figure(item.score, _POINTS),
    )


def _answer(item: AnsweredItem) -> Mark:
    """The chosen text with its footnote mark; below it what it asked for; above it what a correction took away."""
    marks: list[Mark] = [Words(item.old, _OLD, struck=True)] if item.old else []
    marks.append(Words(f"{item.text}{item.mark}" if item.text else "—", _TEXT))
    if item.note:
        marks.append(Words(item.note, _NOTE))
    return marks[0] if len(marks) == 1 else Stack(tuple(marks), 1)
