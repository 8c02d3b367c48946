"""不良事件报告: one incident on paper, from what happened to what was learned, with lines for wet ink.

The words of kinds and of the scale of harm come in through the data; long texts go on over the pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.printing.drawn import Drawn
from app.printing.pdf import draw as draw_sheet
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
    Spread,
    Table,
    Tick,
    Ticks,
    Words,
)
from app.printing.sheets.cells import LABEL, SHADE, SMALL, VALUE, label, value

TITLE = "不良事件报告"
_LABEL = 64.0
_QUARTER = (_LABEL, MEASURE / 2 - _LABEL, _LABEL, MEASURE / 2 - _LABEL)
_WHOLE = (_LABEL, MEASURE - _LABEL)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: when (the institution's local time), what was done, by whom, with what reason."""

    at: datetime
    what: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """Everything printed on one report. Times are the institution's local time; unknown values are empty."""

    institution: str
    number: str
    status: str
    name: str
    sex: str
    age: str
    bed: str
    resident_number: str
    kinds: tuple[Tick, ...]
    happened_at: datetime
    place: str
    harms: tuple[Tick, ...]
    harm_means: str
    happened: str
    done: str
    asked: tuple[tuple[str, str], ...]  # what the kind asks more of, with the answers
    family: str
    causes: str
    measures: str
    reported_by: str
    reported_at: datetime
    reviewed_by: str
    steps: tuple[Step, ...]
    printed_at: datetime
    printed_by: str
    retracted: str = ""  # why it was taken out; empty: it stands


def draw(data: IncidentReport) -> Drawn:
    """Draws the report: one or two pages as a rule, more where texts are long."""
    return draw_sheet(sheet(data))


def sheet(data: IncidentReport) -> Sheet:
    """The report as data."""
    parts: list[Part] = [_head(data), *_retracted(data)]
    parts += [Heading("一、基本情况"), _subject(data), Space(4)]
    parts += [Heading("二、事件经过与处理"), *_event(data), Space(4)]
    parts += [Heading("三、家属告知"), _texts(("告知情况", data.family)), Space(4)]
    parts += [
        Heading("四、原因分析与整改"),
        _texts(("原因分析", data.causes), ("整改措施", data.measures)),
        Space(4),
    ]
    parts += [Heading("五、处理经过"), _steps(data), Space(4)]
    parts += [Heading("六、签名"), _signatures(data)]
    return Sheet(
        title=f"{TITLE} {data.name or data.number} {data.happened_at:%Y-%m-%d}",
        number=data.number,
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
    )


def _head(data: IncidentReport) -> Table:
    """Institution and title in the middle; number and state below, at the edges."""
    ink = Ink("song", 10.5, 8)
    half = MEASURE / 2
    number = Words(f"事件编号：{data.number}", ink, lines=1)
    state = Words(f"处理状态：{data.status}", ink, "right", lines=1)
    rows = (
        Row((Cell(Words(data.institution, Ink("song", 12.5, 9), "center", lines=1), 2),), 0),
        Row((Cell(Spread(TITLE, Ink("heavy", 21, pitch=1.4), 176), 2),), 34),
        Row((Cell(number, pad=0), Cell(state, pad=0)), 20),
    )
    return Table((half, half), rows, ruled=False)


def _retracted(data: IncidentReport) -> list[Part]:
    if not data.retracted:
        return []
    words = Words(f"本报告已作废：{data.retracted}", Ink("heavy", 10.5, 8))
    return [Table((MEASURE,), (Row((Cell(words, pad=0),), 18),), ruled=False)]


def _subject(data: IncidentReport) -> Table:
    person = "　".join(part for part in (data.name, data.sex, data.age) if part)
    bed = "　".join(part for part in (data.bed, data.resident_number) if part)
    reported = f"{data.reported_by}　{data.reported_at:%Y-%m-%d %H:%M}"
    rows = (
        (label("老人"), value(person), label("床位编号"), value(bed)),
        (label("发生时间"), value(f"{data.happened_at:%Y-%m-%d %H:%M}"), label("地点"), value(data.place)),
        (label("事件类别"), Cell(Ticks(data.kinds, SMALL), 3)),
        (label("伤害程度"), Cell(Ticks(data.harms, SMALL, note=data.harm_means), 3)),
        (label("上报"), value(reported, 3)),
    )
    return Table(_QUARTER, tuple(Row(cells, 21) for cells in rows))


def _event(data: IncidentReport) -> list[Part]:
    """The long texts in a table of two columns, which a page break may cut; the short answers two to a row."""
    parts: list[Part] = [_texts(("经过", data.happened), ("当时处理", data.done))]
    if data.asked:
        rows = [_answers(data.asked[place : place + 2]) for place in range(0, len(data.asked), 2)]
        parts.append(Table(_QUARTER, tuple(rows)))
    return parts


def _answers(two: tuple[tuple[str, str], ...]) -> Row:
    """Two answers side by side; a last one alone takes the whole row."""
    cells: list[Cell] = []
    for name, words in two:
        cells.append(Cell(Words(name, Ink("song", 9.5, 6.5), "center", lines=2), shade=SHADE, pad=2))
        cells.append(Cell(Words(words or "—", VALUE, lines=1), 1 if len(two) > 1 else 3))
    return Row(tuple(cells), 20.5)


def _texts(*said: tuple[str, str]) -> Table:
    return Table(_WHOLE, tuple(Row((label(name), _text(words)), 40) for name, words in said))


def _text(words: str) -> Cell:
    """A long text, or the room for it where nothing was written yet."""
    return Cell(
        Words(words or "—", VALUE, "justify" if words else "left"), valign="top" if words else "middle"
    )


def _steps(data: IncidentReport) -> Table:
    head = Row(tuple(_caption(words) for words in ("时间", "步骤", "经办人", "说明")), 20)
    rows = [
        Row(
            (
                Cell(Words(f"{step.at:%Y-%m-%d %H:%M}", SMALL, "center", lines=1)),
                Cell(Words(step.what, SMALL, "center", lines=1)),
                Cell(Words(step.by, SMALL, "center", lines=1)),
                Cell(Words(step.reason, SMALL)),
            ),
            19,
        )
        for step in data.steps
    ]
    return Table((104.0, 66.0, 78.0, MEASURE - 248.0), (head, *rows), header=1)


def _signatures(data: IncidentReport) -> Table:
    """Who reported, who reviewed, who leads the institution: each with a line and a date by hand."""
    widths = (70.0, 110.0, 40.0, 120.0, 40.0, MEASURE - 380.0)
    people = (("上报人", data.reported_by), ("审核人", data.reviewed_by), ("机构负责人", ""))
    rows = tuple(
        Row(
            (
                _caption(part),
                Cell(Words(name, VALUE, "center", lines=1)),
                _caption("签名"),
                Cell(Words("")),
                _caption("日期"),
                Cell(Words("")),
            ),
            34,
        )
        for part, name in people
    )
    return Table(widths, rows, together=True)


def _caption(text: str) -> Cell:
    mark: Mark = Words(text, LABEL, "center", lines=1)
    return Cell(mark, shade=SHADE, pad=2)
