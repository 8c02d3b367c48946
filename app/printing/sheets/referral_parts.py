"""What the papers of a referral have alike: their frame, head and code, red words, boxed words, facts beside labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.printing.sheet import (
    MEASURE,
    Cell,
    Code,
    Ink,
    Mark,
    Part,
    Row,
    Sheet,
    Spread,
    Stack,
    Stamp,
    Table,
    Words,
)
from app.printing.sheets.cells import LABEL, SHADE, label
from app.printing.sheets.heading import Whose, person_row
from app.printing.sheets.order_sheet import RED

TEXT = Ink("kai", 10.5, 8)
FINE = Ink("song", 8.5, 6.5, gray=0.2)
RED_TEXT = Ink("heavy", 11, 8, rgb=RED)
ARCHIVED = "本归档版不作为患者继续就诊凭证"
NAME = 76.0  # width of a label beside its fact
_CODE = 62.0


@dataclass(frozen=True, slots=True)
class Paper:
    """What every paper of one referral says. `code`: what its QR code holds, empty for a draft.

    `watermark`: words across the page of what is over; times are the institution's local time.
    """

    whose: Whose
    number: str
    to: str
    urgency: str
    printed_at: datetime
    printed_by: str
    draft: bool = False
    watermark: str = ""
    code: str = ""

    @property
    def printed(self) -> str:
        return f"{self.printed_at:%Y-%m-%d %H:%M}　{self.printed_by}"

    @property
    def running(self) -> str:
        """For the head of pages that go on: a sheet that came loose is still somebody's."""
        which = f"转诊单编号：{self.number}" if self.number else ""
        who = (self.whose.name, self.whose.sex, self.whose.age)
        return "　".join(filter(None, (*who, which, "草稿" if self.draft else "")))


@dataclass(frozen=True, slots=True)
class Told:
    """A fact beside its label. `red`: it must not be overlooked; `pen`: where nothing is known, room to write it."""

    name: str
    words: str
    red: bool = False
    pen: bool = False


def framed(paper: Paper, title: str, parts: Iterable[Part]) -> Sheet:
    """A paper of the referral as a sheet of its own."""
    return Sheet(
        title=" ".join(filter(None, (title, paper.whose.name, paper.number))),
        number=paper.number,
        printed=paper.printed,
        parts=tuple(parts),
        draft=paper.draft,
        watermark=paper.watermark,
        running=paper.running,
    )


def head(paper: Paper, title: str) -> tuple[Part, ...]:
    """Institution and title, the code at the right, and below whose paper it is."""
    names = Stack(
        (
            Words(paper.whose.institution, Ink("song", 12.5, 9), "center", lines=1),
            _title(title),
        )
    )
    code: Mark = Code(paper.code, 46.0) if paper.code else Words("")
    top = Table(
        (_CODE, MEASURE - 2 * _CODE, _CODE),
        (Row((Cell(Words("")), Cell(names), Cell(code, pad=0)), 56),),
        ruled=False,
    )
    more = (f"转诊单编号：{paper.number}",) if paper.number else ()
    return top, Table((MEASURE,), (person_row(paper.whose, 1, *more),), ruled=False)


def _title(title: str) -> Mark:
    """Drawn apart, unless there are letters or figures in it."""
    ink = Ink("heavy", 20, pitch=1.4)
    if all("\u4e00" <= char <= "\u9fff" for char in title):
        return Spread(title, ink, min(30.0 * len(title), 320.0))
    return Words(title, ink, "center", lines=1)


def told(facts: Iterable[Told]) -> Table:
    """Facts below each other; what nobody recorded is said as it is."""
    rows = [Row((label(one.name), said(one)), 22) for one in facts]
    return Table((NAME, MEASURE - NAME), tuple(rows))


def said(one: Told, across: int = 1) -> Cell:
    return Cell(Words(one.words or ("" if one.pen else "—"), RED_TEXT if one.red else TEXT), across)


def pairs(*facts: Told, height: float = 21.0) -> Table:
    """Facts two to a row, a last one alone over the whole width."""
    rows = []
    for place in range(0, len(facts), 2):
        two = facts[place : place + 2]
        cells: list[Cell] = []
        for one in two:
            cells += [label(one.name), said(one, 1 if len(two) > 1 else 3)]
        rows.append(Row(tuple(cells), height))
    half = MEASURE / 2 - NAME
    return Table((NAME, half, NAME, half), tuple(rows))


def caption(words: str, across: int = 1, down: int = 1) -> Cell:
    """A column's head."""
    return Cell(
        Words(words, LABEL, "center", lines=1 + words.count("\n")),
        across=across,
        down=down,
        shade=SHADE,
        pad=2,
    )


def captions(*names: str) -> Row:
    return Row(tuple(caption(name) for name in names), 20)


def boxed(words: str) -> Stamp:
    """Words in a frame: they are seen without colour too."""
    return Stamp(Words(words, Ink("heavy", 9.5, 7)))


def note(words: str, ink: Ink = FINE, *, passing: bool = False) -> Table:
    """A remark without rules; `passing` as of words."""
    return Table((MEASURE,), (Row((Cell(Words(words, ink, passing=passing), pad=0),), 14),), ruled=False)


def by_hand(*lines: tuple[str | tuple[str, str], ...], height: float = 30.0) -> Table:
    """Rows of captions, each with room for writing beside it, or with its value; never parted by a page break."""
    most = max(len(line) for line in lines)
    wide = MEASURE / most
    name = min(72.0, wide * 0.42)
    rows = []
    for line in lines:
        cells: list[Cell] = []
        for place, one in enumerate(line):
            words, value = (one, "") if isinstance(one, str) else one
            rest = 2 * (most - len(line)) if place == len(line) - 1 else 0
            cells += [caption(words), Cell(Words(value, TEXT, lines=1), 1 + rest, pad=2)]
        rows.append(Row(tuple(cells), height))
    return Table((name, wide - name) * most, tuple(rows), together=True)
