"""康复评定表: one evaluation; a middle or final one beside the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.printing.sheet import MEASURE, Cell, Heading, Ink, Part, Row, Sheet, Space, Table, Words
from app.printing.sheets.cells import SMALL, label
from app.printing.sheets.heading import Whose
from app.printing.sheets.rehab_parts import (
    BOLD,
    NAME,
    Signature,
    captions,
    head_parts,
    pairs,
    short,
    signatures,
    text,
    texts,
)

TITLE = "康复评定表"


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the form, now and before; `before` is the same where nothing changed."""

    name: str
    now: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class ProblemNow:
    """A functional problem and what became of it since the evaluation before: 新增, 仍有, 已解决."""

    kind: str
    code: str
    words: str
    since: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """What an instrument found, before and now; `change` says what it means, in words."""

    name: str
    before: str
    now: str
    change: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class RehabEvaluationSheet:
    """Everything printed. `before`: which evaluation it is held against, empty for a first one."""

    whose: Whose
    number: str
    stage: str
    cause: str
    day: str
    phase: str
    by: str
    plan: str
    before: str
    condition: str
    diagnosis: Said
    texts: tuple[Said, ...]
    problems: tuple[ProblemNow, ...]
    held: tuple[str, ...]
    denied: str
    vitals: str
    measures: tuple[MeasureLine, ...]
    ranges: tuple[Said, ...]
    closing: tuple[Said, ...]
    correction: str
    retracted: str
    printed_at: datetime
    printed_by: str


def sheet(data: RehabEvaluationSheet) -> Sheet:
    """One to three pages."""
    parts: list[Part] = [
        *head_parts(data.whose, TITLE, f"评定编号：{data.number}"),
        *_remarks(data),
        _facts(data),
    ]
    parts += [Space(4), Heading("一、诊断与病史"), _two(data, (data.diagnosis, *data.texts)), Space(4)]
    parts += [Heading("二、禁忌与体征"), _forbidden(data), Space(4)]
    parts += [Heading("三、功能问题"), _problems(data), Space(4)]
    parts += [Heading("四、量表结果"), _measures(data), Space(4)]
    if data.ranges:
        parts += [Heading("五、关节活动度"), _ranges(data), Space(4)]
    parts += [Heading(f"{'六' if data.ranges else '五'}、小结与下一步"), _two(data, data.closing), Space(4)]
    parts += [signatures((Signature("评定人", data.by), Signature("医师"), Signature("老年人或\n代理人")))]
    return Sheet(
        title=f"{TITLE} {data.stage} {data.whose.name} {data.day}",
        number=data.number,
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
    )


def _remarks(data: RehabEvaluationSheet) -> list[Part]:
    said = [f"本次评定已作废：{data.retracted}"] if data.retracted else []
    said += [f"本次评定已更正：{data.correction}"] if data.correction else []
    rows = tuple(Row((Cell(Words(words, Ink("heavy", 10.5, 8)), pad=0),), 18) for words in said)
    return [Table((MEASURE,), rows, ruled=False)] if rows else []


def _facts(data: RehabEvaluationSheet) -> Table:
    return pairs(
        ("评定阶段", data.stage),
        ("评定原因", data.cause),
        ("评定日期", data.day),
        ("病程阶段", data.phase),
        ("病种", data.condition),
        ("康复计划", data.plan),
        *((("对比评定", data.before),) if data.before else ()),
    )


def _two(data: RehabEvaluationSheet, said: tuple[Said, ...]) -> Table:
    """What changed stands beside what was said before; the same, and a first one, over the whole width."""
    shown = tuple(one for one in said if one.now or one.before)
    if not data.before:
        return texts(*((one.name, one.now) for one in shown))
    half = (MEASURE - NAME) / 2
    rows = [captions("项目", "前次", "本次")]
    for one in shown:
        same = one.now == one.before
        cells = (text(one.now, across=2),) if same else (text(one.before), text(one.now))
        rows.append(Row((label(one.name), *cells), 20))
    return Table((NAME, half, half), tuple(rows), header=1)


def _forbidden(data: RehabEvaluationSheet) -> Table:
    held = "\n".join(data.held) if data.held else "没有已知的禁忌。"
    return texts(("有", held), ("已询问，无", data.denied), ("评定时体征", data.vitals))


def _problems(data: RehabEvaluationSheet) -> Table:
    since = 56.0 if data.before else 0.0
    names = ("层面", "编码", "功能问题", *(("对比",) if since else ()))
    widths = (56.0, 56.0, MEASURE - 112.0 - since, *((since,) if since else ()))
    rows = [captions(*names)]
    for one in data.problems:
        more = (short(one.since),) if since else ()
        rows.append(Row((short(one.kind), short(one.code), text(one.words), *more), 19))
    if not data.problems:
        rows.append(Row((Cell(Words("没有功能问题。", SMALL, "center"), len(widths)),), 19))
    return Table(widths, tuple(rows), header=1)


def _measures(data: RehabEvaluationSheet) -> Table:
    if not data.measures:
        return texts(("量表", "没有量表结果。"))
    if not data.before:
        rows = [captions("量表", "结果")]
        rows += [Row((text(one.name, SMALL), text(one.now, BOLD)), 20) for one in data.measures]
        return Table((MEASURE * 0.45, MEASURE * 0.55), tuple(rows), header=1)
    side, name = 112.0, 126.0
    rows = [captions("量表", "前次", "本次", "变化")]
    for one in data.measures:
        change = Cell(Words(one.change or "—", BOLD if one.grave else SMALL))
        rows.append(
            Row(
                (
                    text(one.name, SMALL),
                    short(one.before or "—", lines=2),
                    short(one.now, BOLD, lines=2),
                    change,
                ),
                22,
            )
        )
    return Table((name, side, side, MEASURE - name - 2 * side), tuple(rows), header=1)


def _ranges(data: RehabEvaluationSheet) -> Table:
    """Two joints to a row without an evaluation before, else one with both."""
    if data.before:
        room = (MEASURE - 130.0) / 2
        rows = [captions("关节活动", "前次", "本次")]
        rows += [
            Row((text(one.name, SMALL), short(one.before or "—"), short(one.now, BOLD)), 18)
            for one in data.ranges
        ]
        return Table((130.0, room, room), tuple(rows), header=1)
    room, rows = MEASURE / 2 - 110.0, [captions("关节活动", "角度", "关节活动", "角度")]
    for place in range(0, len(data.ranges), 2):
        cells: list[Cell] = []
        for one in data.ranges[place : place + 2]:
            cells += [text(one.name, SMALL), short(one.now)]
        rows.append(Row((*cells, *(Cell(Words("")) for _ in range(4 - len(cells)))), 18))
    return Table((110.0, room) * 2, tuple(rows), header=1)
