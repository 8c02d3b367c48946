"""The month as rows to be painted: each line with its order, and its runs of days that ask for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from app.medication.queries.month import MonthSheet
from app.medication.queries.month_cells import AFTER, BEFORE, MonthCell
from app.medication.queries.month_orders import MonthLine, MonthOrder
from app.medication.rules.slots import DoseState

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Run:
    """Days side by side before an order began or after it was over: first column and the one behind the last."""

    gap: str
    first: int
    end: int


@dataclass(frozen=True)
class GridRow:
    """One line. `place` of `count` lines of its order; the name stands over all of them."""

    order: MonthOrder
    line: MonthLine
    place: int
    count: int
    runs: tuple[Run, ...]


def rows_of(sheet: MonthSheet) -> tuple[GridRow, ...]:
    return tuple(
        GridRow(order, line, place, len(order.lines), tuple(_runs(line)))
        for order in sheet.orders
        for place, line in enumerate(order.lines)
    )


def _runs(line: MonthLine) -> Iterator[Run]:
    """A day on which nothing is asked for between two such days belongs to their run (every other day)."""
    at = 0
    for gap, group in groupby(line.cells, key=lambda cell: cell.gap):
        length = len(list(group))
        if gap in (BEFORE, AFTER):
            yield Run(gap, at, at + length)
        at += length


def cell_words(row: GridRow, cell: MonthCell) -> str:
    """What a cell says, whole: for the foot, the tooltip and a screen reader."""
    head = f"{cell.day:%m-%d} {row.line.name} {row.order.words}"
    if cell.state is None:
        ending = row.order.ending
        gone = ending.words if ending is not None and cell.gap == AFTER else ""
        return f"{head}：{gone or ('医嘱还没有开始' if cell.gap == BEFORE else '这一天没有')}"
    parts = [_state_words(cell)]
    if cell.signs:
        parts.append("、".join(cell.signs))
    parts += [
        words
        for words, there in (
            ("可能重复给药", cell.doubled),
            ("记录矛盾", cell.contradicts),
            ("迟给", cell.late),
            ("部分给药", cell.partial),
            ("有更正", cell.corrected),
        )
        if there
    ]
    return f"{head}：{' '.join(parts)}"


def _state_words(cell: MonthCell) -> str:
    if cell.doses > 1:
        return f"给药 {cell.doses} 次"
    if cell.code is not None and not cell.signs:
        return cell.code.words
    if cell.state is DoseState.AWAY and not cell.doses:
        return {"假": "请假外出", "院": "住院"}.get(cell.word, "外出")
    return cell.state.words if cell.state is not None else ""
