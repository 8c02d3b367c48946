"""Planned sessions: the times at which a programme item is to be done, derived from its week, and their states.

A planned session is never stored; what is stored is what was changed of it and what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.care.rules import Hours, minute_of

EXTRA = "+"
"""Begins the slot of a session that is one more than the week says."""
SessionKey = tuple[UUID, date, str]
"""Item, service date and slot a session is named by: where it was planned first, wherever it went."""


@dataclass(frozen=True)
class Weekly:
    """One revision of an item as far as sessions need it: it counts from `since` until the next one was written.

    `week`: its times as "1 09:00" (Monday) … "7 15:30". `ends` is the last day.
    """

    item: UUID
    week: tuple[str, ...]
    minutes: int
    therapist: UUID | None
    begins: date
    ends: date | None
    since: datetime
    until: datetime | None

    def times(self, day: date) -> tuple[str, ...]:
        """The times of a date, earliest first."""
        if day < self.begins or (self.ends is not None and day > self.ends):
            return ()
        weekday = str(day.isoweekday())
        return tuple(sorted(time for number, time in map(str.split, self.week) if number == weekday))


@dataclass(frozen=True)
class Planned:
    """One session as planned: `key` names it, `day` and `time` say where it stands now; `at`, `ends` are instants."""

    key: SessionKey
    day: date
    time: str
    at: datetime
    minutes: int
    therapist: UUID | None
    moved: bool = False

    @property
    def item(self) -> UUID:
        return self.key[0]

    @property
    def ends(self) -> datetime:
        return self.at + timedelta(minutes=self.minutes)


class SessionState(StrEnum):
    """What a session is at an instant."""

    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"
    ABSENT = "absent"
    SICK = "sick"
    RUNNING = "running"
    CANCELLED = "cancelled"
    AWAY = "away"
    PLANNED = "planned"
    DUE = "due"
    UNRECORDED = "unrecorded"

    @property
    def held(self) -> bool:
        """Whether there was training."""
        return self in (SessionState.DONE, SessionState.PARTLY)

    @property
    def missed(self) -> bool:
        """Whether it was to be held and was not: it waits to be made up for or let go."""
        return self in (SessionState.REFUSED, SessionState.ABSENT, SessionState.SICK, SessionState.UNRECORDED)

    @property
    def open(self) -> bool:
        """Whether it waits for the therapist now."""
        return self in (SessionState.DUE, SessionState.RUNNING)


def weekly_sessions(weekly: Iterable[Weekly], days: Iterable[date], hours: Hours) -> Iterator[Planned]:
    """Every session of the items' weeks on the dates, each from the revision that stood at its time."""
    dates = tuple(days)
    for one in weekly:
        for day in dates:
            for time in one.times(day):
                at = hours.moment(day, minute_of(time))
                if one.since <= at and (one.until is None or at < one.until):
                    yield Planned((one.item, day, time), day, time, at, one.minutes, one.therapist)


def state_of(
    planned: Planned, now: datetime, *, closes: datetime, early: timedelta, away: bool = False
) -> SessionState:
    """What a session nobody has recorded is now; `closes`: when it becomes unrecorded."""
    if away:
        return SessionState.AWAY
    if now < planned.at - early:
        return SessionState.PLANNED
    return SessionState.DUE if now <= closes else SessionState.UNRECORDED
