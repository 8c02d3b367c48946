"""Names and beds of some residents, for lists that are about something else. One statement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select

from app.core.unit import Reader
from app.residents.which_stay import in_house
from db.models import Place, Resident, Stay


@dataclass(frozen=True)
class Named:
    """A resident's name, and the bed as staff say it; empty for whoever lies in none."""

    name: str
    bed: str


def named_residents(reader: Reader, residents: Collection[UUID]) -> dict[UUID, Named]:
    """By rid; whoever is not known is left out."""
    if not residents:
        return {}
    statement = (
        select(Resident.rid, Resident.name, Place.label)
        .outerjoin(Stay, and_(Stay.resident == Resident.rid, in_house()))
        .outerjoin(Place, Place.rid == Stay.bed)
        .where(Resident.rid.in_(list(residents)))
    )
    return {rid: Named(name, bed or "") for rid, name, bed in reader.session.execute(statement)}
