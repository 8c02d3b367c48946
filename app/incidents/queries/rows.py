"""What questions about incidents are answered with: one line of a list, and how it is read from the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from app.access.names import author_names
from app.core.unit import Reader
from app.incidents.kinds import catalogue
from app.incidents.rules import due_at, missing_for_closing
from db.models import Incident, Place, Resident, Stay

first = aliased(Incident)
"""The first revision: who reported, and when."""


@dataclass(frozen=True)
class IncidentRow:
    """One incident as it stands. `due_at`: until when it is to be reviewed; `missing`: what closing waits for."""

    rid: UUID
    revision: int
    number: str
    kind: str
    at: datetime
    resident: UUID | None
    name: str
    resident_number: str
    bed: str
    place: str
    happened: str
    harm: str
    status: str
    state: str
    reporter: UUID
    reported_by: str
    reported_at: datetime
    due_at: datetime
    overdue: bool
    missing: tuple[str, ...]

    @property
    def retracted(self) -> bool:
        return self.state == "retracted"


def statement() -> Select[Any]:
    """Every incident that stands, retracted ones too, with its first revision, resident and bed."""
    columns: tuple[Any, ...] = (first.author, first.recorded_at, Resident.name, Resident.number, Place.label)
    return (
        select(Incident, *columns)
        .join(first, and_(first.rid == Incident.rid, first.revision == 1))
        .outerjoin(Resident, Resident.rid == Incident.resident)
        .outerjoin(
            Stay,
            and_(
                Stay.resident == Incident.resident,
                Stay.current,
                Stay.state != "retracted",
                Stay.ends.is_(None),
            ),
        )
        .outerjoin(Place, Place.rid == Stay.bed)
        .where(Incident.current)
    )


def rows(reader: Reader, asked: Select[Any]) -> tuple[IncidentRow, ...]:
    """The rows of a statement made from `statement()`."""
    names = author_names(reader)
    return tuple(_row(reader, names, *found) for found in reader.session.execute(asked))


def _row(reader: Reader, names: Mapping[UUID, str], row: Incident, author: UUID, *rest: Any) -> IncidentRow:
    reported_at, name, number, bed = rest
    due = due_at(reported_at, catalogue().harm(row.harm))
    waits = row.status == "reported" and row.state != "retracted"
    return IncidentRow(
        rid=row.rid,
        revision=row.revision,
        number=row.number,
        kind=row.code,
        at=row.at,
        resident=row.resident,
        name=name or "",
        resident_number=number or "",
        bed=bed or "",
        place=row.place,
        happened=row.happened,
        harm=row.harm,
        status=row.status,
        state=row.state,
        reporter=author,
        reported_by=names.get(author, ""),
        reported_at=reported_at,
        due_at=due,
        overdue=waits and due < reader.now,
        missing=missing_for_closing(row.content, person=row.resident is not None),
    )
