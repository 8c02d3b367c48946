"""When an order asks for doses: its days, its times, what its first day gets, when it begins, pauses and ends.

Days are counted from the order's first day, over month ends and leap days: every other day stays every other day. A
nominal time belongs to its service date, 24:00 to the date it ends and 00:00 to the date it begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.care.rules import Hours, minute_of

LONG, ONCE, STAT, PRN, SOS = "long", "once", "stat", "prn", "sos"
KINDS = {LONG: "长期", ONCE: "临时", STAT: "立即", PRN: "长期备用", SOS: "临时备用"}
"""Kinds of orders in words, as the table knows them."""
WHEN_NEEDED = frozenset({PRN, SOS})


@dataclass(frozen=True)
class Pause:
    """A time an order is suspended for, `until` None while it lasts."""

    since: datetime
    until: datetime | None

    def covers(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class Regime:
    """When doses are asked for. `first_day`: the service date of `begins`; `ends` is not included.

    `first_count` 首日次数: how many doses the first day gets, counted from its last time backwards, so that some may
    lie before the order; None: those that are still to come.
    """

    begins: datetime
    first_day: date
    times: tuple[str, ...] = ()
    ends: datetime | None = None
    every_days: int = 1
    weekdays: frozenset[str] = frozenset()
    every_weeks: int = 1
    first_count: int | None = None
    pauses: tuple[Pause, ...] = ()

    def on(self, day: date) -> bool:
        """Whether a service date is one of its days."""
        if day < self.first_day or (day - self.first_day).days % self.every_days:
            return False
        if self.weekdays and str(day.isoweekday()) not in self.weekdays:
            return False
        return (
            self.every_weeks == 1
            or (_monday(day) - _monday(self.first_day)).days // 7 % self.every_weeks == 0
        )

    def slots(self, days: Iterable[date], hours: Hours) -> Iterator[tuple[date, str, datetime]]:
        """Every service date, nominal time and instant in which a dose is asked for, paused ones among them."""
        for day in days:
            if not self.on(day):
                continue
            times = self.times
            if self.first_count is not None and day == self.first_day:
                times = times[len(times) - min(self.first_count, len(times)) :]
            for name in times:
                at = hours.moment(day, minute_of(name))
                early = at < self.begins and not (self.first_count is not None and day == self.first_day)
                if not early and (self.ends is None or at < self.ends):
                    yield day, name, at

    def paused(self, moment: datetime) -> bool:
        return any(one.covers(moment) for one in self.pauses)

    def nth(self, day: date) -> int:
        """How many of its days come before a day that is one of them: 0 for the first."""
        if self.every_weeks == 1 and not self.weekdays:
            return (day - self.first_day).days // self.every_days
        return sum(
            self.on(self.first_day + timedelta(days=step)) for step in range((day - self.first_day).days)
        )


def from_first_dose(regime: Regime, hours: Hours) -> datetime:
    """When an order begins whose times of the first day are over: with its next dose.

    Every other day, turns and the steps of a taper are then counted from a day on which something is given.
    """
    plain = replace(regime, every_days=1, every_weeks=1)
    for step in range(8):
        for _day, name, at in plain.slots([regime.first_day + timedelta(days=step)], hours):
            if not step:
                return regime.begins
            return at - timedelta(minutes=1) if name == "24:00" else at  # 24:00 is of the day it ends
    return regime.begins


def _monday(day: date) -> date:
    return day - timedelta(days=day.isoweekday() - 1)
