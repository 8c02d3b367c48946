"""巡诊记录: one round on paper: who came and when, everybody who was seen with what was found, signatures by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.strokes import Strokes
from app.printing.sheet import (
    MEASURE,
    Cell,
    Heading,
    Ink,
    Mark,
    Part,
    Row,
    Sheet,
    Space,
    Stack,
    Table,
    Words,
)
from app.printing.sheets.cells import LABEL, SHADE, SMALL, VALUE, label, value
from app.printing.sheets.heading import title_table
from app.printing.sheets.signing import drawn_name

TITLE = "巡诊记录"
_LABEL = 68.0
_THIRD = (_LABEL, MEASURE / 3 - _LABEL) * 3
_WHOLE = (_LABEL, MEASURE - _LABEL)
_LINE = (92.0, 130.0, 40.0, 130.0, 40.0, MEASURE - 432.0)
_HEAD = Ink("heavy", 10.5, 8)
_TEXT = Ink("kai", 10.5, 8)


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """Somebody who was seen: `whose` in one line, what was said of them by title, in order."""

    whose: str
    at: str
    told: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature: `name` of whoever gave it, when, by hand where it was drawn; empty: to be signed."""

    part: str
    name: str = ""
    at: str = ""
    strokes: Strokes = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """Everything printed. Times are the institution's local time; unknown values are empty."""

    institution: str
    number: str
    partner: str
    doctor: str
    on: str
    way: str
    arrived: str
    left: str
    seen: int
    problems: int
    referred: int
    next_on: str
    note: str
    people: tuple[SeenPerson, ...]
    unseen: tuple[str, ...]
    signatures: tuple[Signature, ...]
    printed_at: datetime
    printed_by: str


def sheet(data: RoundRecord) -> Sheet:
    """A page for about four residents."""
    parts: list[Part] = [title_table(data.institution, TITLE), _facts(data), Space(5)]
    parts.append(Heading("受检老人" if data.people else "受检老人：无"))
    for place, one in enumerate(data.people, 1):
        parts += [_person(place, one), Space(4)]
    if data.unseen:
        parts += [_unseen(data.unseen), Space(4)]
    parts += [Heading("签名"), _signatures(data.signatures)]
    return Sheet(
        title=f"{TITLE} {data.on} {data.doctor}",
        number=data.number,
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
    )


def _facts(data: RoundRecord) -> Table:
    rows = [
        (label("巡诊机构"), value(data.partner, 3), label("医师"), value(data.doctor)),
        (label("日期"), value(data.on), label("方式"), value(data.way), label("编号"), value(data.number)),
        (
            label("到达"), value(data.arrived), label("离开"), value(data.left), label("下次巡诊"), value(data.next_on),
        ),
        (
            label("受检人数"), value(f"{data.seen} 人"), label("发现问题"), value(f"{data.problems} 人"),
            label("建议转诊"), value(f"{data.referred} 人"),
        ),
    ]  # fmt: skip
    if data.note:
        rows.append((label("备注"), value(data.note, 5, lines=2)))
    return Table(_THIRD, tuple(Row(cells, 20) for cells in rows))


def _person(place: int, one: SeenPerson) -> Table:
    """The head of a block comes again where a page parts it."""
    half = MEASURE - 96.0 - _LABEL
    whose = Words(f"{place}. {one.whose}", _HEAD, lines=1)
    head = Row((Cell(whose, 2, shade=SHADE), Cell(Words(one.at, SMALL, "right", lines=1), shade=SHADE)), 20)
    rows = [
        Row((Cell(Words(title, LABEL, "center", lines=1), pad=2), Cell(Words(said, _TEXT), 2)), 18)
        for title, said in one.told
    ]
    return Table((_LABEL, half, 96.0), (head, *rows), header=1)


def _unseen(names: tuple[str, ...]) -> Table:
    cells = (label("未看"), Cell(Words("、".join(names), SMALL)))
    return Table(_WHOLE, (Row(cells, 20),))


def _signatures(signatures: tuple[Signature, ...]) -> Table:
    return Table(_LINE, tuple(_line(one) for one in signatures), together=True)


def _line(one: Signature) -> Row:
    who: list[Mark] = [Words(one.name, VALUE, lines=1)]
    who += [Words(one.more, Ink("song", 8.5, 6.5), lines=1)] if one.more else []
    drawn: Mark = drawn_name(one.strokes) if one.strokes else Words("")
    return Row(
        (
            _caption(one.part),
            Cell(Stack(tuple(who))),
            _caption("签名"),
            Cell(drawn, pad=3),
            _caption("日期"),
            Cell(Words(one.at if one.strokes else "", SMALL, "center", lines=2), pad=2),
        ),
        36,
    )


def _caption(text: str) -> Cell:
    return Cell(Words(text, SMALL if len(text) > 2 else LABEL, "center"), shade=SHADE, pad=2)
