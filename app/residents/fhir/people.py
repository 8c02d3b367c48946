"""The institution with the people who can be referred to, for translators that name several of them in one record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from app.fhir import House, identified, local
from app.fhir.coding import words
from db.models import Staff


@dataclass(frozen=True)
class Peopled(House):
    """`people`: who can be referred to."""

    people: frozenset[UUID] = field(default=frozenset(), compare=False, repr=False)


def staffed(reader: Reader) -> frozenset[UUID]:
    """Everybody of this institution."""
    return frozenset(reader.session.scalars(select(Staff.rid)))


def person(house: House, rid: UUID | None, name: str = "") -> dict[str, Any]:
    """A reference to a person; by name alone where nobody here is known by this id."""
    if rid is None:
        return _display(name)
    if isinstance(house, Peopled) and rid in house.people:
        return {**local("Practitioner", rid), **_display(name)}
    return {"type": "Practitioner", "identifier": identified(house, rid), **_display(name)}


def _display(name: str) -> dict[str, str]:
    return {"display": words(name)} if words(name) else {}
