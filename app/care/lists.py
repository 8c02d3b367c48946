"""Lists of care read from resources/care: the tasks, the templates of plans, the shifts and the reasons."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from app.care.rules import Hours, Shift, Windows, minute_of
from app.care.rules.shifts import DAY
from app.core.resources import resource

OWN = "other"
"""The code of a task in words of one's own."""


@dataclass(frozen=True)
class TaskKind:
    """A task as the list has it: its usual times and days, who does it, whether a resident may refuse it."""

    code: str
    words: str
    group: str = "其他"
    role: str = "caregiver"
    times: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    icon: str = "list-checks"
    may_refuse: bool = True
    within: int = 0


@dataclass(frozen=True)
class Part:
    """What a template says of one problem: the goal, and the codes of its tasks."""

    problem: str
    goal: str
    tasks: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """A template; `level` is the care level it is made for, empty for one of a problem."""

    key: str
    words: str
    level: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Reason:
    """Why something was not done as planned; `of` are the outcomes it belongs to."""

    code: str
    words: str
    of: tuple[str, ...]
    words_needed: bool = False


@cache
def task_kinds() -> dict[str, TaskKind]:
    """`resources/care/tasks.toml` by code, in its order, and last the task in words of one's own."""
    read = {
        one["code"]: TaskKind(
            one["code"],
            one["words"],
            one["group"],
            one["role"],
            tuple(one["times"]),
            tuple(one.get("weekdays", ())),
            one["icon"],
            one["may_refuse"],
            one.get("within", 0),
        )
        for one in _read("tasks")["task"]
    }
    return {**read, OWN: TaskKind(OWN, "其他")}


def task_kind(code: str) -> TaskKind:
    """The entry of a code; one the list no longer has counts as a task in words of one's own."""
    return task_kinds().get(code) or task_kinds()[OWN]


def kind_called(words: str) -> TaskKind | None:
    """The entry with these words."""
    return next((one for one in task_kinds().values() if one.words == words and one.code != OWN), None)


@cache
def templates() -> dict[str, Template]:
    """`resources/care/plans.toml` by key."""
    return {
        one["key"]: Template(
            one["key"],
            one["words"],
            one.get("level", ""),
            tuple(Part(part["problem"], part["goal"], tuple(part["tasks"])) for part in one["part"]),
        )
        for one in _read("plans")["plan"]
    }


@cache
def reasons() -> tuple[Reason, ...]:
    """`resources/care/reasons.toml` in its order."""
    return tuple(
        Reason(one["code"], one["words"], tuple(one["of"]), one.get("words_needed", False))
        for one in _read("reasons")["reason"]
    )


def reasons_of(outcome: str) -> tuple[Reason, ...]:
    """The reasons an outcome may have."""
    return tuple(one for one in reasons() if outcome in one.of)


def why_words(code: str, note: str = "") -> str:
    """A reason in words, with what was written beside it."""
    known = next((one for one in reasons() if one.code == code), None)
    said = code if known is None else known.words
    if known is not None and known.words_needed and note:
        return note
    return f"{said}（{note}）" if said and note else said or note


@cache
def shifts() -> tuple[Shift, ...]:
    """`resources/care/shifts.toml` in its order; they must fill the day and not overlap."""
    made = tuple(
        Shift(one["key"], one["words"], minute_of(one["begins"]), minute_of(one["ends"]), one["icon"])
        for one in _read("shifts")["shift"]
    )
    for minute in range(DAY):
        if sum(shift.holds(minute) is not None for shift in made) != 1:
            raise ValueError(f"shifts.toml: not exactly one shift at minute {minute}")
    return made


@cache
def hours_in(zone: str) -> Hours:
    """The institution's clock for care."""
    window = _read("shifts")["window"]
    return Hours(
        zone,
        shifts(),
        Windows(
            timedelta(minutes=window["early_minutes"]),
            timedelta(minutes=window["late_minutes"]),
            timedelta(hours=window["record_within_hours"]),
        ),
    )


@cache
def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads(resource("care", f"{name}.toml").read_text(encoding="utf-8"))
    return read
