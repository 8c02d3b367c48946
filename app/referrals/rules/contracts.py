"""A family-doctor contract on a day: which year of services it is in, how each stands, when it is over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

_A_DAY = timedelta(days=1)


class Course(StrEnum):
    """How a service stands: `LATE` behind what the time calls for, `PRESSING` owed before the year is over."""

    DONE = "done"
    ON = "on"
    LATE = "late"
    PRESSING = "pressing"
    AS_NEEDED = "as_needed"

    @property
    def words(self) -> str:
        return _COURSES[self]

    @property
    def behind(self) -> bool:
        return self in (Course.LATE, Course.PRESSING)


_COURSES = {
    Course.DONE: "已完成",
    Course.ON: "按进度",
    Course.LATE: "落后",
    Course.PRESSING: "年度将满",
    Course.AS_NEEDED: "按需",
}


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both included."""

    begins: date
    ends: date

    def holds(self, day: date) -> bool:
        return self.begins <= day <= self.ends

    def part(self, day: date) -> float:
        """How much of it is over on the evening of a day, 0–1."""
        whole = (self.ends - self.begins).days + 1
        return min(1.0, max(0.0, ((day - self.begins).days + 1) / whole))


@dataclass(frozen=True)
class Progress:
    """One service in a year: done of owed, how many the time calls for, and what follows."""

    done: int
    owed: int
    expected: int
    course: Course

    @property
    def words(self) -> str:
        """`2 / 4`, `3 次` where nothing is owed in number."""
        return f"{self.done} / {self.owed}" if self.owed else f"{self.done} 次"


def years_on(day: date, years: int) -> date:
    """The same day so many years later; of the 29th of February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def last_day(begins: date, years: int) -> date:
    """The last day of so many years that begin on a day."""
    return years_on(begins, years) - _A_DAY


def goes_on_until(term: Span, day: date, *, renews: bool) -> date:
    """Its last day as seen on a day: a contract that renews by itself goes on by as many years as were agreed."""
    if not renews or day <= term.ends:
        return term.ends
    years = max(1, round((term.ends - term.begins).days / 365))
    begins = term.ends + _A_DAY
    turns = 1
    while last_day(begins, years * turns) < day:
        turns += 1
    return last_day(begins, years * turns)


def service_year(begins: date, ends: date, day: date) -> Span:
    """The year of services a day is in; before the first it is the first, after the end the last."""
    day = min(max(day, begins), ends)
    turns = 0
    while years_on(begins, turns + 1) <= day:
        turns += 1
    return Span(years_on(begins, turns), min(last_day(begins, turns + 1), ends))


def progress(owed: int, done: int, year: Span, day: date, press_days: int = 60) -> Progress:
    """How a service stands on a day. Owed pro rata of the year, whole ones only; in its last days all of it."""
    if owed == 0:
        return Progress(done, 0, 0, Course.AS_NEEDED)
    left = (year.ends - day).days
    expected = int(owed * year.part(day) + 1e-9)
    if done >= owed:
        course = Course.DONE
    elif left < press_days:
        course, expected = Course.PRESSING, owed
    elif done < expected:
        course = Course.LATE
    else:
        course = Course.ON
    return Progress(done, owed, expected, course)


def next_due(owed: int, done: int, year: Span) -> date | None:
    """The day by which the next one is due, as `progress` counts; None where no more are owed."""
    if done >= owed:
        return None
    whole = (year.ends - year.begins).days + 1
    return year.begins + timedelta(days=ceil(whole * (done + 1) / owed - 1e-9) - 1)


@dataclass(frozen=True)
class Belonging:
    """What makes somebody one of a group: an age, beginnings of ICD codes, an ability level (0–4); none: by hand."""

    age: int | None = None
    icd: tuple[str, ...] = ()
    level: int | None = None

    def holds(self, age: int | None, codes: Collection[str], level: int | None) -> bool:
        if self.age is not None:
            return age is not None and age >= self.age
        if self.level is not None:
            return level is not None and level >= self.level
        return any(code.upper().startswith(self.icd) for code in codes) if self.icd else False
