"""The week of an item before it is put on the board: what it would meet in the days ahead, and who accepted it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.care.derived import hours_of
from app.care.spans import absences_of
from app.core.unit import Unit
from app.rehab.around import around
from app.rehab.derived import derive
from app.rehab.rules.conflicts import Placed
from app.rehab.rules.sessions import Weekly, weekly_sessions

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
        for one in weekly_sessions(weekly, days, hours_of(unit))
        if not any(
            span.covers(one.at) for span in absences[whose[one.item].resident]
        )  # nothing is asked then
    ]
    others = [one for one in derive(unit, None, days) if one.item.rid not in whose]
    told = [(one, whose[one.key[0]].discipline) for one in placed]
    return around(unit, days, told, others).settle(placed, accept)[0]
