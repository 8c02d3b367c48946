"""The beds somebody may have: free ones, and the one reserved for this resident."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, or_, select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.rules import in_order
from app.residents.which_stay import holding
from db.models import Place, Stay


@dataclass(frozen=True)
class FreeBed:
    rid: UUID
    label: str
    bed_type: str


@dataclass(frozen=True)
class FreeBeds(Question[tuple[FreeBed, ...]]):
    """Beds by label; those this resident holds are among them."""

    resident: UUID | None = None


@answers(FreeBeds)
def free_beds(reader: Reader, question: FreeBeds) -> tuple[FreeBed, ...]:
    reader.require(Right.READ_RESIDENTS)
    own = Stay.resident == question.resident if question.resident is not None else Stay.rid.is_(None)
    statement = (
        select(Place.rid, Place.label, Place.bed_type)
        .outerjoin(Stay, and_(Stay.bed == Place.rid, holding()))
        .where(Place.kind == "bed", or_(Stay.rid.is_(None), own))
    )
    found = [FreeBed(*row) for row in reader.session.execute(statement)]
    return tuple(sorted(found, key=lambda bed: in_order(bed.label)))
