"""Conflicts of a week that nobody has accepted, in words, and for each the free times that would settle it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.core.unit import Reader
from app.rehab.around import Around, therapist_of
from app.rehab.derived import Held
from app.rehab.queries.week_rows import Clash, Offer
from app.rehab.queries.week_sessions import LIVE
from app.rehab.rules.conflicts import Conflict
from app.rehab.rules.sessions import SessionKey, SessionState
from app.rehab.scheduling.free import Wanting, free_times

OFFERED = 6
"""Conflicts for which times are looked for; the others get theirs when these are settled."""
_WEEKDAYS = "一二三四五六日"


def clashes_of(
    reader: Reader, held: Sequence[Held], whole: Around, conflicts: Sequence[Conflict], days: Sequence[date]
) -> tuple[Clash, ...]:
    known = {one.key: one for one in held}
    live = {one.key for one in held if one.state in LIVE}
    shown = [one for one in conflicts if one.blocks and live & set(one.sessions)]
    return tuple(
        Clash(
            one.name,
            whole.words(one),
            one.sessions,
            _offers(reader, one, known, whole, days) if place < OFFERED else (),
        )
        for place, one in enumerate(shown)
    )


def _offers(
    reader: Reader, conflict: Conflict, known: Mapping[SessionKey, Held], whole: Around, days: Sequence[date]
) -> tuple[Offer, ...]:
    """The nearest free time of each of its sessions that may still be moved, the last one put there first."""
    found = []
    for key in reversed(conflict.sessions):
        held = known[key]
        if held.session is not None or held.state is SessionState.RUNNING:
            continue
        planned, item = held.planned, held.item
        near = (planned.day, planned.time)
        wanting = Wanting(key, item.resident, therapist_of(held), planned.minutes, near, item.together)
        for day, time in free_times(reader, whole, wanting, days, most=1):
            on = "" if day == planned.day else f"周{_WEEKDAYS[day.weekday()]} "
            found.append(Offer(key, day, time, f"改 {whole.told[key].short} 到 {on}{time}"))
    return tuple(sorted(found, key=lambda one: one.day != known[one.key].planned.day))
