"""What the sheets of rehab have alike: facts in pairs, texts and lists beside a label, goals in rows, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.strokes import Strokes
from app.printing.sheet import MEASURE, Cell, Ink, Mark, Part, Row, Stack, Table, Tick, Ticks, Words
from app.printing.sheets.cells import LABEL, SHADE, SMALL, VALUE, label, value
from app.printing.sheets.heading import Whose, person_row, title_table
from app.printing.sheets.signing import drawn_name

NAME = 66.0
TEXT = Ink("kai", 10.5, 8)
BOLD = Ink("heavy", 10, 8)
FINE = Ink("song", 8.5, 6.5, gray=0.2)
_PAIR = (NAME, MEASURE / 2 - NAME, NAME, MEASURE / 2 - NAME)
_SIGNED = (80.0, 152.0, 34.0, 110.0, 34.0, MEASURE - 410.0)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers for the sheet: part, name and what is known of it; empty lines are signed by hand."""

    part: str
    name: str = ""
    said: tuple[str, ...] = ()
    choices: tuple[Tick, ...] = ()
    strokes: Strokes = ()
    day: str = ""  # of a drawn signature


@dataclass(frozen=True, slots=True)
class GoalWords:
    """A goal as sheets tell it. `number`: 长1, 短2; `serves`: that of the long goal it leads to."""

    number: str
    words: str
    measure: str
    way: str
    due: str
    state: str
    serves: str = ""


def head_parts(whose: Whose, title: str, *more: str) -> tuple[Part, ...]:
    """Institution, title, and whose it is."""
    return (
        title_table(whose.institution, title),
        Table((MEASURE,), (person_row(whose, 1, *more),), ruled=False),
    )


def pairs(*facts: tuple[str, str]) -> Table:
    """Facts two to a row, a last one alone over the whole width."""
    rows = []
    for place in range(0, len(facts), 2):
        two = facts[place : place + 2]
        cells: list[Cell] = []
        for name, words in two:
            cells += [label(name), value(words, 1 if len(two) > 1 else 3)]
        rows.append(Row(tuple(cells), 20))
    return Table(_PAIR, tuple(rows))


def texts(*said: tuple[str, str]) -> Table:
    """Long texts beside their labels; what was not said shows as a dash."""
    rows = tuple(Row((label(name), text(words)), 22) for name, words in said)
    return Table((NAME, MEASURE - NAME), rows)


def listed(lines: Iterable[str], *, numbered: bool = True) -> str:
    """Lines below each other, with their numbers where there are several."""
    found = [line for line in lines if line]
    if not numbered or len(found) < 2:
        return "\n".join(found)
    return "\n".join(f"{place}. {line}" for place, line in enumerate(found, 1))


def text(words: str, ink: Ink = TEXT, across: int = 1) -> Cell:
    """A text that wraps."""
    return Cell(Words(words or "—", ink), across)


def short(words: str, ink: Ink = SMALL, lines: int = 1) -> Cell:
    """A short word in the middle of its cell, which shrinks before it wraps."""
    return Cell(Words(words, ink, "center", lines=lines), pad=2)


def captions(*names: str) -> Row:
    """The row of column heads."""
    return Row(tuple(caption(name) for name in names), 19)


def caption(name: str, across: int = 1, down: int = 1) -> Cell:
    return Cell(
        Words(name, LABEL, "center", lines=1 + name.count("\n")), across=across, down=down, shade=SHADE, pad=2
    )


def goal_table(goals: Sequence[GoalWords], state: str = "状态") -> Table:
    """Long goals and the short ones, one a row."""
    widths = (34.0, MEASURE - 334.0, 74.0, 92.0, 66.0, 68.0)
    rows = [captions("编号", "目标（动作、条件）", "测量", "起点 → 目标", "期限", state)]
    for goal in goals:
        said: tuple[Mark, ...] = (Words(goal.words, TEXT),)
        if goal.serves:
            said = (*said, Words(f"服务于 {goal.serves}", FINE))
        cells = (short(goal.number, BOLD), Cell(Stack(said)), short(goal.measure, lines=2))
        rows.append(Row((*cells, short(goal.way, lines=2), short(goal.due), short(goal.state, lines=2)), 22))
    if not goals:
        rows.append(Row((Cell(Words("没有目标。", SMALL, "center"), 6),), 20))
    return Table(widths, tuple(rows), header=1)


def signatures(lines: Sequence[Signature]) -> Table:
    """A row each, with a drawn signature or room for wet ink; never parted by a page break."""
    rows = []
    for one in lines:
        marks: tuple[Mark, ...] = (Words(one.name or "", VALUE, lines=1),) if one.name else ()
        marks += (Ticks(one.choices, Ink(size=8.5)),) if one.choices else ()
        marks += tuple(Words(words, FINE, lines=2) for words in one.said if words)
        drawn: Mark = drawn_name(one.strokes) if one.strokes else Words("")
        cells = (Cell(Stack(marks or (Words(""),))), caption("签名"), Cell(drawn, pad=4), caption("日期"))
        rows.append(Row((caption(one.part), *cells, short(one.day)), 36))
    return Table(_SIGNED, tuple(rows), together=True)


def note(words: str) -> Table:
    """A remark without rules."""
    return Table((MEASURE,), (Row((Cell(Words(words, FINE), pad=0),), 14),), ruled=False)
