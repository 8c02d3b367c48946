"""Shifts of the institution's day, over midnight too, and the instants of nominal times in the institution's zone.

A slot is a service date and a nominal time, `00:00` to `24:00`, or a shift's key (once in that shift). 24:00 belongs to
the date it ends, 00:00 to the date it begins: one is never the other. A shift that goes over midnight belongs to the
date it begins on, and takes the early times of the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 24 * 60
_ONE = timedelta(days=1)


def minute_of(clock: str) -> int:
    """Minutes of the day of `HH:MM`, 0 to 1440."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def clock_words(minute: int) -> str:
    """`HH:MM`, with 24:00 for the day's end."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


@dataclass(frozen=True)
class Windows:
    """How long before its time a slot may be recorded, how long after it is unrecorded, and when it is too late."""

    early: timedelta = timedelta(minutes=60)
    late: timedelta = timedelta(minutes=60)
    record_within: timedelta = timedelta(hours=24)


@dataclass(frozen=True)
class Shift:
    """`begins` and `ends` in minutes of the day; one that ends before it begins goes over midnight."""

    key: str
    words: str
    begins: int
    ends: int
    icon: str = "clock"

    @property
    def crosses(self) -> bool:
        return self.ends <= self.begins

    @property
    def hours(self) -> str:
        """`23:00–次日07:00`."""
        over = "次日" if self.crosses and self.ends else ""
        return f"{clock_words(self.begins)}–{over}{clock_words(self.ends)}"

    def holds(self, minute: int) -> int | None:
        """Days between the shift's date and the service date of a nominal time that lies in it; None if it does not."""
        if self.crosses:
            return 0 if minute >= self.begins else 1 if minute < self.ends else None
        return 0 if self.begins <= minute < self.ends or minute == self.ends == DAY else None


@dataclass(frozen=True)
class SlotTime:
    """When a slot is: its instant, the window in which it may be recorded without being unrecorded, its shift."""

    at: datetime
    opens: datetime
    closes: datetime
    shift_day: date
    shift: str


@dataclass
class Hours:
    """The institution's clock for care: its zone, its shifts, its windows."""

    zone: str
    shifts: tuple[Shift, ...]
    windows: Windows = Windows()
    _moments: dict[tuple[date, int], datetime] = field(default_factory=dict, repr=False)
    _times: dict[tuple[date, str, int], SlotTime] = field(default_factory=dict, repr=False)

    def shift(self, key: str) -> Shift | None:
        return next((one for one in self.shifts if one.key == key), None)

    def moment(self, day: date, minute: int) -> datetime:
        """The instant of a nominal time of a service date. Where the clock is put on or back, the hour that is
        missing lies after the change and the one that comes twice is its first: both stay on their date."""
        known = self._moments.get((day, minute))
        if known is None:
            wall = datetime.combine(
                day + timedelta(days=minute // DAY),
                time(minute % DAY // 60, minute % 60),
                ZoneInfo(self.zone),
            )
            known = self._moments[day, minute] = wall.astimezone(UTC)
        return known

    def wall(self, moment: datetime) -> datetime:
        """An instant as the institution's wall clock shows it."""
        return moment.astimezone(ZoneInfo(self.zone))

    def span(self, day: date, shift: Shift) -> tuple[datetime, datetime]:
        """When the shift of a date begins and ends."""
        ends_on = day + _ONE if shift.crosses else day
        return self.moment(day, shift.begins), self.moment(ends_on, shift.ends)

    def at(self, moment: datetime) -> tuple[date, Shift]:
        """The shift that goes on at an instant, with the date it belongs to."""
        wall = self.wall(moment)
        minute = wall.hour * 60 + wall.minute
        for shift in self.shifts:
            if (later := shift.holds(minute)) is not None:
                return wall.date() - timedelta(days=later), shift
        raise ValueError(f"no shift at {clock_words(minute)}")

    def of(self, day: date, minute: int) -> tuple[date, Shift]:
        """The shift a nominal time of a service date lies in, with that shift's date.

        24:00 is the end of a shift that ends with the day, and lies inside one that goes over midnight.
        """
        for shift in self.shifts:
            if (later := shift.holds(minute)) is not None:
                return day - timedelta(days=later), shift
        if minute == DAY:
            return self.of(day, DAY - 1)
        raise ValueError(f"no shift at {clock_words(minute)}")

    def time(self, day: date, name: str, within: int = 0) -> SlotTime:
        """The times of a slot: a nominal time of a service date, or once in a shift of it."""
        known = self._times.get((day, name, within))
        if known is None:
            known = self._times[day, name, within] = self._time(day, name, within)
        return known

    def _time(self, day: date, name: str, within: int) -> SlotTime:
        if (whole := self.shift(name)) is not None:
            begins, ends = self.span(day, whole)
            return SlotTime(begins, begins, ends, day, name)
        minute = minute_of(name)
        at = self.moment(day, minute)
        shift_day, shift = self.of(day, minute)
        late = timedelta(minutes=within) if within else self.windows.late
        return SlotTime(at, at - self.windows.early, at + late, shift_day, shift.key)

    def before(self, day: date, shift: Shift, steps: int = 1) -> tuple[date, Shift]:
        """The shift `steps` before (after, if negative)."""
        ordered = sorted(self.shifts, key=lambda one: one.begins)
        place = ordered.index(shift) - steps
        return day + _ONE * (place // len(ordered)), ordered[place % len(ordered)]
