"""What passes between a subject and sync: resources to send, resources that came, and who translates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from app.core.errors import Refusal
from app.fhir.attached import File
from app.fhir.elements import said_in
from app.fhir.reference import Ref, references

if TYPE_CHECKING:
    from app.core.unit import Reader, Unit

KIND = "urn:carestation:kind"
"""Extension: the kind a body is of, where its type alone does not tell."""


@dataclass(frozen=True)
class Revision:
    """One revision of one record: what an outbox row is about."""

    kind: str
    record: UUID
    revision: int
    station: str


@dataclass(frozen=True)
class Part:
    """One resource a revision becomes.

    `owned`: top-level elements we answer for, all others are the platform's. `marks`: systems of identifiers and urls
    of extensions we answer for inside owned lists; entries under other marks stay as they are there. `answers`: whether
    what another program has made of it since is answered by this, which then goes over it. `files`: what its
    attachments name; they go first.
    """

    type: str
    rid: UUID
    body: dict[str, Any]
    owned: frozenset[str]
    marks: frozenset[str] = frozenset()
    answers: Callable[[dict[str, Any]], bool] | None = field(default=None, compare=False, repr=False)
    files: tuple[File, ...] = ()

    @property
    def ref(self) -> Ref:
        return Ref(self.type, self.rid)

    @property
    def needs(self) -> frozenset[Ref]:
        """What must be there before it."""
        return references(self.body) - {self.ref}


@dataclass(frozen=True)
class Held:
    """A revision that stays here, and why, in words: 不上传（未同意）."""

    words: str


class NotYet(Refusal):
    """An arrival that does not fit now and may once the others have come: its room, its resident, a bed still held."""


@dataclass(frozen=True)
class Arrival:
    """One resource as the platform holds it; known references in `body` are local again.

    `base` is the body last known here, None for a resource never seen. `revision` is the local revision that was
    last known to stand there, 0 for none.
    """

    type: str
    rid: UUID
    body: dict[str, Any]
    updated_at: datetime | None
    base: dict[str, Any] | None
    revision: int


@dataclass(frozen=True)
class Taken:
    """What became of an arrival: the record it belongs to and the revision that stands for it here now.

    `changed` is False where it said nothing new; nothing was written then.
    """

    record: UUID
    revision: int
    station: str
    changed: bool


class Mapper(Protocol):
    """Translates one record kind to and from its resources; every kind that syncs has one in `app.registry`."""

    @property
    def types(self) -> tuple[str, ...]:
        """The resource types of this kind, in the order they are made."""

    @property
    def takes(self) -> frozenset[str]:
        """The types `take` understands; what else comes of them is only remembered."""

    @property
    def apart(self) -> bool:
        """Whether each station's revisions are resources of their own, so that none of another meets unsent work."""

    @property
    def names_itself(self) -> bool:
        """Whether every body of this kind says of which it is (`KIND`): no other is of it then."""

    def claims(self, body: dict[str, Any]) -> bool:
        """Whether a body of a type that several kinds share says of itself that it is of this kind."""

    def parts(self, reader: Reader, asked: Sequence[Revision]) -> Mapping[Revision, tuple[Part, ...] | Held]:
        """Resources of many revisions at once, a question or two a kind. A revision that is unknown is left out."""

    def take(self, unit: Unit, arrival: Arrival) -> Taken:
        """Write what the platform holds into the local record (`unit.receiving` is on).

        Never called for a record with unsent edits. Refuses, in words, what does not fit here (a bed that is
        taken, an ID number that is already known): it is then put aside and shown.
        """


def claimant(mappers: Mapping[str, Mapper], body: dict[str, Any]) -> str | None:
    """Of the kinds that share a type, the one a body belongs to by what it says; None for what none of them made.

    A type of one kind asks nothing: whatever comes of it is that kind's. A body that names its kind is of no other.
    """
    if len(mappers) == 1:
        return next(iter(mappers))
    if (named := said_in(body, KIND)) is not None:
        return named if named in mappers else None
    silent = {kind: mapper for kind, mapper in mappers.items() if not mapper.names_itself}
    if len(silent) == 1:
        return next(iter(silent))
    return next((kind for kind, mapper in silent.items() if mapper.claims(body)), None)


FOREIGN = "foreign"
"""The kind under which resources of other programs are kept: they are shown, and never written."""


@dataclass(frozen=True)
class Followed:
    """A resident of whom other programs' resources are asked for, since when, and the record they are told with."""

    resident: UUID
    record: UUID
    since: datetime
