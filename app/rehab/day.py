"""The day of rehab as resources/rehab/day.toml has it: the board's hours, usual times, windows, what is in the way."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from app.care.rules import minute_of
from app.core.resources import resource


@dataclass(frozen=True)
class Busy:
    """A time of every day at which no resident is free: a round, a meal. Minutes of the day."""

    key: str
    words: str
    begins: int
    ends: int


@dataclass(frozen=True)
class Day:
    """`begins`, `ends`, `closes` in minutes of the day; `open_days`: 1 (Monday) … 7; `parts`: GAS steps −2 … +2;
    `fresh_days`: how old a result of an instrument may be to count for an evaluation."""

    begins: int
    ends: int
    times: tuple[str, ...]
    open_days: frozenset[int]
    per_week: int
    early: timedelta
    vitals: timedelta
    usual: timedelta
    rest: timedelta
    closes: int
    busy: tuple[Busy, ...]
    parts: tuple[float, ...]
    fresh_days: int


@cache
def rehab_day() -> Day:
    """The institution's day of rehab."""
    read = tomllib.loads(resource("rehab", "day.toml").read_text("utf-8"))
    board, window = read["board"], read["window"]
    return Day(
        begins=minute_of(board["begins"]),
        ends=minute_of(board["ends"]),
        times=tuple(board["times"]),
        open_days=frozenset(board["open_days"]),
        per_week=board["per_week"],
        early=timedelta(minutes=window["early_minutes"]),
        vitals=timedelta(hours=window["vitals_hours"]),
        usual=timedelta(days=window["usual_days"]),
        rest=timedelta(minutes=window["break_minutes"]),
        closes=minute_of(window["closes"]),
        busy=tuple(
            Busy(one["key"], one["words"], minute_of(one["begins"]), minute_of(one["ends"]))
            for one in read["busy"]
        ),
        parts=tuple(read["gas"]["steps"]),
        fresh_days=read["evaluation"]["fresh_days"],
    )
