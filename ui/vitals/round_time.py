"""Which round of which day is entered, and at what time a row of it counts as measured."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.clock import local
from app.core.form import fold
from app.vitals.catalogue import Round, late_after_minutes, rounds

_WEEKDAYS = "一二三四五六日"
_TIME = re.compile(r"(?:(\d{1,2})[-月/.](\d{1,2})日? +)?(\d{1,2}):?(\d{2})")


@dataclass(frozen=True)
class RoundTime:
    """One round: its day (the one it begins on) and its kind, in the institution's zone."""

    day: date
    kind: Round
    zone: str

    @property
    def since(self) -> datetime:
        return datetime.combine(self.day, self.kind.begins, ZoneInfo(self.zone))

    @property
    def until(self) -> datetime:
        """The last moment of it: a round that ends before it begins goes over midnight."""
        over = self.kind.ends <= self.kind.begins
        day = self.day + timedelta(days=1) if over else self.day
        return datetime.combine(day, self.kind.ends, ZoneInfo(self.zone)) - timedelta(seconds=1)

    @property
    def last(self) -> datetime:
        """A round that takes longer than it should is still this one for a while: nothing is dated back unasked."""
        return self.until + timedelta(minutes=late_after_minutes())

    @property
    def nominal(self) -> datetime:
        return datetime.combine(self.day, self.kind.nominal, ZoneInfo(self.zone))

    @property
    def key(self) -> str:
        """As a draft remembers it."""
        return f"{self.day.isoformat()} {self.kind.code}"

    @property
    def day_words(self) -> str:
        return f"{self.day:%m-%d} 周{_WEEKDAYS[self.day.weekday()]}"

    def begun(self, now: datetime) -> bool:
        return self.since <= now

    def on(self, day: date) -> RoundTime:
        return RoundTime(day, self.kind, self.zone)

    def of_kind(self, code: str) -> RoundTime:
        return RoundTime(self.day, next(one for one in rounds() if one.code == code), self.zone)

    def before(self) -> tuple[RoundTime, ...]:
        """The rounds of the day before this one, the latest first."""
        days = (self.day, self.day - timedelta(days=1))
        every = [RoundTime(day, kind, self.zone) for day in days for kind in reversed(rounds())]
        return tuple(one for one in every if one.since < self.since)[: len(rounds())]

    def measured_at(self, now: datetime) -> datetime:
        """Now while the round goes on; its nominal time when it is entered later."""
        return now if self.since <= now <= self.last else min(self.nominal, now)


def round_now(zone: str, now: datetime) -> RoundTime:
    """The round that goes on now."""
    here = local(zone, now)
    for one in rounds():
        for day in (here.date(), here.date() - timedelta(days=1)):
            found = RoundTime(day, one, zone)
            if found.since <= now <= found.until:
                return found
    return RoundTime(here.date(), rounds()[0], zone)


def read_time(text: str, shown: RoundTime) -> datetime | None:
    """`8:05`, `0805`, `11-23 22:10`: on the round's own night or day; None where it is no time."""
    match = _TIME.fullmatch(fold(text).replace("：", ":"))
    if match is None:
        return None
    month, day, hour, minute = match.groups()
    zone = ZoneInfo(shown.zone)
    try:
        if month is not None:
            at = datetime(shown.day.year, int(month), int(day), int(hour), int(minute), tzinfo=zone)
            return at.replace(year=at.year - 1) if at.date() > shown.day + timedelta(days=1) else at
        at = datetime(shown.day.year, shown.day.month, shown.day.day, int(hour), int(minute), tzinfo=zone)
    except ValueError:
        return None
    over_midnight = shown.kind.ends <= shown.kind.begins and at.time() < shown.kind.ends
    return at + timedelta(days=1) if over_midnight else at


def is_late(at: datetime, now: datetime) -> bool:
    """Whether what is entered now for `at` will be marked 补录."""
    return now - at > timedelta(minutes=late_after_minutes())
