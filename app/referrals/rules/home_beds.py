"""Rounds of a home bed: when the next one is due, whether it is late, how long a period may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

_WEEK = 7


@dataclass(frozen=True)
class RoundDue:
    """`on`: the day the next round is owed at the latest; `late` days past it, the grace included; 0: in time."""

    on: date
    late: int


def next_round(last: date, visits_week: int, day: date, grace: int) -> RoundDue:
    """After `last` (a round, or the opening) the next one is owed within a week's share."""
    on = last + timedelta(days=ceil(_WEEK / max(visits_week, 1)))
    past = (day - on).days
    return RoundDue(on, past if past > grace else 0)


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def this_week(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=_WEEK - 1)
