"""Putting sessions on the board: the conflicts a placing would make, their sentences, and who accepted them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.care.derived import hours_of
from app.care.rules import Hours
from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.rehab.derived import Held, derive
from app.rehab.rules.conflicts import Conflict, Placed, conflicts_of
from app.rehab.rules.sessions import SessionKey, SessionState
from app.rehab.taken import taken_of
from db.models import Resident

AHEAD = 14
"""Days ahead for which a week is looked through when it is put on the board."""
_GONE = (
    SessionState.CANCELLED,
    SessionState.REFUSED,
    SessionState.ABSENT,
    SessionState.SICK,
    SessionState.UNRECORDED,
)


def placed_of(held: Held) -> Placed:
    """A derived session as conflicts see it."""
    planned, item = held.planned, held.item
    return Placed(planned.key, item.resident, planned.therapist, planned.at, planned.ends, item.together)


def standing_on(reader: Reader, days: Sequence[date], without: Collection[SessionKey] = ()) -> list[Placed]:
    """Everything that stands on the board of the house on these dates, but what was cancelled or missed."""
    return [
        placed_of(held)
        for held in derive(reader, None, days)
        if held.state not in _GONE and held.key not in without
    ]


def conflicts_with(
    reader: Reader, placed: Sequence[Placed], standing: Sequence[Placed], days: Sequence[date]
) -> tuple[Conflict, ...]:
    """The conflicts that these placings would have with what stands, and among themselves."""
    taken = taken_of(reader, {one.resident for one in placed}, days, hours_of(reader))
    mine = {one.key for one in placed}
    found = conflicts_of([*standing, *placed], taken)
    return tuple(one for one in found if mine & set(one.sessions))


def refuse_conflicts(
    unit: Unit, conflicts: Sequence[Conflict], around: Sequence[Placed], accept: Collection[str]
) -> list[str]:
    """Refuses what blocks and was not accepted by name, saying who and what; gives back the names that were."""
    blocking = [one for one in conflicts if one.blocks]
    left = [one for one in blocking if one.name not in accept]
    if left:
        words = Words(unit)
        said = "；".join(words.of(one, around) for one in left[:3])
        more = f"等 {len(left)} 处" if len(left) > 3 else ""
        raise Refusal(f"时间冲突：{said}{more}。请换一个时间。", field="time")
    return sorted({one.name for one in blocking})


class Words:
    """Sentences about conflicts, with the names of whoever is in them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._hours: Hours = hours_of(reader)
        self._staff: Mapping[UUID, str] = author_names(reader)

    def of(self, conflict: Conflict, around: Sequence[Placed]) -> str:
        """`赵树仁 11-19 10:30 同时排了何静与苏婉`."""
        placed = {one.key: one for one in around}
        at = f"{self._hours.wall(conflict.at):%m-%d %H:%M}"
        sessions = [placed[key] for key in conflict.sessions if key in placed]
        residents = [self._resident(one.resident) for one in sessions]
        therapists = [self._staff.get(one.therapist, "未定") if one.therapist else "未定" for one in sessions]
        match conflict.kind:
            case "therapist":
                return f"{therapists[0]} {at} 同时排了{'与'.join(residents)}"
            case "resident":
                return f"{residents[0]} {at} 同时排了{'与'.join(therapists)}"
            case "off":
                return f"{therapists[0]} {at} {conflict.words}，不在岗"
            case "away":
                return f"{residents[0]} {at} {conflict.words}"
        return f"{residents[0]} {at} 与{conflict.words}重叠"

    def _resident(self, rid: UUID) -> str:
        name = self._reader.session.scalar(select(Resident.name).where(Resident.rid == rid))
        return name or "别的老人"
