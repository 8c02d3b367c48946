"""Free times for a session: those that suit its resident and its therapist both, the nearest ones first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from app.care.derived import hours_of
from app.care.rules import Hours, minute_of
from app.core.unit import Reader
from app.rehab.around import Around
from app.rehab.day import rehab_day
from app.rehab.rules.conflicts import Placed, free_of
from app.rehab.rules.offers import nearest, times_between
from app.rehab.rules.sessions import SessionKey


@dataclass(frozen=True)
class Wanting:
    """A session that looks for a time near one. `key`: where it stands already is free for it."""

    key: SessionKey
    resident: UUID
    therapist: UUID | None
    minutes: int
    near: tuple[date, str]
    together: str = ""


def free_times(
    reader: Reader, whole: Around, wanting: Wanting, days: Sequence[date], most: int = 3
) -> list[tuple[date, str]]:
    """Times of these dates, from now on, that make no conflict whatever: no meal, no closed day either."""
    hours = hours_of(reader)
    board = rehab_day()
    times = times_between(board.begins, board.ends, board.times, wanting.minutes)
    places = nearest(((day, time) for day in days for time in times), wanting.near, board.times)
    later = (one for one in places if hours.moment(one[0], minute_of(one[1])) > reader.now)
    wanted = (_placed(wanting, one, hours) for one in later)
    who = (wanting.resident, wanting.therapist)
    placed = [one for one in whole.placed if one.resident == who[0] or one.therapist == who[1]]
    taken = [one for one in whole.taken if one.whose is None or one.whose in who]
    found = islice(free_of(wanted, placed, taken, whole.rest), most)
    return [(hours.wall(one.begins).date(), f"{hours.wall(one.begins):%H:%M}") for one in found]


def _placed(wanting: Wanting, place: tuple[date, str], hours: Hours) -> Placed:
    begins = hours.moment(place[0], minute_of(place[1]))
    ends = begins + timedelta(minutes=wanting.minutes)
    return Placed(wanting.key, wanting.resident, wanting.therapist, begins, ends, wanting.together)
