"""What stands on top of a sheet: the institution, the title drawn apart, and the line that says whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from app.printing.sheet import MEASURE, Cell, Ink, Row, Spread, Stack, Table, Words

_FACT = Ink("song", 10, 7)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose sheet it is, in words; what is empty is left out."""

    institution: str
    name: str
    sex: str
    age: str
    bed: str
    number: str


def title_table(institution: str, title: str, width: float | None = None, room: float = MEASURE) -> Table:
    """Institution above the title, which is drawn apart over `width` points; without one, by its length.

    `room`: the width of the type area."""
    width = min(38.0 * len(title), 260.0) if width is None else width
    head = Stack(
        (
            Words(institution, Ink("song", 12.5, 9), "center", lines=1),
            Spread(title, Ink("heavy", 20, pitch=1.4), width),
        )
    )
    return Table((room,), (Row((Cell(head),), 50),), ruled=False)


def person_words(whose: Whose, *more: str) -> str:
    """Name and the rest, for a line that comes again on every page."""
    facts = (
        f"姓名：{whose.name}",
        f"性别：{whose.sex}" if whose.sex else "",
        f"年龄：{whose.age}" if whose.age else "",
        f"床号：{whose.bed or '未安排床位'}",
        f"住养号：{whose.number}",
        *more,
    )
    return "　".join(fact for fact in facts if fact)


def person_row(whose: Whose, across: int, *more: str) -> Row:
    """That line as the first header row of a table."""
    words = Words(person_words(whose, *more), _FACT, lines=1, passing=True)
    return Row((Cell(words, across=across, pad=0),), 20)
