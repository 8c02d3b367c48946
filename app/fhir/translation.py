"""What every record kind does alike: a row's resource with identity and envelope, and which elements are ours."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from sqlalchemy import inspect, select

from app.core.errors import Refusal
from app.core.roles import PLATFORM
from app.core.unit import Reader
from app.fhir.carrying import REVISION, Envelope, revised
from app.fhir.identity import ONE_IDENTIFIER, UNIDENTIFIED, House, identified, tagged
from app.fhir.part import Part
from db.base import Clinical, Origin, Register
from db.models import Staff

M = TypeVar("M", bound=Clinical | Register)


class Translation(ABC, Generic[M]):
    """One record kind, one main resource: subclasses say its elements both ways.

    `owned` are the elements we answer for besides meta, identifier and extension; `marks` the extension urls, the
    systems of identifiers and telecom, and the uses of names and addresses we write.
    """

    kind: ClassVar[str]
    resource: ClassVar[str]
    owned: ClassVar[frozenset[str]]
    marks: ClassVar[frozenset[str]] = frozenset()
    apart: bool = False
    names_itself: bool = False
    """See `Mapper.apart`."""
    model: type[M]

    @abstractmethod
    def elements(self, house: House, row: M) -> dict[str, Any]:
        """A row's elements. `identifier` and `extension` hold only what stands beside identity and envelope."""

    @abstractmethod
    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        """The columns a body says. What it does not say, or says in a way we do not know, is taken from `before`;
        refuses, in words, what must not be guessed."""

    def understood(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        """As `read`, for a body that came: one of no proper shape is refused in words, not met as a bug."""
        try:
            return self.read(house, body, before)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            raise Refusal("区平台上的这份记录读不懂，请核对。") from None

    @property
    def types(self) -> tuple[str, ...]:
        return (self.resource,)

    @property
    def takes(self) -> frozenset[str]:
        return frozenset({self.resource})

    def claims(self, body: dict[str, Any]) -> bool:
        """A kind that shares a type says here how its bodies are known; no other is asked."""
        return body.get("resourceType") in self.types

    def content(self, row: M) -> dict[str, Any]:
        """The columns beside the envelope."""
        columns = [one.key for one in inspect(self.model).column_attrs]
        return {key: getattr(row, key) for key in columns if key not in _ENVELOPE}

    def resource_of(self, row: M) -> str:
        """The type of a row's resource, for kinds that have several."""
        return self.resource

    def whole(self, house: House, row: M) -> dict[str, Any]:
        """The resource of a row."""
        return framed(house, self.resource_of(row), row.rid, envelope(row), self.elements(house, row))

    def part(self, house: House, row: M) -> Part:
        return Part(
            self.resource_of(row),
            row.rid,
            self.whole(house, row),
            self.owns(row) | _FRAME,
            self.marks | {REVISION, house.system} | self.house_marks(house),
        )

    def owns(self, row: M) -> frozenset[str]:
        """Elements of this row that are ours; an element we know nothing of may be left to the platform."""
        return self.owned

    def house_marks(self, house: House) -> frozenset[str]:
        """Marks that name the institution."""
        return frozenset()


_FRAME = frozenset({"identifier", "extension"})
_ENVELOPE = {column for base in (Origin, Clinical, Register) for column in base.__annotations__}


def envelope(row: Clinical | Register) -> Envelope:
    """The envelope of a row as it travels; the platform itself is no author."""
    author = None if row.author == PLATFORM.rid else row.author
    goes_on = isinstance(row, Clinical) and row.revision > 1 and row.state == "signed"
    return Envelope(
        row.revision,
        row.station,
        author,
        row.author_role,
        row.at,
        row.recorded_at,
        row.source,
        row.reason,
        goes_on,
    )


def framed(
    house: House, kind: str, rid: UUID, said: Envelope | None, elements: dict[str, Any]
) -> dict[str, Any]:
    """A resource with its identity, the institution's tag and the envelope."""
    body: dict[str, Any] = {"resourceType": kind, "meta": tagged(house, kind, rid), **elements}
    if kind in ONE_IDENTIFIER:
        body["identifier"] = identified(house, rid)
    elif kind not in UNIDENTIFIED:
        body["identifier"] = [identified(house, rid), *elements.get("identifier", ())]
    extra = elements.get("extension", ())
    if said is not None:
        body["extension"] = [revised(house, said), *extra]
    elif extra:
        body["extension"] = [*extra]
    return body


def authors(reader: Reader, rows: Iterable[Clinical | Register]) -> frozenset[UUID]:
    """Which authors are people of this institution: only they can be referred to."""
    wanted = {row.author for row in rows}
    return (
        frozenset(reader.session.scalars(select(Staff.rid).where(Staff.rid.in_(wanted))))
        if wanted
        else frozenset()
    )
