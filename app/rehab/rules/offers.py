"""Times to offer for a session: the usual ones and the half hours of a day, the nearest first; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from app.care.rules import clock_words, minute_of

STEP = 30


def times_between(begins: int, ends: int, usual: Iterable[str], minutes: int) -> tuple[str, ...]:
    """The usual times and every half hour at which so many minutes still find room in the day, earliest first."""
    halves = {clock_words(minute) for minute in range(begins, ends + 1, STEP)}
    return tuple(sorted(one for one in halves | set(usual) if begins <= minute_of(one) <= ends - minutes))


def nearest(
    places: Iterable[tuple[date, str]], wanted: tuple[date, str], usual: Sequence[str]
) -> list[tuple[date, str]]:
    """The same day first, then the days round it; within a day usual times first, then the nearest to the time."""
    day, time = wanted

    def rank(one: tuple[date, str]) -> tuple[int, bool, int, date, str]:
        away = abs((one[0] - day).days)
        return (away, one[1] not in usual, abs(minute_of(one[1]) - minute_of(time)), one[0], one[1])

    return sorted(places, key=rank)


def spread(weekdays: Sequence[int], count: int, used: Iterable[int] = ()) -> tuple[int, ...]:
    """So many of these weekdays, as evenly over the week as they come with those used already; each once, fewer where
    there are not enough."""
    most = min(count, len(weekdays))
    if most < 1:
        return ()
    standing = tuple(used)

    def unevenness(chosen: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
        whole = sorted({*standing, *chosen})
        following = [*whole[1:], whole[0] + 7]
        return (sum((later - one) ** 2 for one, later in zip(whole, following, strict=True)), chosen)

    return min(combinations(sorted(weekdays), most), key=unevenness)
