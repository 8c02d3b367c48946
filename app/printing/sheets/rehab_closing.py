"""康复结案小结: how a plan ended: what was measured first and last, its goals, what was held, what is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.printing.sheet import MEASURE, Cell, Heading, Part, Row, Sheet, Space, Table, Words
from app.printing.sheets.cells import SMALL
from app.printing.sheets.heading import Whose
from app.printing.sheets.rehab_evaluation import MeasureLine
from app.printing.sheets.rehab_parts import (
    BOLD,
    GoalWords,
    Signature,
    captions,
    goal_table,
    head_parts,
    listed,
    note,
    pairs,
    short,
    signatures,
    text,
    texts,
)

TITLE = "康复结案小结"


@dataclass(frozen=True, slots=True)
class Held:
    """Sessions of one discipline, or of all."""

    words: str
    planned: int
    held: int
    rate: str
    minutes: int


@dataclass(frozen=True, slots=True)
class RehabClosing:
    """Everything printed; `score`: goal attainment as one number, in words."""

    whose: Whose
    number: str
    words: str
    diagnosis: str
    period: str
    outcome: str
    lead: str
    doctor: str
    evaluations: str
    whole: str
    measures: tuple[MeasureLine, ...]
    goals: tuple[GoalWords, ...]
    score: str
    held: tuple[Held, ...]
    summary: str
    maintenance: tuple[str, ...]
    tasks: tuple[str, ...]
    aids: tuple[str, ...]
    printed_at: datetime
    printed_by: str


def sheet(data: RehabClosing) -> Sheet:
    """One or two pages."""
    parts: list[Part] = [*head_parts(data.whose, TITLE, f"计划号：{data.number}"), _facts(data), Space(4)]
    parts += [Heading("一、疗效"), *_measures(data), Space(4)]
    parts += [Heading("二、目标达成"), goal_table(data.goals, "结果")]
    parts += [note(data.score) if data.score else Space(2), Space(2)]
    parts += [Heading("三、训练完成情况"), _held(data), Space(4)]
    parts += [Heading("四、小结与交接"), _handed_over(data), Space(6)]
    people = (
        Signature("责任康复师", data.lead),
        Signature("医师", data.doctor),
        Signature("护理接收人"),
        Signature("老年人或\n代理人"),
    )
    return Sheet(
        title=f"{TITLE} {data.whose.name} {data.number}",
        number=data.number,
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=(*parts, signatures(people)),
    )


def _facts(data: RehabClosing) -> Table:
    return pairs(
        ("计划名称", data.words),
        ("结局", data.outcome),
        ("计划周期", data.period),
        ("康复评定", data.evaluations),
        ("诊断", data.diagnosis),
    )


def _measures(data: RehabClosing) -> tuple[Part, ...]:
    whole = texts(("总的结果", data.whole))
    if not data.measures:
        return (whole,)
    side, name = 100.0, 126.0
    rows = [captions("量表", "开始时", "结案时", "变化")]
    for one in data.measures:
        sides = (short(one.before or "—", lines=2), short(one.now, BOLD, lines=2))
        rows.append(Row((text(one.name, SMALL), *sides, text(one.change, BOLD if one.grave else SMALL)), 22))
    return (whole, Table((name, side, side, MEASURE - name - 2 * side), tuple(rows), header=1))


def _held(data: RehabClosing) -> Table:
    one = 78.0
    rows = [captions("专业", "应训次数", "完成次数", "完成率", "总分钟")]
    for place, each in enumerate(data.held):
        whole = place == len(data.held) - 1
        ink = BOLD if whole else SMALL
        numbers = (str(each.planned), str(each.held), each.rate, str(each.minutes))
        cells = (short(each.words, ink), *(short(words, ink) for words in numbers))
        rows.append(Row(cells, 19, strong=whole and place > 0))
    if not data.held:
        rows.append(Row((Cell(Words("没有训练记录。", SMALL, "center"), 5),), 19))
    return Table((MEASURE - 4 * one, *((one,) * 4)), tuple(rows), header=1)


def _handed_over(data: RehabClosing) -> Table:
    return texts(
        ("结案小结", data.summary),
        ("维持训练", listed(data.maintenance)),
        ("交护理执行", listed(data.tasks)),
        ("在借辅具", "、".join(data.aids)),
    )
