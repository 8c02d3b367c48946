"""Slots: the times at which a task is to be done, derived from the plan, and the state of each at an instant.

A slot is never stored. What is stored is what became of it; a slot without a record is *blank*: planned until its
window opens, due inside it, unrecorded after it, until somebody says what happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.care.rules.shifts import Hours, SlotTime


@dataclass(frozen=True)
class Planned:
    """One revision of a task as far as slots need it: it counts from `since` until the next one was written.

    `within`: minutes after which a slot is unrecorded, 0 for the institution's own.
    """

    task: UUID
    times: tuple[str, ...]
    begins: date
    ends: date | None
    since: datetime
    until: datetime | None
    weekdays: frozenset[str] = frozenset()
    within: int = 0

    def on(self, day: date) -> bool:
        """Whether the task is done on a service date at all."""
        if day < self.begins or (self.ends is not None and day > self.ends):
            return False
        return not self.weekdays or str(day.isoweekday()) in self.weekdays


@dataclass(frozen=True)
class Slot:
    """One time of one task: `day` is its service date, `name` HH:MM or a shift's key, `at` its instant.

    It may be recorded from `opens` on and is unrecorded after `closes`; `shift_day` and `shift` say whose work it is.
    """

    task: UUID
    day: date
    name: str
    time: SlotTime

    @property
    def at(self) -> datetime:
        return self.time.at

    @property
    def opens(self) -> datetime:
        return self.time.opens

    @property
    def closes(self) -> datetime:
        return self.time.closes

    @property
    def shift_day(self) -> date:
        return self.time.shift_day

    @property
    def shift(self) -> str:
        return self.time.shift

    @property
    def key(self) -> tuple[UUID, date, str]:
        return (self.task, self.day, self.name)


class SlotState(StrEnum):
    """What a slot is at an instant: an outcome that was recorded, or what its being blank means."""

    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"
    NOT_DONE = "not_done"
    AWAY = "away"
    PLANNED = "planned"
    DUE = "due"
    OVERDUE = "overdue"

    @property
    def open(self) -> bool:
        """Whether it waits for somebody now."""
        return self in (SlotState.DUE, SlotState.OVERDUE)

    @property
    def blank(self) -> bool:
        """Whether nobody has said what happened."""
        return self.open or self is SlotState.PLANNED


Wanted = frozenset[tuple[date, str]]
"""Shifts by date and key."""


def slots_of(
    planned: Iterable[Planned], days: Iterable[date], hours: Hours, wanted: Wanted | None = None
) -> Iterator[Slot]:
    """Every slot of the tasks on the service dates, each from the revision that stood at its time.

    `wanted`: only those of these shifts.
    """
    dates = tuple(days)
    for one in planned:
        for day in dates:
            if not one.on(day):
                continue
            for name in one.times:
                time = hours.time(day, name, one.within)
                if wanted is not None and (time.shift_day, time.shift) not in wanted:
                    continue
                # once in a shift: planned during the shift still counts for it
                stands_at = time.closes if name == time.shift else time.at
                if one.since <= stands_at and (one.until is None or stands_at < one.until):
                    yield Slot(one.task, day, name, time)


def state_of(slot: Slot, now: datetime, outcome: str = "", *, away: bool = False) -> SlotState:
    """What a slot is now: what was recorded stands before everything; then being away; then the time."""
    if outcome:
        return SlotState(outcome)
    if away:
        return SlotState.AWAY
    if now < slot.opens:
        return SlotState.PLANNED
    return SlotState.DUE if now <= slot.closes else SlotState.OVERDUE
