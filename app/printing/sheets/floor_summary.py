"""楼层评估汇总: everybody of a floor with the latest finding of each instrument and the next day, and the counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.sheet import MEASURE, Cell, Heading, Ink, Mark, Part, Row, Sheet, Space, Stack, Table, Words
from app.printing.sheets.cells import LABEL, SHADE, SMALL
from app.printing.sheets.heading import title_table

TITLE = "楼层评估汇总"
NEVER = "未评"
_BED, _NAME = 66.0, 62.0
_MOST = 6  # instruments beside one another; more go on in the next table
_PLAIN = Ink("song", 9.5, 7)
_GRAVE = Ink("heavy", 9.5, 7)
_DUE = Ink("song", 8, 6.5, gray=0.25)
_LATE = Ink("heavy", 8, 6.5)
_FOOT = Ink("song", 8.5, 7, gray=0.3)


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest finding of one instrument. `due` None: no day is set; `late`: that day is over."""

    finding: str
    grave: bool
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Lodging:
    """One resident; `latest` by instrument in the order of the columns, None where never assessed."""

    bed: str
    name: str
    latest: tuple[Latest | None, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many residents came to which finding, the gravest last, by one instrument."""

    instrument: str
    findings: tuple[tuple[str, int], ...]
    late: int


@dataclass(frozen=True, slots=True)
class FloorSummary:
    """Everything printed. `instruments`: short names; `day`: the day it stands for."""

    institution: str
    floor: str
    day: date
    instruments: tuple[str, ...]
    people: tuple[Lodging, ...]
    counts: tuple[Count, ...]
    printed_at: datetime
    printed_by: str


def sheet(data: FloorSummary) -> Sheet:
    """The summary as data."""
    facts = f"楼层：{data.floor}　日期：{data.day:%Y-%m-%d}　在住 {len(data.people)} 人"
    parts: list[Part] = [title_table(data.institution, TITLE), _line(Words(facts, Ink("song", 10.5, 8)))]
    if not data.people or not data.instruments:
        what = "没有在住老人。" if not data.people else "没有需要汇总的量表。"
        parts.append(_line(Words(f"这一层{what}", LABEL)))
    else:
        parts += [Heading("一、等级人数"), _counts(data.counts), Space(4), Heading("二、各人最近的结果")]
        tables = -(-len(data.instruments) // _MOST)
        many = -(-len(data.instruments) // tables)  # as many in each, so that the columns stand alike
        for first in range(0, len(data.instruments), many):
            parts += [_people(data, first, first + many), Space(6)]
        parts.append(
            _line(Words("下行为下次评估日期；“逾期”者加粗。没有日期的，按该量表的规定选用。", _FOOT))
        )
    return Sheet(
        title=f"{TITLE} {data.floor} {data.day:%Y-%m-%d}",
        number="",
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
    )


def _counts(counts: tuple[Count, ...]) -> Table:
    widths = (96.0, MEASURE - 160.0, 64.0)
    rows = [Row(tuple(_caption(words) for words in ("量表", "人数", "逾期")), 19)]
    for one in counts:
        said = "　".join(f"{words} {number}" for words, number in one.findings)
        late = Words(str(one.late) if one.late else "—", _GRAVE if one.late else _PLAIN, "center")
        rows.append(Row((_caption(one.instrument), Cell(Words(said or "—", SMALL)), Cell(late)), 18))
    return Table(widths, tuple(rows), header=1)


def _people(data: FloorSummary, first: int, end: int) -> Table:
    """One table of at most so many instruments; beds and names come again in each."""
    names = data.instruments[first:end]
    share = min((MEASURE - _BED - _NAME) / len(names), 130.0)
    head = Row(tuple(_caption(words) for words in ("床位", "姓名", *names)), 20)
    rows = [
        Row(
            (
                Cell(Words(one.bed or "—", _PLAIN, "center", lines=2), pad=2),
                Cell(Words(one.name, _PLAIN, "center", lines=2), pad=2),
                *(Cell(_latest(each), pad=2) for each in one.latest[first:end]),
            ),
            24,
        )
        for one in data.people
    ]
    return Table((_BED, _NAME, *((share,) * len(names))), (head, *rows), header=1)


def _latest(latest: Latest | None) -> Mark:
    if latest is None:
        return Words(NEVER, _DUE, "center")
    marks: list[Mark] = [Words(latest.finding or "—", _GRAVE if latest.grave else _PLAIN, "center", lines=2)]
    if latest.due is not None:
        words = f"{'逾期 ' if latest.late else ''}{latest.due:%Y-%m-%d}"
        marks.append(Words(words, _LATE if latest.late else _DUE, "center", lines=1))
    return Stack(tuple(marks))


def _caption(text: str) -> Cell:
    return Cell(Words(text, LABEL, "center", lines=1), shade=SHADE, pad=2)


def _line(words: Words) -> Table:
    return Table((MEASURE,), (Row((Cell(words, pad=0),), 18),), ruled=False)
