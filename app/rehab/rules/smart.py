"""What a goal must say to be SMART: action, condition, measure with unit and target, date, the problem it serves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

BLANK = "＿＿"
"""What a template leaves open, to be filled in before a goal stands."""
SHORT, LONG = "short", "long"
_USUAL = {SHORT: (2, 4), LONG: (12, 26)}
"""Weeks a short (2–4 周) and a long goal (3–6 个月) usually have."""
_WORDS = {SHORT: "短期目标", LONG: "长期目标"}


@dataclass(frozen=True)
class Smart:
    """A goal as it is written. `measure`: code of an instrument or a plain measure; `unit`: what it is counted in;
    `begins` and `due`: from when until when; `problem`: code of the problem it serves."""

    term: str
    action: str
    condition: str
    measure: str
    unit: str
    start: float | None
    target: float | None
    begins: date
    due: date | None
    problem: str


@dataclass(frozen=True)
class Fault:
    """What is wrong, beside the field it is about; `must`: the goal cannot stand so, else it is only said."""

    field: str
    words: str
    must: bool = True


def faults(goal: Smart) -> tuple[Fault, ...]:
    """Every part that is missing or does not hold together, in the order of the form."""
    return (*_what(goal), *_measured(goal), *_timed(goal))


def goal_words(goal: Smart, measure_words: str = "") -> str:
    """The goal as one line: `4 周内，在一人轻扶下由床坐起至站立，连续 5 次（Barthel 床椅转移 5→10）`."""
    condition, action = goal.condition.strip(), goal.action.strip()
    joint = "" if not condition or condition.endswith(("下", "独立")) else "，"
    said = f"{condition}{joint}{action}"
    weeks = f"{_weeks(goal.due - goal.begins)} 周内，" if goal.due is not None else ""
    return f"{weeks}{said}{_span(goal, measure_words)}"


def _what(goal: Smart) -> list[Fault]:
    found = []
    if not goal.action.strip():
        found.append(Fault("action", "写出要做到的具体动作，例如“由床坐起至站立”。"))
    elif BLANK in goal.action:
        found.append(Fault("action", "动作里还有空格没有填。"))
    if not goal.condition.strip():
        found.append(Fault("condition", "写出在什么条件下做，例如“一人轻扶下”。"))
    elif BLANK in goal.condition:
        found.append(Fault("condition", "条件里还有空格没有填。"))
    if not goal.problem:
        found.append(Fault("problem", "选这个目标要解决的问题。"))
    return found


def _measured(goal: Smart) -> list[Fault]:
    if not goal.measure:
        return [Fault("measure", "选用什么来衡量：量表、次数、米、分钟或毫升。")]
    found = []
    if not goal.unit:
        found.append(Fault("unit", "写出单位，例如 分、次、米。"))
    if goal.target is None:
        return [*found, Fault("target", "写出要达到的数值。")]
    if goal.start is None:
        found.append(Fault("start", "没有写现在的数值，以后看不出进步。", must=False))
    elif goal.start == goal.target:
        found.append(
            Fault(
                "target", "目标值与现在的数值相同；只求保持的，请在动作里写明“保持”。", must=not _keeps(goal)
            )
        )
    return found


def _timed(goal: Smart) -> list[Fault]:
    if goal.due is None:
        return [Fault("due", "写出期限。")]
    if goal.due <= goal.begins:
        return [Fault("due", "期限应在开始日期之后。")]
    least, most = _USUAL[goal.term]
    days = goal.due - goal.begins
    if not timedelta(weeks=least) <= days <= timedelta(weeks=most):
        usual = f"{least}–{most} 周" if goal.term == SHORT else "3–6 个月"
        return [Fault("due", f"{_WORDS[goal.term]}通常为 {usual}，请核对期限。", must=False)]
    return []


def _keeps(goal: Smart) -> bool:
    return any(word in goal.action for word in ("保持", "维持", "不加重", "不下降", "无新发"))


def _weeks(span: timedelta) -> int:
    return max(1, round(span.days / 7))


def _span(goal: Smart, measure_words: str) -> str:
    if goal.target is None or not goal.measure:
        return ""
    to = f"{goal.target:g}"
    span = f"{goal.start:g}→{to}" if goal.start is not None and goal.start != goal.target else to
    counted = f"{span}{goal.unit}" if goal.unit in ("%", "°") else f"{span} {goal.unit}".strip()
    return f"（{' '.join(part for part in (measure_words, counted) if part)}）"
