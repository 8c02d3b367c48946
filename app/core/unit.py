"""One transaction: what it may write with, and what it leaves behind (record, outbox line, audit line together)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypedDict
from uuid import UUID

from app.core.changes import Changes
from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.roles import GRANTS, Actor, Right, Role
from app.core.watch import Watch

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from app.core.audit import Seals
    from app.core.ids import Ids
    from app.core.settings import Settings
    from app.core.verify import AnchorFile
    from db.base import Base


class Stamp(TypedDict):
    """The envelope of a new record, to be unpacked into its constructor."""

    rid: UUID
    station: str
    author: UUID
    author_role: str
    at: datetime
    recorded_at: datetime
    clock_offset_ms: int | None
    source: str
    reason: str | None


_TAKE = (
    "INSERT INTO sequence (name, next) VALUES (?, 1 + ?)"
    " ON CONFLICT (name) DO UPDATE SET next = next + ? RETURNING next"
)


@dataclass(frozen=True)
class Note:
    """An audit line asked for by name: reading a chart, signing in, printing."""

    act: str
    kind: str
    record: UUID | None
    revision: int | None
    reason: str | None


@dataclass(frozen=True)
class Entry:
    """One record revision that a commit wrote."""

    kind: str
    record: UUID
    revision: int
    reason: str | None
    syncs: bool
    squashes: bool = False  # an unsent edit replaces the one that waits


@dataclass(frozen=True)
class Moment:
    """Who and when, taken at the key press."""

    actor: Actor
    now: datetime
    clock_offset_ms: int | None


class KeyRing(Protocol):
    """What services of people and rights do with the key table (`app.access.keyring`)."""

    def put(self, slot: Any, instead_of: UUID | None = None) -> int: ...

    def drop(self, slot: UUID) -> int: ...

    def settle(self, *, committed: bool) -> None: ...


@dataclass(frozen=True)
class Surroundings:
    """What a unit or reader needs of its station."""

    settings: Settings
    ids: Ids
    seals: Seals
    keyring: KeyRing
    anchors: AnchorFile | None = None
    ballast: Path | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)


class Reader:
    """A read-only look into the file for one question."""

    def __init__(self, session: Session, moment: Moment, surroundings: Surroundings) -> None:
        self.session = session
        self.actor = moment.actor
        self.now = moment.now
        self.settings = surroundings.settings
        self.seals = surroundings.seals
        self.environ = surroundings.environ

    @property
    def today(self) -> date:
        """The institution's date."""
        return date_in(self.settings.zone, self.now)

    def require(self, right: Right) -> None:
        """Refuse, in words that say which right is missing and who has it."""
        if not self.actor.may(right):
            raise Refusal(missing_right(self.session, right))


class Unit(Reader):
    """One act's transaction. Services write through `session`; they never commit."""

    def __init__(
        self, session: Session, moment: Moment, surroundings: Surroundings, watch: Watch | None
    ) -> None:
        super().__init__(session, moment, surroundings)
        self.station = surroundings.settings.station_number
        self.clock_offset_ms = moment.clock_offset_ms
        self.watch = watch or Watch()
        self.keyring = surroundings.keyring
        self.notes: list[Note] = []
        self.entries: list[Entry] = []
        self.news: set[tuple[str, UUID]] = set()
        self.receiving = False
        """While true, what is written came from the platform: its own authors stay, and it is not sent back."""
        self._ids = surroundings.ids

    def new_id(self) -> UUID:
        return self._ids.new(self.now)

    def stamp(
        self,
        *,
        rid: UUID | None = None,
        at: datetime | None = None,
        source: str = "manual",
        reason: str | None = None,
    ) -> Stamp:
        """The envelope of a record written now by this actor; `at` is the clinical time if it was earlier."""
        return Stamp(
            rid=rid or self.new_id(),
            station=self.station,
            author=self.actor.rid,
            author_role=self.actor.role_code,
            at=at or self.now,
            recorded_at=self.now,
            clock_offset_ms=self.clock_offset_ms,
            source=source,
            reason=reason,
        )

    def next_number(self, name: str, digits: int = 6) -> str:
        """The next human number: station, hyphen, sequence (`01-000001`); never given twice, not even after an undo."""
        return self.next_numbers(name, 1, digits)[0]

    def next_numbers(self, name: str, count: int, digits: int = 6) -> list[str]:
        """As `next_number`, `count` of them at once."""
        after: int = self.session.connection().exec_driver_sql(_TAKE, (name, count, count)).scalar_one()
        return [f"{self.station}-{number:0{digits}d}" for number in range(after - count, after)]

    def note(self, act: str, kind: str, record: UUID | None, reason: str | None = None) -> None:
        """Ask for an audit line that no written record would leave."""
        self.notes.append(Note(act, kind, record, None, reason))

    def announce(self, model: type[Base], records: Iterable[UUID]) -> None:
        """Say which first revisions a bulk write wrote: they get outbox and audit lines, and screens hear of them."""
        self.entries.extend(Entry(model.__kind__, record, 1, None, model.__syncs__) for record in records)

    def tell(self, kind: str, record: UUID) -> None:
        """Have screens hear of something that is no record, such as the state of sync."""
        self.news.add((kind, record))

    def changes(self) -> Changes:
        return Changes.of({*self.news, *((entry.kind, entry.record) for entry in self.entries)})


def missing_right(session: Session, right: Right) -> str:
    """The sentence of a refusal: the right, the roles that have it, and who holds them here."""
    from sqlalchemy import select

    from db.models import Staff

    roles = [role for role in Role if role in GRANTS[right]]
    holders = [
        name
        for name, held in session.execute(
            select(Staff.name, Staff.roles).where(Staff.active).order_by(Staff.number)
        )
        if any(role.value in held for role in roles)
    ]
    words = "、".join(role.words for role in roles)
    sentence = f"您没有“{right.value}”的权限。有此权限的岗位：{words}"
    return sentence + (f"；可以找：{'、'.join(holders[:3])}。" if holders else "。")
