"""The form of one goal as data, and what its values say; SMART faults stand beside their fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date
from app.rehab.drafted import GoalDraft
from app.rehab.form.evaluation import reason_fields
from app.rehab.lists.measures import measure_words, measures
from app.rehab.lists.surroundings import problems as listed_problems
from app.rehab.measured import Measure
from app.rehab.planning.forms import LONGEST_TEXT
from app.rehab.rules.evaluation import Problem
from app.rehab.rules.smart import LONG, SHORT, Smart, goal_words

Values = Mapping[str, Value]
TERMS = (Choice(LONG, "长期目标（3–6 个月）"), Choice(SHORT, "短期目标（2–4 周）"))


def goal_fields(
    problems: Sequence[Problem], longs: Sequence[GoalDraft], today: date, *, changing: bool = False
) -> Form:
    """What is asked of a goal. `longs`: the long goals it may lead to; `changing`: it stands already."""
    fields: tuple[Field, ...] = (
        Field("term", "哪一种", Kind.CHOICE, required=True, choices=TERMS, wide=True),
        Field("condition", "在什么条件下", max_length=LONGEST_TEXT, wide=True, placeholder="如 一人轻扶下、持助行器"),
        Field("action", "做到什么", max_length=LONGEST_TEXT, wide=True, placeholder="如 由床坐起至站立，无头晕"),
        Field("measure", "用什么衡量", Kind.CHOICE, choices=_measures(), placeholder="量表、次数、米、分钟 …"),
        Field("unit", "单位", max_length=10),
        Field("baseline", "现在", Kind.NUMBER, decimals=2),
        Field("target", "目标", Kind.NUMBER, decimals=2),
        Field("due_on", "期限", Kind.DATE, earliest=today),
        Field("problem", "解决哪个问题", Kind.CHOICE, listed=True, choices=_problems(problems)),
    )  # fmt: skip
    if longs:
        choices = tuple(Choice(one.key, _short(one.action)) for one in longs)
        fields = (*fields, Field("serves", "为哪个长期目标", Kind.CHOICE, choices=choices, wide=True))
    weights = tuple(Choice(str(number), str(number)) for number in range(1, 6))
    weight = Field("weight", "GAS 总分里的权重", Kind.CHOICE, choices=weights, wide=True, hint="不选是 1")
    reason = reason_fields().sections if changing else ()
    return Form((Section("", fields), Section("权重", (weight,), folded=True), *reason))


def goal_values(goal: GoalDraft) -> dict[str, Value]:
    """What the fields show of a goal."""
    return {
        "term": goal.term,
        "condition": goal.condition,
        "action": goal.action,
        "measure": goal.measure,
        "unit": goal.unit,
        "baseline": _number_words(goal.baseline),
        "target": _number_words(goal.target),
        "due_on": goal.due_on.isoformat() if goal.due_on else "",
        "problem": goal.problem,
        "serves": goal.serves,
        "weight": str(goal.weight) if goal.weight != 1 else "",
    }


def read_goal(values: Values, before: GoalDraft) -> GoalDraft:
    """The goal the values say."""
    return replace(
        before,
        term=_text(values, "term") or before.term,
        condition=_text(values, "condition"),
        action=_text(values, "action"),
        measure=_text(values, "measure"),
        unit=_text(values, "unit"),
        baseline=_number(_text(values, "baseline")),
        target=_number(_text(values, "target")),
        due_on=read_date(_text(values, "due_on")),
        problem=_text(values, "problem"),
        serves=_text(values, "serves") if _text(values, "term") == SHORT else "",
        weight=int(_text(values, "weight") or 1),
    )


def line_words(goal: GoalDraft, begins: date) -> str:
    """`4 周内，一人轻扶下，由床坐起至站立（每组成功次数 0→5 次）`."""
    said = Smart(
        goal.term, goal.action, goal.condition, goal.measure, goal.unit, goal.baseline, goal.target,
        goal.begins or begins, goal.due_on, goal.problem,
    )  # fmt: skip
    return goal_words(said, measure_words(goal.measure))


def start_words(measure: Measure | None) -> str:
    """`上次 45 分（11-20）`: what the instrument found last."""
    if measure is None or measure.last is None:
        return ""
    return f"上次 {measure.last.words}（{measure.last.on:%m-%d}）"


def _measures() -> tuple[Choice, ...]:
    return tuple(Choice(one.code, f"{one.words}（{one.unit}）") for one in measures().values())


def _problems(known: Sequence[Problem]) -> tuple[Choice, ...]:
    """The plan's problems; while it has none, all of them."""
    if known:
        return tuple(Choice(one.code, one.words) for one in known)
    return tuple(Choice(one.code, one.words) for one in listed_problems().values())


def _short(words: str) -> str:
    return words if len(words) <= 24 else f"{words[:23]}…"


def _number_words(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _text(values: Values, key: str) -> str:
    value = values.get(key, "")
    return value if isinstance(value, str) else ""
