"""The columns of the house's levels: floors with a bar and a number a level, people with what they came to."""

from __future__ import annotations

from app.assessments.trends.house import NEVER, OTHER, HouseRow, LevelColumn, StandRow
from app.assessments.trends.people import PersonRow
from app.assessments.trends.standings import BETTER, FIRST, SAME, WORSE
from ui.assessments.trends_plot import tone_of
from ui.kit import Column, cells
from ui.style import Tone

NEVER_WORDS, OTHER_WORDS = "未评估", "无等级"
MOVES = {BETTER: "好转", SAME: "不变", WORSE: "变差", FIRST: "首次"}
_INKS = {BETTER: "ok.text", WORSE: "orange.text"}
_DIGITS = 48


def stand_columns(house: HouseRow, heading: str) -> tuple[Column[StandRow], ...]:
    """Floor or care level, the bar, a number each level, then who was not assessed and who moved."""
    return (
        Column(heading, lambda row: cells.Text(row.words, "text"), None, 0, 112),
        Column("人数", lambda row: cells.Text(str(row.residents), "text"), 42),
        *([Column("分布", lambda row: _shares(house, row), None, 2, 130)] if house.exclusive else []),
        *(_level(one) for one in house.columns),
        *([_count(OTHER, OTHER_WORDS, "text2")] if _any(house, OTHER) else []),
        _count(NEVER, NEVER_WORDS, "warn.text"),
        *(_moved(one) for one in (BETTER, WORSE) if house.exclusive),
    )


def choices_of(house: HouseRow, row: StandRow) -> tuple[tuple[str, str], ...]:
    """Whom of a row the list may show: everybody, a level, who was never assessed, who moved; with how many."""
    levels = ((one.key, one.words, row.counts.get(one.key, 0)) for one in house.columns)
    others = ((NEVER, NEVER_WORDS, row.counts.get(NEVER, 0)), (OTHER, OTHER_WORDS, row.counts.get(OTHER, 0)))
    moved = ((key, words, row.moved.get(key, 0)) for key, words in MOVES.items() if house.exclusive)
    return (
        ("", f"全部 {row.residents} 人"),
        *(
            (key, f"{words} {count} 人")
            for key, words, count in (*levels, *others, *moved)
            if count or key == NEVER
        ),
    )


def person_columns() -> tuple[Column[PersonRow], ...]:
    return (
        Column(
            "老人", lambda row: cells.Name(row.name, row.bed or "未分床", tone_of(row.tone)), None, 0, 150
        ),
        Column("最近结果", _result, 152),
        Column("比上次", _move, 60, 1),
    )


def _result(row: PersonRow) -> cells.Cell:
    if row.record is None:
        return cells.Text(NEVER_WORDS, "text3")
    total = "" if row.total is None else f"{row.total} 分"
    return cells.State(row.finding, tone_of(row.tone), total)


def _move(row: PersonRow) -> cells.Cell:
    return cells.Text(MOVES.get(row.moved, ""), _INKS.get(row.moved, "text2"), strong=row.moved == WORSE)


def _shares(house: HouseRow, row: StandRow) -> cells.Cell:
    told = [(one.words, row.counts.get(one.key, 0), tone_of(one.tone)) for one in house.columns]
    told += [
        (words, row.counts.get(key, 0), Tone.NEUTRAL)
        for key, words in ((OTHER, OTHER_WORDS), (NEVER, NEVER_WORDS))
    ]
    said = "，".join(f"{words} {count}" for words, count, _tone in told if count)
    return cells.Shares(tuple((count, tone) for _words, count, tone in told), said)


def _level(column: LevelColumn) -> Column[StandRow]:
    return _count(column.key, column.words, f"{tone_of(column.tone)}.text")


def _count(key: str, words: str, ink: str) -> Column[StandRow]:
    def cell(row: StandRow) -> cells.Cell:
        count = row.counts.get(key, 0)
        return cells.Text(str(count) if count else "—", ink if count else "text3", strong=bool(count))

    return Column(words, cell, max(len(words) * 13 + 14, _DIGITS))


def _moved(key: str) -> Column[StandRow]:
    def cell(row: StandRow) -> cells.Cell:
        count = row.moved.get(key, 0)
        return cells.Text(str(count) if count else "—", _INKS[key] if count else "text3")

    return Column(MOVES[key], cell, _DIGITS, 3)


def _any(house: HouseRow, key: str) -> bool:
    return bool(house.whole.counts.get(key))
