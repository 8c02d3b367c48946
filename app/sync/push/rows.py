"""What push passes about: a row of the outbox, an item on its way, a parcel to send, a receipt, a fate."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from app.fhir import Part, Ref, Revision

PENDING, SENDING, ACKED, UNKNOWN = "pending", "sending", "acked", "unknown"
CONFLICT, QUARANTINED = "conflict", "quarantined"


@dataclass(frozen=True)
class Row:
    """One row of the outbox: one revision of one record."""

    id: int
    asked: Revision
    state: str
    looked: int
    next_at: datetime | None
    words: str | None
    tried: bool = False  # it was sent to this platform before


@dataclass(frozen=True)
class Known:
    """One resource as the platform was last known to hold it. `body` is empty where only the id was asked for."""

    server_id: str
    version: str | None = None
    body: dict[str, Any] = field(default_factory=dict)
    revision: int = 0
    station: str = ""


@dataclass(frozen=True)
class Piece:
    """One resource of a revision as text (JSON, sorted keys, local references), and what must be there before it."""

    part: Part
    text: bytes
    needs: frozenset[Ref]

    @property
    def ref(self) -> Ref:
        return self.part.ref


@dataclass
class Item:
    """One row on its way in this round. `left`: its resources that are not there yet."""

    row: Row
    pieces: tuple[Piece, ...]
    digest: bytes
    left: set[Ref]
    departed: bool = False
    alive: bool = True  # False: this round has nothing more to do for it
    careful: bool = False  # True: lost once and not found; created only if it is not there
    unsure: bool = False  # True: something of it may be there unseen; nothing else may be said of it

    @property
    def may_be_late(self) -> bool:
        """Whether a request with it may still arrive there."""
        return self.row.state == UNKNOWN and self.row.tried


@dataclass(frozen=True)
class Parcel:
    """One resource ready to be sent, references resolved. `known` is None for a create."""

    item: Item
    part: Part
    text: bytes
    known: Known | None = None

    @property
    def ref(self) -> Ref:
        return self.part.ref

    @property
    def type(self) -> str:
        return self.part.type

    @property
    def body(self) -> dict[str, Any]:
        """The text, parsed."""
        found: dict[str, Any] = orjson.loads(self.text)
        return found


@dataclass(frozen=True)
class Receipt:
    """What the platform confirmed of one resource; `text` is its body as JSON with sorted keys."""

    ref: Ref
    revision: Revision
    server_id: str
    version: str | None
    updated_at: datetime | None
    text: bytes


@dataclass(frozen=True)
class Fate:
    """What becomes of one row that was not confirmed. `looked` counts the searches that found nothing."""

    id: int
    state: str
    words: str | None
    next_at: datetime | None = None
    looked: int = 0


@dataclass(frozen=True)
class Theirs:
    """The body that stands there against ours."""

    ref: Ref
    body: dict[str, Any]


@dataclass(frozen=True)
class Departure:
    """A row about to be sent, as it was when it was read: one that was edited since stays here."""

    id: int
    revision: int
    digest: bytes
