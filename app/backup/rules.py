"""Names of backups, which of them are kept, and when the next one is due: pure rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

ENDING = ".csb"
DAILY, WEEKLY, MONTHLY = 7, 4, 12
_NAME = re.compile(r"(?P<whose>carestation-[0-9A-Z]{1,18}-[0-9]{2})-(?P<at>[0-9]{8}-[0-9]{6})\.csb")
_MOMENT = "%Y%m%d-%H%M%S"
ROUND, LEAST_AHEAD = 1000, 1000
MOST_HOURS = 24


@dataclass(frozen=True)
class Name:
    """Whose backup a file is, and of which moment on the institution's wall clock."""

    whose: str
    at: datetime

    @property
    def text(self) -> str:
        return f"{self.whose}-{self.at.strftime(_MOMENT)}{ENDING}"


def whose(institution_code: str, station: str) -> str:
    """The beginning of the names of a station's backups, never the same for two (统一社会信用代码, 站点编号)."""
    return f"carestation-{institution_code}-{station}"


def parsed(name: str) -> Name | None:
    """A file's name read; None for any other file, which nobody here ever touches."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return Name(found["whose"], datetime.strptime(found["at"], _MOMENT))  # noqa: DTZ007  # a wall clock's time
    except ValueError:
        return None


def free_name(owner: str, at: datetime, taken: Collection[str]) -> Name:
    """The name for a moment; a second later for each one that is taken: a backup never replaces another."""
    name = Name(owner, at.replace(microsecond=0, tzinfo=None))
    while name.text in taken:
        name = Name(owner, name.at + timedelta(seconds=1))
    return name


def kept(moments: Collection[datetime], newest: datetime | None = None) -> frozenset[datetime]:
    """The moments to keep: the last of each of the 7 latest days, 4 weeks (ISO) and 12 months that have any.

    Counted by the backups there are, not by the calendar: a station that was off for a year loses nothing. `newest` is
    kept whatever the clock said before: a wrong clock must not throw away the backup just made.
    """
    wanted = set() if newest is None else {newest}
    wanted |= _latest(moments, DAILY, lambda moment: moment.date())
    wanted |= _latest(moments, WEEKLY, lambda moment: moment.isocalendar()[:2])
    wanted |= _latest(moments, MONTHLY, lambda moment: (moment.year, moment.month))
    return frozenset(wanted)


def due(last: datetime | None, opened: datetime, now: datetime, hours: int) -> bool:
    """Whether the next automatic backup is due: so many hours after the last one, or after the station was opened.

    A last one in the future (the clock was put back) does not hold the next one off.
    """
    since = max((moment for moment in (last, opened) if moment is not None and moment <= now), default=None)
    return since is None or now - since >= timedelta(hours=hours)


def number_after_restore(number: int) -> int:
    """The next number of a sequence in a restored station: at least 1,000 ahead, just above a round thousand.

    Numbers given and printed after the backup are not in it, and must never be given twice.
    """
    return -(-(number + LEAST_AHEAD) // ROUND) * ROUND + 1


def _latest(
    moments: Collection[datetime], count: int, period: Callable[[datetime], Hashable]
) -> set[datetime]:
    last: dict[Hashable, datetime] = {}
    for moment in sorted(moments):
        last[period(moment)] = moment
    return set(list(last.values())[-count:])
