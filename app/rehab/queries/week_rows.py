"""What the week board shows, frozen: sessions as chips, cells, rows with their load, conflicts with what is offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.rehab.around import Around
from app.rehab.rules.conflicts import Placed
from app.rehab.rules.sessions import SessionKey, SessionState
from app.residents.stating import Seen


@dataclass(frozen=True)
class Member:
    """A resident in a session, and the record of it if there is one."""

    key: SessionKey
    resident: UUID
    name: str
    state: SessionState
    recorded: UUID | None


@dataclass(frozen=True)
class BoardSession:
    """A session on the board; a group is one, with every member. `clash`: `red` blocks, `soft` is a meal or day off.

    `away`: leave or hospital; `waived`: a missed one that was let go; `booking`: what was changed, by `changed_by`.
    """

    members: tuple[Member, ...]
    words: str
    discipline: str
    short: str
    day: date
    time: str
    at: datetime
    minutes: int
    therapist: UUID | None
    therapist_name: str
    place: str
    note: str
    together: str
    state: SessionState
    clash: str = ""
    tentative: bool = False
    moved: bool = False
    away: str = ""
    waived: bool = False
    booking: Seen | None = None
    changed_by: UUID | None = None

    @property
    def key(self) -> SessionKey:
        return self.members[0].key

    @property
    def keys(self) -> tuple[SessionKey, ...]:
        return tuple(one.key for one in self.members)

    @property
    def residents(self) -> str:
        """Whose it is: a name, or the group's with how many are in it."""
        if len(self.members) == 1:
            return self.members[0].name
        return f"{self.together} {len(self.members)} 人"

    @property
    def movable(self) -> bool:
        return self.state in (
            SessionState.PLANNED,
            SessionState.DUE,
            SessionState.AWAY,
            SessionState.UNRECORDED,
        )

    def placed(self, begins: datetime, ends: datetime, therapist: UUID | None) -> tuple[Placed, ...]:
        """Its members as they would take their time there."""
        return tuple(
            Placed(one.key, one.resident, therapist, begins, ends, self.together) for one in self.members
        )


@dataclass(frozen=True)
class BoardOff:
    """A therapist is not there, from minute to minute of the day; `whole`: all the board's hours of it."""

    seen: Seen
    words: str
    begins: int
    ends: int
    whole: bool
    weekly: bool


@dataclass(frozen=True)
class BoardCell:
    sessions: tuple[BoardSession, ...] = ()
    offs: tuple[BoardOff, ...] = ()


@dataclass(frozen=True)
class BoardRow:
    """A therapist or a resident in the week; `rid` None for sessions without a therapist. `load` of `most` sessions."""

    rid: UUID | None
    name: str
    under: str
    discipline: str
    load: int
    most: int
    cells: tuple[BoardCell, ...]


@dataclass(frozen=True)
class Offer:
    """A time that suits everybody in the session: `改 OT 到 14:00`."""

    key: SessionKey
    day: date
    time: str
    words: str


@dataclass(frozen=True)
class Clash:
    """A conflict that blocks and that nobody has accepted, in words, with its sessions and what would settle it."""

    name: str
    words: str
    keys: tuple[SessionKey, ...]
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class ProgrammeLine:
    """A line of the programme with its fixed times of the week; `missing` of the `per_week` that were prescribed."""

    item: Seen
    resident: UUID
    name: str
    words: str
    discipline: str
    short: str
    therapist: UUID | None
    minutes: int
    week: tuple[str, ...]
    per_week: int

    @property
    def missing(self) -> int:
        return max(0, self.per_week - len(self.week))


@dataclass(frozen=True)
class Week:
    """The board of one week. `sums`: sessions of each day; `open_days`: those on which rehab is open."""

    monday: date
    today: date
    by: str
    days: tuple[date, ...]
    open_days: frozenset[date]
    sums: tuple[int, ...]
    rows: tuple[BoardRow, ...]
    clashes: tuple[Clash, ...]
    unplaced: tuple[ProgrammeLine, ...]
    disciplines: tuple[str, ...]
    therapists: tuple[tuple[UUID, str], ...]
    around: Around
