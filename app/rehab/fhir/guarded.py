"""What every kind of rehab does alike: its fields, the people its elements name, what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader, Unit
from app.fhir import House, NotYet, local
from app.fhir.coding import words
from app.fhir.elements import extension
from app.residents.fhir.guarded import GuardedMapper
from app.residents.fhir.people import Peopled, staffed
from db.base import Clinical

C = TypeVar("C", bound=Clinical)
FIELD = "urn:carestation:rehab-field"
"""Extension of the columns of a record of rehab."""
PERTAINS = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal"
DISCIPLINE = "urn:carestation:rehab-discipline"


class RehabMapper(GuardedMapper[C]):
    """A kind of rehab of a resident."""

    field = FIELD
    marks = frozenset({FIELD})

    def house(self, reader: Reader) -> House:
        return peopled(reader)

    def owns(self, row: C) -> frozenset[str]:
        """Without a note of ours, those of others stay."""
        return self.owned if self.notes(row) else self.owned - {"note"}

    def notes(self, row: Any) -> list[str]:
        """What is noted, one text after the other."""
        return []


def peopled(reader: Reader) -> House:
    """The house with its people."""
    return replace(Peopled.of(reader.settings), people=staffed(reader))


def annotated(notes: Iterable[str]) -> list[dict[str, str]]:
    """Notes as Annotations."""
    return [{"text": text} for one in notes if (text := words(one))]


def pertains(goals: Iterable[Any]) -> list[dict[str, Any]]:
    """Extensions that name the goals something leads to."""
    return [one for goal in goals if goal for one in extension(PERTAINS, "Reference", local("Goal", goal))]


def here(unit: Unit, model: type[Clinical], rid: UUID | None, words_: str) -> None:
    """Refuse for now what belongs to a record that has not come yet."""
    if rid is None or unit.session.scalar(select(model.rid).where(model.rid == rid).limit(1)) is None:
        raise NotYet(words_)


def listed(content: Mapping[str, Any], key: str) -> Iterator[Any]:
    """The members of a list in a column, whatever else stands there."""
    found = content.get(key)
    yield from found if isinstance(found, list) else ()


def texts_of(content: Mapping[str, Any], key: str) -> Iterator[str]:
    """The words of a list of words, or of lines that have words."""
    for one in listed(content, key):
        said = one.get("words") if isinstance(one, dict) else one
        if isinstance(said, str) and words(said):
            yield words(said)


def rids_of(said: Iterable[Any]) -> Iterator[UUID]:
    """What is a rid of what may be anything."""
    for one in said:
        try:
            yield UUID(str(one))
        except ValueError:
            continue
