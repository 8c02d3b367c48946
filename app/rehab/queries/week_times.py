"""Times to offer: for one more session of an item on some date, or for its fixed times of every week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.around import Around, around
from app.rehab.day import rehab_day
from app.rehab.facts import ItemFact
from app.rehab.reading import plans_of
from app.rehab.rules.offers import spread
from app.rehab.scheduling.finding import item_of
from app.rehab.scheduling.free import Wanting, free_times

AHEAD = 14
"""Days that a fixed time must be free on; beyond them the board shows in red what comes in its way."""
MOST = 8


@dataclass(frozen=True)
class ItemTimes(Question[tuple[tuple[date, str], ...]]):
    """Free times of an item in the week of `monday`, from now on, the nearest to `near` first."""

    item: UUID
    monday: date
    near: tuple[date, str]
    therapist: UUID | None = None


@dataclass(frozen=True)
class WeeklyTimes(Question[tuple[str, ...]]):
    """Fixed times for what is missing of an item, spread over the week, as its `week` has them: "1 09:00"."""

    item: UUID
    therapist: UUID | None = None


@answers(ItemTimes)
def item_times(reader: Reader, question: ItemTimes) -> tuple[tuple[date, str], ...]:
    reader.require(Right.SCHEDULE_REHAB)
    item = item_of(reader, question.item)
    plan = plans_of(reader, [item.resident])[item.plan]
    week = (question.monday + timedelta(days=step) for step in range(7))
    days = [
        day
        for day in week
        if day >= reader.today and plan.begins <= day <= plan.ends and not plan.paused(day)
    ]
    if not days:
        return ()
    wanting = _wanting(item, question.therapist, question.near)
    return tuple(free_times(reader, around(reader, days), wanting, days, MOST))


@answers(WeeklyTimes)
def weekly_times(reader: Reader, question: WeeklyTimes) -> tuple[str, ...]:
    """As many as are missing, on days that have none yet, the usual times first; fewer where there are not so many."""
    reader.require(Right.SCHEDULE_REHAB)
    item = item_of(reader, question.item)
    missing = item.per_week - len(item.week)
    if missing < 1:
        raise Refusal("这个项目的次数已经排满。")
    first = max(reader.today + timedelta(days=1), item.begins)
    days = [first + timedelta(days=step) for step in range(AHEAD)]
    whole = around(reader, days)
    usual = [time.split()[1] for time in item.week] or [rehab_day().times[0]]
    wanting = _wanting(item, question.therapist, (days[0], usual[0]))
    free: dict[int, list[str]] = {}
    for weekday in range(1, 8):
        twice = [day for day in days if day.isoweekday() == weekday]
        each = [_times(reader, whole, wanting, day) for day in twice]
        if both := [time for time in each[0] if all(time in other for other in each[1:])]:
            free[weekday] = both
    used = {int(time.split()[0]) for time in item.week}
    chosen = spread([day for day in free if day not in used], missing, used)
    rest = spread([day for day in free if day in used], missing - len(chosen))
    return tuple(f"{weekday} {free[weekday][0]}" for weekday in sorted((*chosen, *rest)))


def _times(reader: Reader, whole: Around, wanting: Wanting, day: date) -> Sequence[str]:
    near = replace(wanting, near=(day, wanting.near[1]))
    return [time for _day, time in free_times(reader, whole, near, [day], 99)]


def _wanting(item: ItemFact, therapist: UUID | None, near: tuple[date, str]) -> Wanting:
    """A session that does not stand anywhere yet."""
    key = (item.rid, near[0], "")
    return Wanting(key, item.resident, therapist or item.therapist, item.minutes, near, item.together)
