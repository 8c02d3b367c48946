"""What every kind of referrals does alike: its fields, that it names its kind, what is of the house and no resident."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from app.core.unit import Reader
from app.fhir import KIND, Held, House, identified, local
from app.fhir.coding import words
from app.fhir.elements import extension, filled, said_in
from app.rehab.fhir.guarded import annotated, listed, peopled
from app.residents.fhir.guarded import GuardedMapper
from db.base import Clinical

C = TypeVar("C", bound=Clinical)
FIELD = "urn:carestation:referral-field"
"""Extension of the columns of a record of referrals."""
ENCOUNTER = "urn:carestation:encounter"
"""System of what an encounter is here, beside its class."""
_ERROR = "urn:carestation:entered-in-error"

__all__ = [
    "ENCOUNTER", "FIELD", "ActiveMapper", "HouseMapper", "ReferralsMapper", "annotated", "listed", "named", "numbered",
    "organisation", "phones",
]  # fmt: skip


class ReferralsMapper(GuardedMapper[C]):
    """A kind of referrals of a resident."""

    field = FIELD
    marks = frozenset({FIELD, KIND})
    author_element = ""
    names_itself = True

    def house(self, reader: Reader) -> House:
        return peopled(reader)

    def fields_of(self, row: Any) -> list[dict[str, Any]]:
        return [*extension(KIND, "Code", self.kind), *super().fields_of(row)]


class HouseMapper(ReferralsMapper[C]):
    """A kind of no resident: whoever refused the upload is not in it."""

    def held(self, reader: Reader, rows: Iterable[C]) -> Mapping[UUID, Held]:
        return {}

    def whose(self, row: Any) -> dict[str, Any]:
        return {}

    def owner(self, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        return {}


class ActiveMapper(HouseMapper[C]):
    """A kind whose type knows no status but active or not: an error is not active, and says that it was one."""

    standing = "active"
    marks = frozenset({FIELD, KIND, _ERROR})

    def retracts(self, body: dict[str, Any]) -> bool:
        return body.get("active") is False and said_in(body, _ERROR) is True

    def erred(self, found: dict[str, Any]) -> dict[str, Any]:
        said = [*found.get("extension", ()), *extension(_ERROR, "Boolean", value=True)]
        return {**found, "active": False, "extension": said}


def numbered(house: House, what: str, number: str) -> list[dict[str, str]]:
    """The identifier a person reads, if there is one."""
    return [{"system": f"{house.system}:{what}", "value": words(number)}] if words(number) else []


def named(house: House, kind: str, rid: UUID) -> dict[str, Any]:
    """A reference by identity, for what may be sent later than what names it."""
    return {"type": kind, "identifier": identified(house, rid)}


def organisation(partner: UUID | None, name: str = "") -> dict[str, Any]:
    """A partner, or the name of one that is none."""
    said = filled(display=words(name))
    return {**local("Organization", partner), **said} if partner else said


def phones(*said: str) -> list[dict[str, Any]]:
    """Telephone numbers."""
    return [{"system": "phone", "value": text} for one in said if (text := words(one))]
