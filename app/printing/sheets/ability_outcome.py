"""Second chapter of the ability report: dimension scores, total on the level scale, change rules, final level (C)."""

from __future__ import annotations

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
    Tick,
    Ticks,
    Words,
    Zone,
)
from app.printing.sheets.ability_report import AbilityReport, Dimension, Outcome
from app.printing.sheets.cells import LABEL, SHADE, VALUE, label

_DIMENSION = (96.0, 32.0, 32.0, 92.64)
_LABEL = 57.0
_BOLD = Ink("heavy", 9.5, 7.5)
_SCORE = Ink("heavy", 11)


def outcome_tables(data: AbilityReport) -> tuple[Part, ...]:
    """Scores of the dimensions, then everything that follows from them; the two tables stand close."""
    return _dimensions(data.dimensions), _levels(data)


def head(text: str) -> Cell:
    """A shaded cell with a column's name."""
    return Cell(Words(text, LABEL, "center", lines=1), shade=SHADE, pad=2)


def figure(score: float | str | None, ink: Ink = _SCORE) -> Cell:
    """A score, as a number or as it is written, in the middle of its cell; unanswered shows as a dash."""
    said = score if isinstance(score, str) else "—" if score is None else f"{score:g}"
    return Cell(Words(said, ink, "center"), pad=2)


def _dimensions(dimensions: tuple[Dimension, ...]) -> Table:
    """Two dimensions on a row, each with maximum, score and share."""
    names = ("一级指标", "满分", "得分", "得分率")
    rows = [Row(tuple(head(name) for name in names * 2), 19)]
    for at in range(0, len(dimensions), 2):
        cells: list[Cell] = []
        for each in dimensions[at : at + 2]:
            cells += _dimension(each)
        if len(cells) < 8:
            cells.append(Cell(Words(""), across=4))
        rows.append(Row(tuple(cells), 20))
    return Table(_DIMENSION * 2, tuple(rows), together=True)


def _dimension(each: Dimension) -> list[Cell]:
    share = None if each.score is None or not each.maximum else each.score / each.maximum
    name = Cell(Words(each.name, LABEL, "center", lines=1), pad=3)
    return [name, figure(each.maximum, LABEL), figure(each.score), Cell(Bar(share))]


def _levels(data: AbilityReport) -> Table:
    out = data.outcome
    rows = [
        (_total(out), Cell(_scale(out))),
        (label("初步等级"), Cell(_level_ticks(out, out.initial, Ink("song", 9.5), full=False))),
        (label("等级变更\n依据"), Cell(Ticks(out.changes))),
        (label("最终等级"), Cell(_level_ticks(out, out.final, _BOLD, full=True))),
        (label("评估结论\n与建议"), Cell(Words(data.conclusion or "—", VALUE, "justify"), pad=5)),
    ]
    return Table((_LABEL, MEASURE - _LABEL), tuple(Row(cells, 21) for cells in rows))


def _scale(out: Outcome) -> Mark:
    zones = tuple(
        Zone(level.low, level.high, level.short) for level in sorted(out.levels, key=lambda each: each.low)
    )
    total = "—" if out.total is None else str(out.total)
    return Scale(zones, out.total, f"{total} 分")


def _total(out: Outcome) -> Cell:
    limit = Words(f"满分 {out.maximum} 分", Ink("song", 9, 7, gray=0.3), "center", lines=1)
    return Cell(Stack((Words("总分与\n能力等级", LABEL, "center"), limit), 1), shade=SHADE, pad=3)


def _level_ticks(out: Outcome, chosen: int | None, ink: Ink, *, full: bool) -> Ticks:
    """All levels with the reached one ticked: the final one under its full name."""
    levels = sorted(out.levels, key=lambda each: each.number)
    names = [(each, each.name if full else each.short) for each in levels]
    return Ticks(tuple(Tick(f"{each.number}级 {name}", each.number == chosen) for each, name in names), ink)
