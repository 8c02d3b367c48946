"""Planned sessions: the times at which a programme item is to be done, derived from its week, and their states.

A planned session is never stored; what is stored is what was changed of it and what became of it.
"""

from __future__ import annotations

from collections import defaultdict
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

    def runs(self, day: date) -> bool:
        """Whether it is done on a date at all."""
        return day >= self.begins and (self.ends is None or day <= self.ends)

    def times(self, day: date) -> tuple[str, ...]:
        """The times of a date, earliest first."""
        if not self.runs(day):
            return ()
        weekday = str(day.isoweekday())
        return tuple(sorted(time for number, time in map(str.split, self.week) if number == weekday))

    def stands(self, at: datetime) -> bool:
        """Whether this revision is the one that counts at an instant."""
        return self.since <= at and (self.until is None or at < self.until)


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
    """Every session of the items' weeks on the dates, each from the revision that stood at its time.

    Other times of the week count from the next day where the item has a session already on the day they are written:
    that one is neither doubled nor lost. On the day an item was drawn up they count at once, an end always does.
    """
    dates = tuple(days)
    revisions: dict[UUID, list[Weekly]] = defaultdict(list)
    for one in weekly:
        revisions[one.item].append(one)
    for of_item in revisions.values():
        changed = {hours.wall(one.since).date() for one in of_item[1:]}
        for day in dates:
            begun = None
            if day in changed:
                begun = next((one for one in of_item if one.stands(hours.moment(day, 0))), None)
            for one in of_item:
                yield from _of_day(one, begun, day, hours)


def _of_day(one: Weekly, begun: Weekly | None, day: date, hours: Hours) -> Iterator[Planned]:
    """What a revision asks for on a date; `begun`: the one the date began with, where it was changed on that date."""
    keeps = begun is not None and begun.times(day) and one.runs(day) and one.times(day) != begun.times(day)
    source = begun if begun is not None and keeps else one
    for time in source.times(day):
        at = hours.moment(day, minute_of(time))
        if one.stands(at):
            yield Planned((one.item, day, time), day, time, at, source.minutes, source.therapist)


def state_of(
    planned: Planned, now: datetime, *, closes: datetime, early: timedelta, away: bool = False
) -> SessionState:
    """What a session nobody has recorded is now; `closes`: when it becomes unrecorded."""
    if away:
        return SessionState.AWAY
    if now < planned.at - early:
        return SessionState.PLANNED
    return SessionState.DUE if now <= closes else SessionState.UNRECORDED
