"""Conflicts of a week: whoever would be in two places, or is not there, or is at table; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from app.rehab.rules.sessions import SessionKey

Kind = Literal["therapist", "resident", "away", "off", "busy", "closed"]
BLOCKING: frozenset[Kind] = frozenset({"therapist", "resident", "away", "off"})
"""Never put on the board silently: refused, unless somebody accepts each by name and it is kept who did."""
NO_REST = timedelta(0)


@dataclass(frozen=True)
class Placed:
    """A session on the board. `together`: the group it is done in; members of one group share their therapist."""

    key: SessionKey
    resident: UUID
    therapist: UUID | None
    begins: datetime
    ends: datetime
    together: str = ""

    def meets(self, begins: datetime, ends: datetime) -> bool:
        """Whether it takes any of that time; touching ends do not."""
        return self.begins < ends and begins < self.ends


@dataclass(frozen=True)
class Taken:
    """A time that is taken: of a resident (away), a therapist (off) or of everybody (busy: a meal; closed: a day off).

    `whose` is None for everybody.
    """

    kind: Kind
    whose: UUID | None
    begins: datetime
    ends: datetime
    words: str


@dataclass(frozen=True)
class Conflict:
    """One conflict: the sessions that are in it (one, or two), whose time it is, and what stands in the way.

    `between`: the two residents, or the two therapists, of a pair.
    """

    kind: Kind
    sessions: tuple[SessionKey, ...]
    whose: UUID | None
    at: datetime
    words: str = ""
    between: str = ""

    @property
    def blocks(self) -> bool:
        return self.kind in BLOCKING

    @property
    def name(self) -> str:
        """By which somebody accepts it: kind, whose, instant, and between which people: a third one who comes to the
        same time is another conflict, which nobody has seen yet."""
        return f"{self.kind}:{self.whose or ''}:{self.at:%Y%m%dT%H%M}{self.between}"


def conflicts_of(
    placed: Sequence[Placed], taken: Iterable[Taken] = (), rest: timedelta = NO_REST
) -> tuple[Conflict, ...]:
    """Every conflict among sessions and with times that are taken, by time; a pair that shares both is the resident's.

    `rest`: what a therapist needs between two sessions.
    """
    found: list[Conflict] = []
    standing = sorted(placed, key=lambda one: one.begins)
    for index, one in enumerate(standing):
        for other in standing[index + 1 :]:
            if other.begins >= one.ends + rest:
                break
            found += _between(one, other)
    for time in taken:
        found += [
            Conflict(time.kind, (one.key,), time.whose, one.begins, time.words)
            for one in standing
            if one.meets(time.begins, time.ends) and _concerns(time, one)
        ]
    return tuple(sorted(found, key=lambda one: (one.at, one.kind)))


def conflicts_with(
    fresh: Sequence[Placed], placed: Iterable[Placed], taken: Iterable[Taken] = (), rest: timedelta = NO_REST
) -> tuple[Conflict, ...]:
    """The conflicts these sessions would make where they are to stand; where they stood before is free."""
    keys = {one.key for one in fresh}
    whole = [*fresh, *(one for one in placed if one.key not in keys)]
    return tuple(one for one in conflicts_of(whole, taken, rest) if keys & set(one.sessions))


def free_of(
    wanted: Iterable[Placed], placed: Sequence[Placed], taken: Sequence[Taken], rest: timedelta = NO_REST
) -> Iterator[Placed]:
    """Those of the wanted places, each by itself, that make no conflict of any kind."""
    for one in wanted:
        near = [
            other for other in placed if other.begins < one.ends + rest and one.begins < other.ends + rest
        ]
        inside = [time for time in taken if one.meets(time.begins, time.ends)]
        if not conflicts_with([one], near, inside, rest):
            yield one


def _between(one: Placed, other: Placed) -> list[Conflict]:
    found = []
    if one.resident == other.resident and other.begins < one.ends:
        both = _pair(one.therapist, other.therapist)
        found.append(Conflict("resident", (one.key, other.key), one.resident, other.begins, between=both))
        if one.therapist == other.therapist:
            return found
    grouped = one.together and one.together == other.together and one.begins == other.begins
    if one.therapist is not None and one.therapist == other.therapist and not grouped:
        both = _pair(one.resident, other.resident)
        found.append(Conflict("therapist", (one.key, other.key), one.therapist, other.begins, between=both))
    return found


def _pair(one: UUID | None, other: UUID | None) -> str:
    """The same whichever of the two was put there first."""
    return "".join(sorted(f":{'' if who is None else who.hex[-12:]}" for who in (one, other)))


def _concerns(time: Taken, one: Placed) -> bool:
    if time.whose is None:
        return True
    return time.whose in ((one.therapist,) if time.kind == "off" else (one.resident,))
