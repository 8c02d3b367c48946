"""What an assessment came to, on paper: sub-scores, scales with verdicts, the total on its scale, levels, why."""

from __future__ import annotations

from collections.abc import Iterator

from app.printing.sheet import (
    MEASURE,
    Bar,
    Cell,
    Ink,
    Mark,
    Part,
    Row,
    Scale,
    Stack,
    Table,
    Ticks,
    Words,
)
from app.printing.sheets.ability_outcome import figure, head
from app.printing.sheets.cells import LABEL, SHADE, SMALL, label
from app.printing.sheets.instrument_report import Came, InstrumentReport, ItemGroup, ScaleLine, Total

_LABEL = 57.0
_DAY = 96.0
_WIDTHS = (_LABEL, MEASURE - 2 * _LABEL - _DAY, _LABEL, _DAY)
_BOLD = Ink("heavy", 10.5, 8)
_PLAIN = Ink("song", 10, 8)


def result_parts(data: InstrumentReport) -> tuple[Part, ...]:
    """The tables of the result, close together."""
    if data.undone:
        return (_levels([_wide("未评", Words(data.undone, Ink("heavy", 12)))]),)
    parts: list[Part] = []
    if len(data.groups) > 1:
        parts.append(_groups(data.groups))
    if data.scales:
        parts.append(_scales(data))
    return (*parts, _levels(list(_rows(data.came))))


def _groups(groups: tuple[ItemGroup, ...]) -> Table:
    """One dimension a row, each with maximum, score, share and, where the instrument grades it, its grade."""
    if any(each.said for each in groups):
        return _measured_groups(groups)
    graded = any(each.band for each in groups)
    widths = (150.0, 40.0, 40.0, MEASURE - 340.0, 110.0) if graded else (150.0, 40.0, 40.0, MEASURE - 230.0)
    names = ("一级指标", "满分", "得分", "得分率", "分级")
    rows = [Row(tuple(head(name) for name in names[: len(widths)]), 19)]
    for each in groups:
        share = None if each.score is None or not each.maximum else each.score / each.maximum
        name = Cell(Words(each.name, LABEL, "center", lines=1), pad=3)
        cells = (name, figure(each.maximum, LABEL), figure(each.score), Cell(Bar(share), pad=6))
        band = (Cell(Words(each.band or "—", _BOLD, "center", lines=1)),) if graded else ()
        rows.append(Row((*cells, *band), 20))
    return Table(widths, tuple(rows), together=True)


def _measured_groups(groups: tuple[ItemGroup, ...]) -> Table:
    """One part a row with what it came to."""
    rows = [Row(tuple(head(name) for name in ("部分", "结果")), 19)]
    rows += [
        Row((Cell(Words(each.name, LABEL, "center", lines=1), pad=3), Cell(Words(each.said, _BOLD), 1)), 19)
        for each in groups
    ]
    return Table((150.0, MEASURE - 150.0), tuple(rows), together=True)


def _scales(data: InstrumentReport) -> Table:
    """One scale a row: sum, a bar crossed where another verdict begins, verdict, and what was advised."""
    advice = MEASURE - 380.0 if data.advice else 0.0
    widths = (74.0, 36.0, MEASURE - 176.0 - advice, 66.0, *((advice,) if advice else ()))
    name = data.groups[0].name if len(data.groups) == 1 else "分项"
    names = (name, "得分", "得分与界限", "判定", *((data.advice,) if advice else ()))
    rows = [Row(tuple(head(words) for words in names), 19)]
    rows += [_scale_row(each, advised=bool(advice)) for each in data.scales]
    return Table(widths, tuple(rows), together=True)


def _scale_row(each: ScaleLine, *, advised: bool) -> Row:
    marks = tuple(limit / each.maximum for limit in each.limits)
    bar = Bar(each.score / each.maximum, f"／{each.maximum}", marks)
    ink = _BOLD if each.holds else _PLAIN
    cells = (
        Cell(Words(each.name, ink, "center", lines=1), pad=2),
        figure(each.score),
        Cell(bar, pad=6),
        Cell(Words(each.verdict, ink, "center", lines=1), pad=2),
    )
    advice = (Cell(Words(each.advice or "—", SMALL, lines=2)),) if advised else ()
    return Row((*cells, *advice), 20)


def _levels(rows: list[tuple[Cell, ...]]) -> Table:
    return Table(_WIDTHS, tuple(Row(cells, 19.5) for cells in rows))


def _wide(name: str, mark: Mark) -> tuple[Cell, ...]:
    return label(name), Cell(mark, 3)


def _rows(came: Came) -> Iterator[tuple[Cell, ...]]:
    """What follows from the scores, each in its row; what there is nothing to say of is left out."""
    if came.total is not None:
        yield _total_label(came.total), Cell(_total(came.total), 3)
    if came.initial:
        yield _wide("初步等级", Ticks(came.initial, Ink("song", 9.5)))
    if came.changes:
        yield _wide("等级变更\n依据", Ticks(came.changes))
    if came.final:
        yield _wide("最终等级" if came.changes else "等级", Ticks(came.final, _BOLD))
    if came.finding and (came.reached is False or not came.final):
        yield _wide("结果", Words(came.finding, Ink("heavy", 11, 9)))
    if came.why:
        yield _wide("判定说明", Words("；".join(came.why), SMALL))
    yield _outlook(came)


def _outlook(came: Came) -> tuple[Cell, ...]:
    """Risks and the next day side by side; a rule in words instead of a day takes the whole row."""
    risks = Words("、".join(came.risks) or "—", _BOLD if came.risks else _PLAIN)
    if came.next_due:
        due = Words(f"{came.next_due:%Y-%m-%d}", _PLAIN, lines=1)
    else:
        due = Words(came.due_rule or "—", SMALL, lines=2)
    return label("风险提示"), Cell(risks), label("下次评估"), Cell(due)


def _total_label(total: Total) -> Cell:
    if total.name:
        return label(total.name)
    limit = Words(f"满分 {total.maximum} 分", Ink("song", 9, 7, gray=0.3), "center", lines=1)
    return Cell(Stack((Words("总分", LABEL, "center"), limit), 1), shade=SHADE, pad=3)


def _total(total: Total) -> Mark:
    points = "—" if total.points is None else total.words or f"{total.points:g} 分"
    if total.zones and total.points is not None:
        return Scale(total.zones, total.points, points)
    return Words(points, Ink("heavy", 11))
