"""What a person says about one task of the plan, and its one proper form; a bad field is refused in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.care.lists import OWN, kind_called, shifts, task_kind, task_kinds
from app.care.rules import WEEKDAYS, WrongTimes, read_times, times_words
from app.core.errors import Refusal
from app.residents.rules import tidy

ROLES = {"caregiver": "护理员", "nurse": "护士"}
LONGEST_WORDS, LONGEST_TEXT, LONGEST_NOTE = 20, 60, 100


@dataclass(frozen=True)
class TaskForm:
    """One task. `times` as typed or kept (`8:00 12:00`, `q2h`, `每班`); `weekdays` 1 to 7, none for every day."""

    words: str
    times: str
    problem: str = ""
    goal: str = ""
    role: str = "caregiver"
    weekdays: tuple[str, ...] = ()
    begins: date | None = None
    ends: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Checked:
    """A task form in the shape it is kept in."""

    code: str
    times: tuple[str, ...]
    form: TaskForm


def form_of_kind(code: str, problem: str, goal: str, begins: date) -> TaskForm:
    """A task with the times the list gives it."""
    kind = task_kind(code)
    return TaskForm(kind.words, " ".join(kind.times), problem, goal, kind.role, kind.weekdays, begins=begins)


def check_task(form: TaskForm, today: date, *, new: bool = True) -> Checked:
    """The form in its proper shape. Refuses no words, no times, a day before today, too long texts."""
    words = _text(form.words, "words", "项目", LONGEST_WORDS)
    if not words:
        raise Refusal("请填写项目。", field="words")
    if form.role not in ROLES:
        raise Refusal("没有这个执行人，请重新选择。", field="role")
    try:
        times = read_times(form.times, shifts())
    except WrongTimes as wrong:
        raise Refusal(f"{wrong.text}。", field="times") from None
    if set(form.weekdays) - set(WEEKDAYS):
        raise Refusal("没有这个星期，请重新选择。", field="weekdays")
    _check_days(form, today, new=new)
    listed = kind_called(words)
    every_day = len(set(form.weekdays)) == len(WEEKDAYS)
    tidied = replace(
        form,
        words=words,
        times=times_words(times, shifts()),
        problem=_text(form.problem, "problem", "问题", LONGEST_TEXT),
        goal=_text(form.goal, "goal", "目标", LONGEST_TEXT),
        weekdays=() if every_day else tuple(sorted(set(form.weekdays))),
        note=_text(form.note, "note", "说明", LONGEST_NOTE),
    )
    return Checked(listed.code if listed else OWN, times, tidied)


def times_wrong(said: str) -> str | None:
    """What is wrong with typed times, as a sentence; none is none wrong."""
    try:
        read_times(said, shifts())
    except WrongTimes as wrong:
        return f"{wrong.text}。"
    return None


def problems_known() -> tuple[str, ...]:
    """The problems the templates name."""
    from app.care.lists import templates

    return tuple(dict.fromkeys(part.problem for one in templates().values() for part in one.parts))


def kinds_listed() -> tuple[str, ...]:
    """The words of every task in the list."""
    return tuple(one.words for one in task_kinds().values() if one.code != OWN)


def _check_days(form: TaskForm, today: date, *, new: bool) -> None:
    if form.begins is None:
        raise Refusal("请填写从哪天开始。", field="begins")
    if new and form.begins < today:
        raise Refusal("照护计划从今天起做，不能从以前的日期开始。", field="begins")
    if form.ends is not None and form.ends < form.begins:
        raise Refusal("最后一天不能早于开始的那天。", field="ends")
    if new and form.ends is not None and form.ends < today:
        raise Refusal("最后一天不能早于今天。", field="ends")


def _text(said: str, field: str, label: str, longest: int) -> str:
    text = tidy(said)
    if len(text) > longest:
        raise Refusal(f"{label}最多 {longest} 个字，现在 {len(text)} 个。", field=field)
    return text
