"""康复计划: problems, goals, programme, what everybody minds, stop rules, and who signed and consented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.printing.sheet import MEASURE, Cell, Heading, Mark, Part, Row, Sheet, Space, Stack, Table, Words
from app.printing.sheets.cells import SMALL
from app.printing.sheets.heading import Whose
from app.printing.sheets.rehab_parts import (
    BOLD,
    FINE,
    TEXT,
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

TITLE = "康复计划"


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A functional problem: what it is about (身体, 活动 …), its ICF code, its words."""

    kind: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A line of the programme; `often`: how often and how long; `when`: its times of the week; `goal`: 短1."""

    badge: str
    words: str
    dose: str
    often: str
    when: str
    place: str
    therapist: str
    goal: str
    note: str


@dataclass(frozen=True, slots=True)
class RehabPlanSheet:
    """Everything printed. `state`: how it stands, in words; `team`: people with their parts."""

    whose: Whose
    number: str
    words: str
    diagnosis: str
    state: str
    phase: str
    period: str
    review_on: str
    lead: str
    evaluation: str
    measures: str
    problems: tuple[ProblemLine, ...]
    contraindications: tuple[str, ...]
    goals: tuple[GoalWords, ...]
    items: tuple[ItemLine, ...]
    precautions: tuple[str, ...]
    guard: str
    exercises: tuple[str, ...]
    aids: tuple[str, ...]
    education: tuple[str, ...]
    stops: tuple[str, ...]
    team: str
    signed: tuple[Signature, ...]
    consent: str
    printed_at: datetime
    printed_by: str


def sheet(data: RehabPlanSheet) -> Sheet:
    """Two pages as a rule."""
    parts: list[Part] = [*head_parts(data.whose, TITLE, f"计划号：{data.number}"), _facts(data), Space(4)]
    parts += [Heading("一、功能问题与禁忌"), _problems(data), _forbidden(data), Space(4)]
    parts += [Heading("二、康复目标"), goal_table(data.goals), Space(4)]
    parts += [Heading("三、治疗项目"), _items(data), Space(4)]
    parts += [Heading("四、监护、训练与辅具"), _besides(data), Space(4)]
    parts += [
        Heading("五、出现下列情况立即停止训练，报告医生"),
        texts(("停止规则", "；".join(data.stops))),
        Space(4),
    ]
    parts += [Heading("六、签名与知情同意"), signatures(data.signed)]
    parts += [note(data.consent)]
    return Sheet(
        title=f"{TITLE} {data.whose.name} {data.number}",
        number=data.number,
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
    )


def _facts(data: RehabPlanSheet) -> Table:
    return pairs(
        ("计划名称", data.words),
        ("计划状态", data.state),
        ("计划周期", data.period),
        ("复评日期", data.review_on),
        ("病程阶段", data.phase),
        ("责任康复师", data.lead),
        ("依据评定", data.evaluation),
        ("疗效量表", data.measures),
        ("诊断", data.diagnosis),
    )


def _problems(data: RehabPlanSheet) -> Table:
    rows = [captions("层面", "编码", "功能问题")]
    rows += [Row((short(one.kind), short(one.code), text(one.words)), 19) for one in data.problems]
    if not data.problems:
        rows.append(Row((Cell(Words("没有记录功能问题。", SMALL, "center"), 3),), 19))
    return Table((66.0, 66.0, MEASURE - 132.0), tuple(rows), header=1)


def _forbidden(data: RehabPlanSheet) -> Table:
    return texts(("禁忌注意", listed(data.contraindications) or "没有已知的禁忌。"))


def _items(data: RehabPlanSheet) -> Table:
    widths = (34.0, MEASURE - 344.0, 76.0, 92.0, 46.0, 56.0, 40.0)
    rows = [captions("专业", "项目与剂量", "频次", "时间", "地点", "康复师", "目标")]
    for one in data.items:
        said: tuple[Mark, ...] = (Words(one.words, BOLD),)
        said += (Words(one.dose, TEXT),) if one.dose else ()
        said += (Words(one.note, FINE),) if one.note else ()
        cells = (
            short(one.badge),
            Cell(Stack(said)),
            short(one.often, lines=2),
            short(one.when or "未排", lines=4),
        )
        more = (short(one.place, lines=2), short(one.therapist or "未定", lines=2), short(one.goal))
        rows.append(Row((*cells, *more), 24))
    if not data.items:
        rows.append(Row((Cell(Words("没有治疗项目。", SMALL, "center"), 7),), 20))
    return Table(widths, tuple(rows), header=1)


def _besides(data: RehabPlanSheet) -> Table:
    return texts(
        ("注意事项", listed(data.precautions)),
        ("监护要求", data.guard),
        ("床旁训练", listed(data.exercises)),
        ("辅具处方", "、".join(data.aids)),
        ("宣教", listed(data.education)),
        ("康复团队", data.team),
    )
