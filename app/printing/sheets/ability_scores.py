"""Third and fourth chapter of the ability report: health problems (A.5) and the scores of the 26 items (B)."""

from __future__ import annotations

from app.printing.sheet import MEASURE, Cell, Ink, Mark, Row, Scores, Stack, Table, Ticks, Words
from app.printing.sheets.ability_outcome import figure, head
from app.printing.sheets.ability_report import AbilityReport, Dimension, ScoredItem
from app.printing.sheets.cells import LABEL, SHADE

_QUESTION = 102.0
_WIDTHS = (52.0, 28.0, 94.0, 82.0, 29.0, MEASURE - 285.0)
_NAME = Ink("heavy", 10.5, 8)
_SMALL = Ink("song", 9, 7)
_TEXT = Ink("song", 9.5, 8)
_OLD = Ink("song", 9, 7, gray=0.35)


def health_table(data: AbilityReport) -> Table:
    """One row for each health problem: all answers with their boxes, so that what was ruled out shows too."""
    rows = tuple(
        Row(
            (
                Cell(Words(each.label, _SMALL), shade=SHADE),
                Cell(Ticks(each.choices, _SMALL, note=each.note)),
            ),
            17,
        )
        for each in data.health
    )
    return Table((_QUESTION, MEASURE - _QUESTION), rows)


def score_table(data: AbilityReport) -> Table:
    """The items by dimension with every score they can have, the chosen one marked, and its full text."""
    names = ("一级指标", "序号", "评估项目", "评分", "得分", "评分说明")
    highest = max((max(item.possible) for each in data.dimensions for item in each.items), default=0)
    rows = [Row(tuple(head(name) for name in names), 20)]
    for dimension in data.dimensions:
        rows += _dimension_rows(dimension, highest)
    total = Cell(Words("合　　计", Ink("heavy", 11), "center"), across=4, shade=SHADE)
    limit = Cell(Words(f"满分 {data.outcome.maximum} 分", LABEL), shade=SHADE)
    rows.append(Row((total, figure(data.outcome.total), limit), 21, strong=True))
    return Table(_WIDTHS, tuple(rows), header=1)


def _dimension_rows(dimension: Dimension, highest: int) -> list[Row]:
    score = "—" if dimension.score is None else str(dimension.score)
    limit = Words(f"{score}／{dimension.maximum} 分", Ink("song", 9, 7, gray=0.3), "center", lines=1)
    name = Cell(
        Stack((Words(_two_by_two(dimension.name), _NAME, "center"), limit), 2),
        down=len(dimension.items),
        pad=2,
    )
    rows = []
    for at, item in enumerate(dimension.items):
        cells = _item_cells(item, highest)
        rows.append(Row((name, *cells) if at == 0 else cells, 20.5, strong=at == 0))
    return rows


def _item_cells(item: ScoredItem, highest: int) -> tuple[Cell, ...]:
    return (
        Cell(Words(item.number, LABEL, "center", lines=1), pad=2),
        Cell(Words(item.name, LABEL, lines=1)),
        Cell(Scores(item.possible, item.score, highest), pad=3),
        figure(item.score),
        Cell(_answer(item)),
    )


def _answer(item: ScoredItem) -> Mark:
    """The chosen option's text; what a correction took away stands lined out above it."""
    text = Words(item.text or "—", _TEXT)
    return Stack((Words(item.old, _OLD, struck=True), text), 1) if item.old else text


def _two_by_two(name: str) -> str:
    """A dimension's name in lines of two or three characters, for the narrow first column."""
    long = 3 if len(name) > 6 else 2
    return "\n".join(name[at : at + long] for at in range(0, len(name), long))
