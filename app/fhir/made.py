"""Kinds without a table, made of settings or of files: sent when they say something new, never taken in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from uuid import UUID

from app.core.unit import Reader, Unit
from app.fhir.identity import House
from app.fhir.part import Arrival, Held, Part, Revision, Taken
from app.fhir.translation import framed


class MadeMapper(ABC):
    """A kind whose resources stand for no row: they carry no envelope, and what comes of them is remembered only."""

    resource: ClassVar[str]
    owned: ClassVar[frozenset[str]] = frozenset()
    """Elements we answer for besides those that are made: one that is no longer made is taken out."""
    takes: frozenset[str] = frozenset()
    apart: bool = False
    names_itself: bool = False

    @abstractmethod
    def records(self, reader: Reader) -> Iterable[UUID]:
        """Those that are to be there now; each is queued when it says something new."""

    @abstractmethod
    def made(
        self, reader: Reader, house: House, records: frozenset[UUID]
    ) -> dict[UUID, dict[str, Any] | Held]:
        """Elements by record, as they are now. A record that is unknown is left out."""

    def marks(self, house: House) -> frozenset[str]:
        """Systems of identifiers that we answer for."""
        return frozenset({house.system})

    @property
    def types(self) -> tuple[str, ...]:
        return (self.resource,)

    def claims(self, body: dict[str, Any]) -> bool:
        return body.get("resourceType") == self.resource

    def parts(self, reader: Reader, asked: Sequence[Revision]) -> dict[Revision, tuple[Part, ...] | Held]:
        """The resources as they would be now, whichever revision is asked: they carry none."""
        house = House.of(reader.settings)
        made = self.made(reader, house, frozenset(one.record for one in asked))
        return {one: self._parts(house, one.record, made[one.record]) for one in asked if one.record in made}

    def _parts(self, house: House, rid: UUID, elements: dict[str, Any] | Held) -> tuple[Part, ...] | Held:
        if isinstance(elements, Held):
            return elements
        whole = framed(house, self.resource, rid, None, elements)
        owned = self.owned | {*elements, "identifier"}
        return (Part(self.resource, rid, whole, owned, self.marks(house)),)

    def take(self, unit: Unit, arrival: Arrival) -> Taken:
        """Decided here: what the platform holds is remembered, not taken."""
        return Taken(arrival.rid, arrival.revision, unit.station, changed=False)
