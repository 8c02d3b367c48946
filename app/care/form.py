"""The forms of a task, of its end, and of a correction as data, and what their values say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from app.care.forms import (
    LONGEST_NOTE,
    LONGEST_TEXT,
    LONGEST_WORDS,
    ROLES,
    TaskForm,
    kinds_listed,
    problems_known,
    times_wrong,
)
from app.care.lists import reasons
from app.care.rules import AWAY, OUTCOMES, REFUSED, WEEKDAYS, needs_why
from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date
from app.residents.rules.stated import CORRECTION_REASONS
from app.residents.vocabulary import Entry, find

Values = Mapping[str, Value]
NOW, TODAY = "now", "today"
ERROR = "error"
"""What was recorded never happened, what was planned was never meant."""


def task_fields(today: date, *, changing: bool = False) -> Form:
    """What is asked about a task."""
    fields = (
        Field(
            "words",
            "项目",
            Kind.SUGGESTED,
            required=True,
            placeholder="如 翻身，可输入 fs；列表里没有的直接写",
            max_length=LONGEST_WORDS,
            suggest=_offers(kinds_listed()),
        ),
        Field(
            "times", "时间", required=True, placeholder="如 8:00 12:00、q2h、白班、每班", check=times_wrong
        ),
        Field("weekdays", "星期", Kind.CHOICES, choices=_choices(WEEKDAYS), hint="不选就是每天"),
        Field("role", "由谁做", Kind.CHOICE, required=True, choices=_choices(ROLES)),
        Field("problem", "问题", Kind.SUGGESTED, max_length=LONGEST_TEXT, suggest=_offers(problems_known())),
        Field("goal", "目标", max_length=LONGEST_TEXT, placeholder="如 皮肤完整"),
        Field("begins", "从哪天开始", Kind.DATE, required=True, earliest=None if changing else today),
        Field("ends", "最后一天", Kind.DATE, placeholder="一直做就空着", earliest=today),
        Field("note", "说明", max_length=LONGEST_NOTE, wide=True),
    )
    return Form((Section("", fields), *(reason_section() if changing else ())))


def end_fields() -> Form:
    """What is asked to end a task."""
    when = (Choice(NOW, "现在起不做"), Choice(TODAY, "做完今天"), Choice(ERROR, "排错了，作废"))
    fields = (
        Field("on", "什么时候停", Kind.CHOICE, required=True, choices=when),
        Field("why", "为什么停", required=True, placeholder="如 目标已达到、医嘱停止", max_length=80),
    )
    return Form((Section("", fields),))


def keep_fields() -> Form:
    """What is asked to go on with a task whose basis is gone."""
    why = Field("why", "为什么继续做", required=True, placeholder="如 老人仍有需要、家属要求", max_length=80)
    return Form((Section("", (why,)),))


def read_keep(values: Values) -> str:
    """Why it goes on."""
    return _text(values, "why")


def task_values(form: TaskForm) -> dict[str, Value]:
    return {
        "words": form.words,
        "times": form.times,
        "weekdays": form.weekdays,
        "role": form.role,
        "problem": form.problem,
        "goal": form.goal,
        "begins": form.begins.isoformat() if form.begins else "",
        "ends": form.ends.isoformat() if form.ends else "",
        "note": form.note,
    }


def read_task(values: Values) -> TaskForm:
    days = values.get("weekdays", ())
    return TaskForm(
        words=_text(values, "words"),
        times=_text(values, "times"),
        problem=_text(values, "problem"),
        goal=_text(values, "goal"),
        role=_text(values, "role"),
        weekdays=days if isinstance(days, tuple) else (),
        begins=read_date(_text(values, "begins")),
        ends=read_date(_text(values, "ends")),
        note=_text(values, "note"),
    )


def read_end(values: Values, today: date) -> tuple[date | None, str]:
    """The last day and why, as the order takes them; no day for a task planned in error."""
    days = {NOW: today - timedelta(days=1), TODAY: today}
    return days.get(_text(values, "on")), _text(values, "why")


def read_reason(values: Values) -> str:
    """The reason of a change as the order takes it."""
    head, words = _text(values, "reason"), _text(values, "reason_words")
    return f"{head}：{words}" if words or head == "其他" else head


def correction_fields(*, may_refuse: bool) -> Form:
    """What is asked to correct a record; the last outcome takes it away as an error."""
    known = {key: words for key, words in OUTCOMES.items() if key != AWAY and (may_refuse or key != REFUSED)}
    fields = (
        Field(
            "outcome", "结果", Kind.CHOICE, required=True, choices=_choices({**known, ERROR: "误录，撤回"})
        ),
        Field("why", "未完成原因", Kind.CHOICE, choices=_choices({one.code: one.words for one in reasons()})),
        Field("note", "说明", max_length=LONGEST_NOTE, placeholder="要补充时写"),
    )
    return Form((Section("", fields), *reason_section("更正")))


def correction_values(outcome: str, why: str, note: str) -> dict[str, Value]:
    return {"outcome": outcome, "why": why, "note": note}


def read_correction(values: Values) -> tuple[str, str, str]:
    """Outcome (`ERROR` for an error), reason's code and note; done as planned has no reason."""
    outcome = _text(values, "outcome")
    return outcome, _text(values, "why") if needs_why(outcome) else "", _text(values, "note")


def reason_section(what: str = "修改") -> tuple[Section, ...]:
    """What is asked of every change of a record: one of five reasons, the last one in words."""
    reasons = tuple(Choice(one, one) for one in CORRECTION_REASONS)
    fields = (
        Field("reason", f"{what}原因", Kind.CHOICE, required=True, choices=reasons),
        Field("reason_words", "原因说明", placeholder="选“其他”时必填", max_length=80),
    )
    return (Section(what, fields),)


def _choices(known: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(key, words) for key, words in known.items())


def _offers(listed: tuple[str, ...]) -> Callable[[str], tuple[Choice, ...]]:
    entries = tuple(Entry(words) for words in listed)
    return lambda typed: tuple(Choice(one.words, one.words) for one in find(entries, typed))


def _text(values: Values, key: str) -> str:
    value = values.get(key, "")
    return value if isinstance(value, str) else ""
