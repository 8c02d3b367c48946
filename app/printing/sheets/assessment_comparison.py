"""评估对比: two assessments of one instrument side by side, what changed item by item, and the curve of all so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.sheet import MEASURE, Cell, Heading, Ink, Mark, Part, Row, Sheet, Space, Stack, Table, Words
from app.printing.sheets.ability_outcome import head
from app.printing.sheets.cells import LABEL, SHADE, SMALL, VALUE
from app.printing.sheets.heading import Whose, person_words, title_table
from app.printing.sheets.score_curve import Curve, curve_figure

TITLE = "评估对比"
_CAPTION = 76.0
_NUMBER, _WAY = 30.0, 50.0
_NAME = (84.0, 170.0)
_BOLD = Ink("heavy", 10, 8)
_TEXT = Ink("song", 9.5, 8)
_FOOT = Ink("song", 8.5, 7, gray=0.3)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two assessments; `total` (or the measured value) empty where it has none."""

    day: date
    number: str
    occasion: str
    total: str
    finding: str
    signers: str
    conclusion: str


@dataclass(frozen=True, slots=True)
class Score:
    """A score as printed, or what was said instead of one, and the words that were chosen."""

    points: str
    text: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item that changed; `way` says whether for the better, `grave` that it got worse."""

    number: str
    name: str
    before: Score
    after: Score
    way: str
    grave: bool


@dataclass(frozen=True, slots=True)
class SubLine:
    """A sub-score on either side, empty where there was none, with what was said of it; `maximum` 0: no points."""

    name: str
    maximum: int
    before: tuple[str, str]
    after: tuple[str, str]
    way: str
    grave: bool


@dataclass(frozen=True, slots=True)
class AssessmentComparison:
    """Everything printed. Times are the institution's local time. `same`: how many items did not change."""

    whose: Whose
    instrument: str
    notes: tuple[str, ...]  # what has to be known to read it, such as two versions of the form
    before: Side
    after: Side
    verdict: str  # the change of the total in words
    subs: tuple[SubLine, ...]
    items: tuple[ItemLine, ...]
    same: int
    curve: Curve | None
    curve_title: str
    value: str  # what the total is called, or what is measured
    printed_at: datetime
    printed_by: str


def sheet(data: AssessmentComparison) -> Sheet:
    """The comparison as data."""
    who = Words(person_words(data.whose, f"量表：{data.instrument}"), Ink("song", 10, 7), lines=2)
    parts: list[Part] = [
        title_table(data.whose.institution, TITLE),
        Table((MEASURE,), (Row((Cell(who, pad=0),), 18),), ruled=False),
        _sides(data),
        Space(4),
    ]
    if data.curve is not None:
        figure = curve_figure(data.curve, MEASURE - 12)
        parts += [
            Heading(data.curve_title),
            Table((MEASURE,), (Row((Cell(figure, pad=6),), 0),), together=True),
            Space(4),
        ]
    if data.subs:
        parts += [Heading("各部分得分"), _subs(data.subs), Space(4)]
    parts += [Heading("变化的项目"), *_items(data)]
    return Sheet(
        title=f"{TITLE} {data.instrument} {data.whose.name} {data.after.day:%Y-%m-%d}",
        number="",
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
    )


def _sides(data: AssessmentComparison) -> Table:
    room = (MEASURE - _CAPTION) / 2
    earlier, later = data.before, data.after
    rows = [
        Row((_caption(""), _caption("前次评估"), _caption("本次评估")), 19),
        _pair("评估日期", f"{earlier.day:%Y-%m-%d}", f"{later.day:%Y-%m-%d}"),
        _pair("评估编号", earlier.number, later.number),
        _pair("评估原因", earlier.occasion, later.occasion),
        _pair(data.value, earlier.total, later.total) if earlier.total or later.total else None,
        _pair("结果", earlier.finding, later.finding, _BOLD),
        _pair("评估员", earlier.signers, later.signers),
        _pair("评估结论", earlier.conclusion, later.conclusion),
        Row((_caption("变化"), Cell(Words(data.verdict, _BOLD), across=2)), 20),
        Row((_caption("说明"), Cell(Words("\n".join(data.notes), SMALL), across=2)), 19)
        if data.notes
        else None,
    ]
    return Table((_CAPTION, room, room), tuple(row for row in rows if row is not None))


def _pair(name: str, before: str, after: str, ink: Ink = VALUE) -> Row:
    return Row((_caption(name), *(Cell(Words(words or "—", ink)) for words in (before, after))), 19)


def _subs(subs: tuple[SubLine, ...]) -> Table:
    widths = (170.0, 60.0, 90.0, 90.0, MEASURE - 410.0)
    rows = [Row(tuple(head(words) for words in ("项目", "满分", "前次", "本次", "变化")), 19)]
    for each in subs:
        sides = tuple(
            Cell(Words(f"{points or '—'} {said}".strip(), _BOLD, "center", lines=1), pad=2)
            for points, said in (each.before, each.after)
        )
        name = Cell(Words(each.name, LABEL, "center", lines=1), pad=3)
        most = Cell(Words(str(each.maximum or "—"), LABEL, "center"), pad=2)
        rows.append(Row((name, most, *sides, _way(each.way or "不变", grave=each.grave)), 19))
    return Table(widths, tuple(rows), header=1)


def _items(data: AssessmentComparison) -> tuple[Part, ...]:
    same = f"其余 {data.same} 项没有变化。" if data.items else f"{data.same} 项都没有变化。"
    note = Table((MEASURE,), (Row((Cell(Words(same, _FOOT), pad=0),), 16),), ruled=False)
    if not data.items:
        return (note,)
    longest = max(len(each.name) for each in data.items)
    name = min(max(longest * 10 + 10, _NAME[0]), _NAME[1])
    room = (MEASURE - _NUMBER - name - _WAY) / 2
    rows = [Row(tuple(head(words) for words in ("序号", "评估项目", "前次", "本次", "变化")), 19)]
    rows += [
        Row(
            (
                Cell(Words(each.number, LABEL, "center", lines=1), pad=2),
                Cell(Words(each.name, Ink("song", 10, 8))),
                Cell(_score(each.before)),
                Cell(_score(each.after)),
                _way(each.way, grave=each.grave),
            ),
            20,
        )
        for each in data.items
    ]
    return (Table((_NUMBER, name, room, room, _WAY), tuple(rows), header=1), note)


def _score(score: Score) -> Mark:
    if not score.text:
        return Words(score.points or "—", _TEXT)
    if score.text.startswith(score.points):  # a measured number, or a grade in its words
        return Words(score.text, _TEXT)
    return Stack((Words(f"{score.points} 分", _BOLD), Words(score.text, _TEXT)))


def _way(words: str, *, grave: bool) -> Cell:
    return Cell(Words(words, _BOLD if grave else _TEXT, "center", lines=1), pad=2)


def _caption(text: str) -> Cell:
    return Cell(Words(text, LABEL, "center", lines=1), shade=SHADE, pad=2)
