"""What stands on some dates, which every placing is measured against: sessions, taken times, how they are told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select

from app.access.names import author_names
from app.care.derived import hours_of
from app.core.clock import local
from app.core.errors import Refusal
from app.core.unit import Reader
from app.rehab.day import rehab_day
from app.rehab.derived import Held, derive
from app.rehab.lists.disciplines import disciplines
from app.rehab.rules.conflicts import Conflict, Placed, Taken, conflicts_of, conflicts_with
from app.rehab.rules.sessions import SessionKey, SessionState
from app.rehab.taken import Off, taken_of
from db.models import Resident

_FREED = frozenset(
    {
        SessionState.CANCELLED,
        SessionState.AWAY,
        SessionState.REFUSED,
        SessionState.ABSENT,
        SessionState.SICK,
        SessionState.UNRECORDED,
    }
)
"""A session in such a state takes nobody's time."""
_NAMES = select(Resident.rid, Resident.name).where(Resident.rid.in_(bindparam("rids", expanding=True)))
UNDECIDED = "未定康复师"
_WEEKDAYS = "一二三四五六日"


class InTwoPlaces(Refusal):
    """Somebody would be in two places: `names` are what it may be accepted by, `told` each of them in a sentence."""

    def __init__(self, text: str, names: tuple[str, ...], told: tuple[str, ...]) -> None:
        super().__init__(text, field="time")
        self.names, self.told = names, told


@dataclass(frozen=True)
class Told:
    """How a session is told in a sentence about a conflict."""

    resident: str
    therapist: str
    short: str
    words: str = ""


@dataclass(frozen=True)
class Around:
    """Frozen, so that a screen can measure a session against it while somebody moves it."""

    zone: str
    placed: tuple[Placed, ...]
    taken: tuple[Taken, ...]
    told: Mapping[SessionKey, Told]
    accepted: frozenset[str]
    rest: timedelta

    def conflicts(self) -> tuple[Conflict, ...]:
        """Those that stand and nobody has accepted."""
        found = conflicts_of(self.placed, self.taken, self.rest)
        return tuple(one for one in found if one.name not in self.accepted)

    def with_these(self, fresh: Sequence[Placed]) -> tuple[Conflict, ...]:
        """Those these sessions would make."""
        return conflicts_with(fresh, self.placed, self.taken, self.rest)

    def settle(self, fresh: Sequence[Placed], accept: Collection[str]) -> tuple[list[str], tuple[str, ...]]:
        """The conflicts these sessions make that were accepted by name, and sentences about those that do not block.

        Refuses what blocks and was not accepted, saying who and what.
        """
        found = self.with_these(fresh)
        left = [one for one in found if one.blocks and one.name not in accept]
        if left:
            said = "；".join(self.words(one) for one in left[:3])
            more = f"等 {len(left)} 处" if len(left) > 3 else ""
            names, told = tuple(one.name for one in left), tuple(self.words(one) for one in left)
            raise InTwoPlaces(f"时间冲突：{said}{more}。请换一个时间。", names, told)
        accepted = sorted({one.name for one in found if one.blocks})
        return accepted, tuple(dict.fromkeys(self.words(one) for one in found if not one.blocks))

    def words(self, conflict: Conflict) -> str:
        """`赵树仁 周四 11-19 10:30 同时排了 何静 PT 与 苏婉 OT`."""
        said = [self.told[key] for key in conflict.sessions if key in self.told]
        when = when_words(self.zone, conflict.at)
        if not said:
            return f"{when} {conflict.words}"
        one = said[0]
        named = f"{one.resident} {one.short}"
        if conflict.kind in ("therapist", "resident") and len(said) > 1:
            if conflict.kind == "resident":
                parts = [f"{part.therapist} {part.short}" for part in said]
                if len(set(parts)) == 1:
                    parts = [f"{part.therapist} {part.words or part.short}" for part in said]
                both = " 与 ".join(parts)
                return f"{one.resident} {when} 同时排了 {both}"
            both = " 与 ".join(f"{part.resident} {part.short}" for part in said)
            return f"{one.therapist} {when} 同时排了 {both}"
        if conflict.kind == "off":
            return f"{one.therapist} {when} {conflict.words}，不在岗（{named}）"
        if conflict.kind == "away":
            return f"{named} {when} 老人{conflict.words}"
        return f"{named} {when} {conflict.words}"


def around(
    reader: Reader,
    days: Sequence[date],
    fresh: Iterable[tuple[Placed, str]] = (),
    held: Iterable[Held] | None = None,
    offs: Iterable[Off] | None = None,
) -> Around:
    """Everything on these dates. `fresh`: sessions that come there, with their disciplines, to be told of as well;
    `held` and `offs` where somebody has asked for them already."""
    sessions = list(derive(reader, None, days) if held is None else held)
    coming = list(fresh)
    staff = author_names(reader)
    names = resident_names(
        reader, {one.item.resident for one in sessions} | {one.resident for one, _ in coming}
    )

    def told(resident: UUID, therapist: UUID | None, discipline: str, words: str = "") -> Told:
        who = UNDECIDED if therapist is None else staff.get(therapist, UNDECIDED)
        return Told(names.get(resident, "别的老人"), who, short_of(discipline), words)

    here = {
        one.key: told(one.item.resident, therapist_of(one), one.item.discipline, one.item.words)
        for one in sessions
    }
    return Around(
        zone=reader.settings.zone,
        placed=tuple(placed for one in sessions if (placed := placed_of(one)) is not None),
        taken=taken_of(reader, None, days, hours_of(reader), offs),
        told=here | {one.key: told(one.resident, one.therapist, discipline) for one, discipline in coming},
        accepted=frozenset(name for one in sessions for name in accepted_of(one)),
        rest=rehab_day().rest,
    )


def placed_of(held: Held) -> Placed | None:
    """A session as it takes its people's time, None where it takes none any more."""
    if held.state in _FREED:
        return None
    planned = held.planned
    therapist, together = therapist_of(held), held.item.together
    return Placed(held.key, held.item.resident, therapist, planned.at, planned.ends, together)


def therapist_of(held: Held) -> UUID | None:
    """Who worked with the resident, else who is to."""
    recorded = held.session.therapist if held.session is not None else None
    return recorded or held.planned.therapist


def accepted_of(held: Held) -> tuple[str, ...]:
    """The conflicts of this session that somebody has accepted."""
    return (*held.item.accepted, *(held.booking.accepted if held.booking is not None else ()))


def short_of(discipline: str) -> str:
    """`PT`; what the list does not know as it is."""
    known = disciplines().get(discipline)
    return discipline if known is None else known.short


def resident_names(reader: Reader, rids: Collection[UUID]) -> dict[UUID, str]:
    return {row.rid: row.name for row in reader.session.execute(_NAMES, {"rids": list(rids)})}


def when_words(zone: str, at: datetime) -> str:
    """`周四 11-19 10:30`."""
    wall = local(zone, at)
    return f"周{_WEEKDAYS[wall.weekday()]} {wall:%m-%d %H:%M}"
