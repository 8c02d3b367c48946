"""康复进展告知书: for the family, in large type and plain words: what became better, how much, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.printing.sheet import (
    MEASURE,
    Bar,
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
from app.printing.sheets.heading import Whose, title_table
from app.printing.sheets.progress_curve import ProgressCurve, progress_figure
from app.printing.sheets.rehab_parts import Signature, signatures

TITLE = "康复进展告知书"
_BODY = Ink("song", 13, 10, pitch=1.5)
_STRONG = Ink("hei", 13, 10, pitch=1.5)
_BIG = Ink("heavy", 17, 12)
_SMALL = Ink("song", 11, 9, gray=0.2, pitch=1.4)
_DAY = 88.0
_FIGURE = 196.0


@dataclass(frozen=True, slots=True)
class MeasureTold:
    """One measure: its name, what it says in plain words, its curve where there are two readings."""

    title: str
    plain: str
    curve: ProgressCurve | None
    explained: str = ""


@dataclass(frozen=True, slots=True)
class GoalWay:
    """A goal that is worked on: `share` of the way is gone, 0 … 1."""

    words: str
    share: float
    figure: str
    due: str


@dataclass(frozen=True, slots=True)
class RehabProgress:
    """Everything printed; `whole` is the head line, `reached` has days with what was reached then."""

    whose: Whose
    number: str
    plan: str
    period: str
    whole: str
    attendance: str
    measures: tuple[MeasureTold, ...]
    reached: tuple[tuple[str, str], ...]
    goals: tuple[GoalWay, ...]
    coming: tuple[str, ...]
    home: tuple[str, ...]
    lead: str
    printed_at: datetime
    printed_by: str


def sheet(data: RehabProgress) -> Sheet:
    """Two or three pages in large type."""
    parts: list[Part] = [
        title_table(data.whose.institution, TITLE),
        Space(4),
        _letter(data),
        Space(4),
        _whole(data),
    ]
    parts += [Space(6), Heading("测量结果")]
    for one in data.measures:
        parts += [_measure(one), Space(6)]
    if not data.measures:
        parts += [_lines(("这份计划没有定期测量的量表。",)), Space(6)]
    parts += [Heading("已经达到的目标"), _reached(data), Space(6)]
    if data.goals:
        parts += [Heading("正在努力的目标"), _goals(data), Space(6)]
    parts += [Heading("接下来"), _lines(data.coming), Space(6)]
    if data.home:
        parts += [Heading("家属可以帮忙"), _lines(data.home), Space(6)]
    parts += [signatures((Signature("康复师", data.lead), Signature("家属（已阅）")))]
    return Sheet(
        title=f"{TITLE} {data.whose.name} {data.printed_at:%Y-%m-%d}",
        number=data.number,
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
    )


def _letter(data: RehabProgress) -> Table:
    who = "　".join(
        part for part in (data.whose.name, data.whose.sex, data.whose.age, data.whose.bed) if part
    )
    marks = (
        Words("尊敬的家属：", _BODY),
        Words(f"　　现将 {who} 的康复情况告诉您。{data.plan}，{data.period}。{data.attendance}", _BODY),
    )
    return Table((MEASURE,), (Row((Cell(Stack(marks), pad=0),), 0),), ruled=False)


def _whole(data: RehabProgress) -> Table:
    return Table(
        (MEASURE,), (Row((Cell(Words(data.whole, _BIG, "center"), shade=0.93),), 38),), together=True
    )


def _measure(one: MeasureTold) -> Table:
    """Words and curve stay on one page."""
    rows = [Row((Cell(Words(one.title, Ink("heavy", 12.5, 9), lines=1), shade=0.945, pad=8),), 24)]
    rows.append(Row((Cell(Words(one.plain, _BODY), pad=8),), 26))
    if one.curve is not None:
        marks: tuple[Mark, ...] = (progress_figure(one.curve, MEASURE - 12),)
        marks += (Words(one.explained, _SMALL),) if one.explained else ()
        rows.append(Row((Cell(Stack(marks, 2), pad=6),), _FIGURE))
    return Table((MEASURE,), tuple(rows), together=True)


def _reached(data: RehabProgress) -> Table:
    if not data.reached:
        return _lines(("还没有目标完全达到，训练在继续。",))
    rows = [
        Row((Cell(Words(day, _BODY, lines=1), pad=6), Cell(Words(words, _STRONG), pad=8)), 26)
        for day, words in data.reached
    ]
    return Table((_DAY, MEASURE - _DAY), tuple(rows))


def _goals(data: RehabProgress) -> Table:
    """How much of the way is gone, as a bar with its words."""
    bar, due = 150.0, 92.0
    rows = []
    for one in data.goals:
        figure = Cell(Stack((Bar(one.share), Words(one.figure, _SMALL, "center", lines=1)), 2), pad=6)
        rows.append(
            Row(
                (
                    Cell(Words(one.words, _STRONG), pad=8),
                    figure,
                    Cell(Words(one.due, _SMALL, "center"), pad=3),
                ),
                36,
            )
        )
    return Table((MEASURE - bar - due, bar, due), tuple(rows))


def _lines(lines: tuple[str, ...]) -> Table:
    rows = tuple(
        Row((Cell(Words("·", _BODY, "right"), pad=2, valign="top"), Cell(Words(line, _BODY), pad=2)), 0)
        for line in lines or ("—",)
    )
    return Table((16.0, MEASURE - 16.0), rows, ruled=False)
