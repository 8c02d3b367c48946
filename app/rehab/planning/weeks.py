"""The week of an item before it is put on the board: what it would meet in the days ahead, and who accepted it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from app.care.derived import hours_of
from app.care.spans import absences_of
from app.core.unit import Unit
from app.rehab.around import around, placed_of
from app.rehab.derived import derive
from app.rehab.reading import weeks_of
from app.rehab.revising import follow
from app.rehab.rules.conflicts import Placed
from app.rehab.rules.sessions import Planned, Weekly, weekly_sessions
from app.residents.stating.revising import newest
from db.models import RehabItem

AHEAD = 14
"""Days ahead for which a week is looked through when it is put on the board."""


@dataclass(frozen=True)
class Week:
    """What the board would have to hold of an item: fields as `db.models.RehabItem` has them."""

    rid: UUID
    resident: UUID
    week: Sequence[str]
    minutes: int
    therapist: UUID | None
    begins: date
    ends: date | None
    together: str
    discipline: str


def accepted_week(unit: Unit, items: Sequence[Week], accept: Collection[str]) -> list[str]:
    """Refuses a week that meets something which blocks, unless it was accepted by name; gives back these names.

    The days ahead are looked through: what comes later is looked at when it is booked, and stands on the board in red.
    """
    weekly = [
        Weekly(one.rid, tuple(one.week), one.minutes, one.therapist, one.begins, one.ends, unit.now, None)
        for one in items
        if one.week
    ]
    if not weekly:
        return []
    first = max(unit.today, min(one.begins for one in weekly))
    days = [first + timedelta(days=step) for step in range(AHEAD)]
    whose = {one.rid: one for one in items}
    absences = absences_of(unit, {one.resident for one in items})
    placed = [
        Placed(one.key, whose[one.item].resident, one.therapist, one.at, one.ends, whose[one.item].together)
        for one in _coming(unit, weekly, days, {one.resident for one in items})
        if not any(
            span.covers(one.at) for span in absences[whose[one.item].resident]
        )  # nothing is asked then
    ]
    others = [one for one in derive(unit, None, days) if one.item.rid not in whose]
    told = [(one, whose[one.key[0]].discipline) for one in placed]
    return around(unit, days, told, others).settle(placed, accept)[0]


def _coming(
    unit: Unit, weekly: Sequence[Weekly], days: Sequence[date], residents: Collection[UUID]
) -> Iterator[Planned]:
    """The sessions these weeks would ask for from now on: today none where the week before has some today."""
    fresh = {one.item: one for one in weekly}
    before = [
        replace(one, until=one.until or unit.now)
        for item, weeks in weeks_of(unit, residents)
        if item.rid in fresh
        for one in weeks
    ]
    for one in weekly_sessions([*before, *weekly], days, hours_of(unit)):
        if one.at >= unit.now and one.time in fresh[one.item].times(one.day):
            yield one


def accept_return(unit: Unit, plan: UUID, first: date, accept: Collection[str]) -> None:
    """Refuses that the sessions of a plan stand again from a day on where this puts somebody in two places, unless it
    was accepted by name; the items keep these names. To be asked once the plan is written.

    Time off is not asked about: each of these sessions stands in red on the board, and is moved by itself.
    """
    days = [first + timedelta(days=step) for step in range(AHEAD)]
    held = derive(unit, None, days)
    whole = replace(around(unit, days, held=held, offs=()), taken=())
    places = [placed_of(one) for one in held if one.plan.rid == plan]
    fresh = [one for one in places if one is not None and one.ends > unit.now]
    whole.settle(fresh, {*accept, *whole.accepted})
    names: dict[UUID, set[str]] = defaultdict(set)
    ours = {one.key for one in fresh}
    for one in whole.with_these(fresh):
        if one.blocks and one.name not in whole.accepted:
            for key in ours & set(one.sessions):
                names[key[0]].add(one.name)
    for rid, more in names.items():
        row = newest(unit, RehabItem, rid)
        if row is not None:
            follow(unit, row, "冲突已确认", {"accepted": sorted({*row.accepted, *more})})
