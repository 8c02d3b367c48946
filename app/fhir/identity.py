"""Who a resource is: the identifier (or tag) with the rid, and the institution's tag."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.settings import Settings

INSTITUTION = "urn:carestation:institution"
UNIDENTIFIED = frozenset({"Provenance", "AuditEvent", "Binary"})
"""FHIR R4 types without `identifier`."""
ONE_IDENTIFIER = frozenset({"QuestionnaireResponse", "AdverseEvent"})
"""FHIR R4 types whose `identifier` is one, not a list."""


@dataclass(frozen=True)
class House:
    """What mapping needs to know of the institution and this station."""

    institution: UUID
    name: str
    code: str  # 统一社会信用代码
    zone: ZoneInfo
    station: str
    station_name: str

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(
            settings.institution_id,
            settings.institution_name,
            settings.institution_code,
            ZoneInfo(settings.zone),
            settings.station_number,
            settings.station_name,
        )

    @cached_property
    def system(self) -> str:
        """The system of every identity made by this institution's stations."""
        return f"urn:uuid:{self.institution}"

    @cached_property
    def rid_tag(self) -> str:
        """The tag system of identities on types without `identifier`."""
        return f"{self.system}:rid"


def identified(house: House, rid: UUID) -> dict[str, str]:
    """The Identifier that makes a resource findable again."""
    return {"system": house.system, "value": str(rid)}


def tagged(house: House, kind: str, rid: UUID) -> dict[str, Any]:
    """The `meta` of a resource we make."""
    tags = [{"system": INSTITUTION, "code": str(house.institution)}]
    if kind in UNIDENTIFIED:
        tags.append({"system": house.rid_tag, "code": str(rid)})
    return {"tag": tags}


def rid_of(house: House, body: dict[str, Any]) -> UUID | None:
    """The identity of a resource of this institution, from its identifier or its tag; None for a stranger's."""
    found = body.get("identifier") or []
    marks = [(one.get("system"), one.get("value")) for one in (found if isinstance(found, list) else [found])]
    marks += [(one.get("system"), one.get("code")) for one in (body.get("meta") or {}).get("tag") or []]
    for system, value in marks:
        if system in (house.system, house.rid_tag):
            try:
                return UUID(str(value))
            except ValueError:
                continue
    return None
