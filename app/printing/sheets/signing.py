"""Who answers for an assessment on paper: 签名确认 of the assessors, the lines of others, wet ink and the seal.

A drawn signature is set as its strokes. Nothing electronic takes the place of the wet-ink line beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.printing.sheet import (
    MEASURE,
    Cell,
    Figure,
    Ink,
    Mark,
    Part,
    Row,
    Space,
    Stack,
    Stroke,
    Table,
    Tick,
    Ticks,
    Words,
)
from app.printing.sheets.cells import LABEL, SHADE, SMALL, VALUE

Strokes = tuple[tuple[tuple[int, int], ...], ...]
"""A drawn signature: strokes of points, x from 0 to 1000, y from 0 (above) to 300."""

_DRAWN = (1000.0, 300.0)
_SEAL = 90.0
_PARTS = (66.0, 138.0, 34.0, 96.0, 34.0)  # part, who, 签名, its room, 日期; what is left is the date's
_BROAD = (66.0, 200.0, 34.0, 96.0, 34.0)  # without the room for a seal
_FINE = Ink("song", 8.5, 6.5, gray=0.2)


@dataclass(frozen=True, slots=True)
class Signer:
    """An assessor: part, name, staff number, title, certificate, when confirmed here, profession."""

    part: str
    name: str
    number: str = ""
    title: str = ""
    certificate: str = ""
    confirmed: datetime | None = None  # the institution's local time of the electronic 签名确认
    profession: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """The line of somebody else: the informant, the resident or their agent with what they say of the result.

    `given`: when it was said at the station; empty: to be signed by hand.
    """

    part: str
    name: str = ""
    relation: str = ""
    choices: tuple[Tick, ...] = ()
    strokes: Strokes = ()
    given: datetime | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody said of the assessment, in a row of its own: 评估员其他意见."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Signing:
    """Everybody who answers for one assessment. `seal`: room for the institution's seal beside them."""

    assessors: tuple[Signer, ...]
    others: tuple[Stated, ...] = ()
    remarks: tuple[Remark, ...] = ()
    seal: bool = True


def signing_parts(signing: Signing) -> tuple[Part, ...]:
    """The table of signatures, never parted by a page break, and the remarks below it."""
    parts: tuple[Part, ...] = (_table(signing),)
    if signing.remarks:
        rows = tuple(
            Row((_caption(one.label), Cell(Words(one.text, VALUE, "justify"))), 22) for one in signing.remarks
        )
        parts = (*parts, Space(4), Table((_PARTS[0], MEASURE - _PARTS[0]), rows))
    return parts


def _table(signing: Signing) -> Table:
    parts = _PARTS if signing.seal else _BROAD
    lines = [_assessor(one, broad=not signing.seal) for one in signing.assessors or (Signer("评估员", ""),)]
    lines += [_other(one) for one in signing.others]
    date = MEASURE - sum(parts) - (_SEAL if signing.seal else 0)
    if signing.seal:
        lines[0] = (*lines[0], _seal(len(lines)))
        date_and_seal: tuple[float, ...] = (date, _SEAL)
    else:
        date_and_seal = (date,)
    rows = tuple(Row(cells, 38 if signing.seal else 34) for cells in lines)
    return Table((*parts, *date_and_seal), rows, together=True)


def _seal(lines: int) -> Cell:
    marks = (
        Words("评估机构（盖章）", Ink("song", 10, 8), "center", lines=1),
        Words("\n" * (2 * lines - 1), Ink("song", 10)),
        Words("年　　月　　日", Ink("song", 10, 8), "center", lines=1),
    )
    return Cell(Stack(marks), down=lines)


def _assessor(one: Signer, *, broad: bool) -> tuple[Cell, ...]:
    number = f"工号 {one.number}" if one.number else ""
    ids = "　".join(filter(None, (one.profession, one.title if one.title != one.profession else "", number)))
    certificate = f"证书编号 {one.certificate or '未登记'}" if one.name else ""
    confirmed = f"签名确认 {one.confirmed:%Y-%m-%d %H:%M}" if one.confirmed else ""
    proofs = ("　".join(filter(None, (certificate, confirmed))),) if broad else (certificate, confirmed)
    return _line(one.part, (_name(one.name), *_fine(ids, *proofs)), Words(""), "")


def _other(one: Stated) -> tuple[Cell, ...]:
    said = f"本站录入 {one.given:%Y-%m-%d %H:%M}" if one.given else ""
    name = "　".join(filter(None, (one.name, f"（{one.relation}）" if one.relation else "")))
    marks: tuple[Mark, ...] = (Ticks(one.choices, Ink(size=8.5)),) if one.choices else ()
    marks = (*marks, *((_name(name),) if name or not marks else ()), *_fine(said))
    drawn = drawn_name(one.strokes) if one.strokes else Words("")
    return _line(one.part, marks, drawn, f"{one.given:%Y-%m-%d}" if one.strokes and one.given else "")


def _line(part: str, marks: tuple[Mark, ...], signature: Mark, day: str) -> tuple[Cell, ...]:
    return (
        _caption(part),
        Cell(Stack(marks)),
        _caption("签名"),
        Cell(signature, pad=3),
        _caption("日期"),
        Cell(Words(day, SMALL, "center", lines=1), pad=2),
    )


def _name(name: str) -> Words:
    return Words(name or "—", VALUE, lines=1)


def _fine(*texts: str) -> tuple[Words, ...]:
    return tuple(Words(text, _FINE, lines=1) for text in texts if text)


def _caption(text: str) -> Cell:
    return Cell(Words(text, SMALL if len(text) > 2 else LABEL, "center"), shade=SHADE, pad=2)


def drawn_name(strokes: Strokes) -> Figure:
    """The strokes at the size of the room for a signature; one of a single point is a dot of ink."""
    scale = (_PARTS[3] - 6) / _DRAWN[0]
    ways = (
        tuple(
            (x * scale, y * scale)
            for x, y in (*stroke, *(((stroke[0][0] + 6, stroke[0][1]),) if len(stroke) == 1 else ()))
        )
        for stroke in strokes
        if stroke
    )
    return Figure(_DRAWN[1] * scale, tuple(Stroke(way, 0.9) for way in ways))
