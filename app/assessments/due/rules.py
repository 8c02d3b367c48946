"""When an assessment is due: the causes that no assessment has answered, and what was decided about each. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

ADMISSION, INTERVAL = "admission", "interval"
FALL, RETURN, LEVEL, DOUBT = "fall", "hospital_return", "level_change", "doubt"
CAUSES = (ADMISSION, FALL, RETURN, LEVEL, DOUBT, INTERVAL)
"""Every cause; of those due on one day the first is named first."""
EVENTS = frozenset({FALL, RETURN, LEVEL, DOUBT})
OPEN, DEFERRED, WAIVED = "open", "deferred", "waived"
STATES = (OPEN, DEFERRED, WAIVED)
SOON = timedelta(days=7)
"""How far ahead a worklist looks."""
LONGEST_DEFERRAL = timedelta(days=90)
LONGEST_REASON = 100

CauseKey = tuple[str, date]
"""What a decision answers: one of CAUSES and the day it dates from."""


@dataclass(frozen=True)
class Rule:
    """What an instrument says of when it is due. `routine`: everybody of its age must have one, within
    `admission_days`, or else by `first_by` of the day the stay began; `after_days` count from an event of `after`."""

    routine: bool
    admission_days: int | None = None
    first_by: Callable[[date], date] | None = None
    after: tuple[str, ...] = ()
    after_days: int = 1
    min_age: int = 0


class Person(NamedTuple):
    """Of a resident: when the stay began, when the one before it ended, and the birth date, as far as known."""

    begins: date
    former: date | None = None
    born: date | None = None


class Last(NamedTuple):
    """The latest assessment that was really done: its date, when it was first signed, when the next is due."""

    assessed_on: date
    signed_at: datetime
    due_on: date | None = None


@dataclass(frozen=True)
class Event:
    """Something after which one assesses anew. `known_at`: an assessment of the same day counts if signed later;
    None where any of the same day counts. `instrument`: the only one it asks for, as a doubt about a result does."""

    code: str
    day: date
    known_at: datetime | None = None
    instrument: str = ""


@dataclass(frozen=True)
class Cause:
    """A reason to assess that no assessment has answered. `first_due`: when it was due before it was put off."""

    code: str
    day: date
    due_on: date
    first_due: date | None = None

    @property
    def key(self) -> CauseKey:
        return self.code, self.day


@dataclass(frozen=True)
class Decision:
    """What was decided about one cause: put off `until` a day, or, without one, not called for."""

    until: date | None


@dataclass(frozen=True)
class Line:
    """What is due of one resident by one instrument: causes in order of need, all in one state.

    `until`: the day a deferred one was put off to.
    """

    state: str
    causes: tuple[Cause, ...]
    until: date | None = None

    @property
    def due_on(self) -> date:
        return self.causes[0].due_on

    def pressing(self, today: date) -> tuple[Cause, ...]:
        """The causes one assessment now would be made for: the first, and what else is due within days."""
        horizon = max(self.due_on, today + SOON)
        return tuple(one for one in self.causes if one.due_on <= horizon)


def unanswered(rule: Rule, person: Person, last: Last | None, events: Iterable[Event]) -> tuple[Cause, ...]:
    """The causes of one resident and instrument that are still to be answered, in the order they are due."""
    found = {one.key: one for one in _by_time(rule, person, last)}
    if last is not None or (rule.after and rule.routine):  # what is no routine needs to have been used before
        found.update((one.key, one) for one in _by_events(rule, person, last, events))
    of_age = _birthday(person.born, rule.min_age) if rule.min_age and person.born is not None else None
    causes = (
        one if of_age is None or one.due_on >= of_age else replace(one, due_on=of_age)
        for one in found.values()
    )
    return tuple(sorted(causes, key=in_order))


def lines(causes: Iterable[Cause], decisions: Mapping[CauseKey, Decision], today: date) -> Iterator[Line]:
    """Every cause in exactly one line: the open ones together, those put off by their day, those not called for.

    What was put off until a day is open again on that day, and due then.
    """
    grouped: dict[tuple[str, date | None], list[Cause]] = {}
    for cause in causes:
        decision = decisions.get(cause.key)
        if decision is None:
            grouped.setdefault((OPEN, None), []).append(cause)
        elif decision.until is None:
            grouped.setdefault((WAIVED, None), []).append(cause)
        elif decision.until > today:
            grouped.setdefault((DEFERRED, decision.until), []).append(cause)
        else:
            again = max(decision.until, cause.due_on)
            grouped.setdefault((OPEN, None), []).append(
                replace(cause, due_on=again, first_due=cause.due_on if again > cause.due_on else None)
            )
    for (state, until), group in sorted(
        grouped.items(), key=lambda one: (STATES.index(one[0][0]), one[0][1] or today)
    ):
        yield Line(state, tuple(sorted(group, key=in_order)), until)


def in_order(cause: Cause) -> tuple[date, int, date]:
    """The one due first comes first."""
    return cause.due_on, CAUSES.index(cause.code), cause.day


def cause_words(code: str, day: date, *, year: int) -> str:
    """入住评估, 定期, 跌倒后 11-20; the year is said where it is another."""
    said = f"{day:%m-%d}" if day.year == year else day.isoformat()
    return {
        ADMISSION: "入住评估",
        INTERVAL: "定期",
        FALL: f"跌倒后 {said}",
        RETURN: f"返院后 {said}",
        LEVEL: f"等级变更 {said}",
        DOUBT: f"有疑问 {said}",
    }[code]


def until_wrong(until: date | None, due_on: date, today: date) -> str | None:
    """What is wrong with the day an assessment is put off to; None where it may be."""
    if until is None:
        return "请填写延到哪一天。"
    if until <= today:
        return "延期的日期应在今天以后。"
    if until > today + LONGEST_DEFERRAL:
        last = (today + LONGEST_DEFERRAL).isoformat()
        return f"最多延期 {LONGEST_DEFERRAL.days} 天（到 {last}）。长期不需要时，请用“不再需要”。"
    if until <= due_on:
        return f"本来就是 {due_on.isoformat()} 到期，延期应晚于这一天。"
    return None


def _by_time(rule: Rule, person: Person, last: Last | None) -> Iterator[Cause]:
    """Admission, and the interval since the latest; what was assessed in an earlier stay says nothing of this one."""
    fresh = last is None or (person.former is not None and last.assessed_on <= person.former)
    begins = person.begins
    if fresh and rule.routine and rule.admission_days is not None:
        yield Cause(ADMISSION, begins, begins + timedelta(days=rule.admission_days))
    elif fresh and last is not None and ADMISSION in rule.after:
        yield Cause(ADMISSION, begins, begins + timedelta(days=rule.after_days))
    elif last is None and rule.routine:
        # one that is made so often, and not at admission: the first within the first interval
        first = rule.first_by(begins) if rule.first_by is not None else begins
        yield Cause(INTERVAL if rule.first_by is not None else ADMISSION, first, first)
    if last is not None and last.due_on is not None:
        yield Cause(INTERVAL, last.due_on, last.due_on)


def _by_events(rule: Rule, person: Person, last: Last | None, events: Iterable[Event]) -> Iterator[Cause]:
    """Events since the stay began that no assessment has answered."""
    for event in events:
        called_for = event.code == DOUBT or event.code in rule.after
        if called_for and event.day >= person.begins and not _answered(event, last):
            yield Cause(event.code, event.day, event.day + timedelta(days=rule.after_days))


def _answered(event: Event, last: Last | None) -> bool:
    if last is None or last.assessed_on < event.day:
        return False
    return last.assessed_on > event.day or event.known_at is None or last.signed_at > event.known_at


def _birthday(born: date, age: int) -> date:
    """The day somebody reaches an age; who was born on 29 February, on 1 March of common years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
