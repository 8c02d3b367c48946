"""A course of rehab put into the past of a resident: a plan of weeks ago, assessments, sessions that became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.assessments.instruments import shipped
from app.core.roles import Role
from app.core.unit import Unit
from app.rehab.derived import derive, session_rid
from app.rehab.planning import DrawnUp, ItemForm
from db.models import RehabSession
from tests.app.assessments.course import assessed
from tests.app.rehab.house import DAY, Gym
from tests.support.acts import Act


def barthel(gym: Gym, day: date, total: int) -> UUID:
    """A signed Barthel of a day with a total that is a multiple of 5, the first items filled up first."""
    digits, left = [], total // 5
    for item in shipped()["barthel"].items.values():
        digits.append(min(left, max(option.digit for option in item.options)))
        left -= digits[-1]
    before = gym.station.desk.actor
    gym.become(Role.NURSE)
    record = assessed(gym.station, gym.li, "barthel", day, digits)
    gym.station.desk.actor = before
    return record


def begun(gym: Gym, weeks: int, *items: ItemForm, **more: Any) -> DrawnUp:
    """A plan that has run for so many weeks, with 30 weeks in all; the clock is back on DAY at 10:00 then."""
    begins = DAY - timedelta(weeks=weeks)
    gym.put(6, 0, begins)
    drawn = gym.plan(*items, ends=begins + timedelta(weeks=30), **more)
    gym.put(10)
    return drawn


def became(gym: Gym, days: Sequence[date], said: Mapping[int, Mapping[str, Any]] | None = None) -> int:
    """Every session of these dates was held, but for those at a place of `said`, which say otherwise; how many."""
    found = gym.held(*days)

    def write(unit: Unit) -> None:
        for place, one in enumerate(derive(unit, None, days)):
            other = (said or {}).get(place, {})
            content = {"attendance": "done", "minutes": one.planned.minutes, **other}
            unit.session.add(
                RehabSession(
                    **unit.stamp(rid=session_rid(unit, one.key), at=one.planned.at),
                    revision=1, resident=one.item.resident, plan=one.plan.rid, item=one.item.rid,
                    service_date=one.key[1], slot=one.key[2], discipline=one.item.discipline, words=one.item.words,
                    therapist=one.planned.therapist, ended_at=one.planned.ends, **content,
                )
            )  # fmt: skip

    gym.do(Act(write))
    return len(found)
