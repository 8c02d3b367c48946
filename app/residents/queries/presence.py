"""Who is here, on leave, in hospital at an instant, and the beds of the house in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from app.core.clock import date_in
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.rules import nursing_share
from app.residents.rules.windows import last_day
from app.residents.which_stay import holding, in_house, standing
from db.models import Absence, Place, Stay


@dataclass(frozen=True)
class Present:
    """Where a resident is. `where`: here, leave, hospital, or out (no stay goes on then).

    `since`: when they went away; `planned`: when they are expected back; `mode` of the stay (MODES).
    """

    where: str = "out"
    mode: str = ""
    stay: UUID | None = None
    absence: UUID | None = None
    since: datetime | None = None
    planned: datetime | None = None

    @property
    def here(self) -> bool:
        return self.where == "here"


OUT = Present()


@dataclass(frozen=True)
class Presence(Question[Present]):
    """Where one resident is, or was at an instant."""

    resident: UUID
    at: datetime | None = None


@dataclass(frozen=True)
class Occupancy(Question["Occupied"]):
    """The beds of the house now."""


@dataclass(frozen=True)
class Occupied:
    """`taken` beds are those of residents, here or away; `reserved` ones are not free either.

    `residents` have a stay that goes on, `leave` and `hospital` of them are away (with or without a bed).
    """

    beds: int
    taken: int
    reserved: int
    residents: int
    leave: int
    hospital: int
    by_type: dict[str, int]

    @property
    def free(self) -> int:
        return self.beds - self.taken - self.reserved

    @property
    def here(self) -> int:
        return self.residents - self.leave - self.hospital

    @property
    def nursing_share(self) -> float:
        """护理型床位占比, 0.0 to 1.0."""
        return nursing_share(self.by_type)


@answers(Presence)
def presence(reader: Reader, question: Presence) -> Present:
    reader.require(Right.READ_RESIDENTS)
    at = question.at or reader.now
    return dict(_presences(reader, at, question.resident)).get(question.resident, OUT)


def presences(reader: Reader, at: datetime) -> dict[UUID, Present]:
    """Everybody in a stay at an instant; whoever is not in it was out."""
    return dict(_presences(reader, at, None))


@answers(Occupancy)
def occupancy(reader: Reader, _question: Occupancy) -> Occupied:
    reader.require(Right.READ_RESIDENTS)
    session = reader.session
    by_type: dict[str, int] = {
        row[0]: row[1]
        for row in session.execute(
            select(Place.bed_type, func.count()).where(Place.kind == "bed").group_by(Place.bed_type)
        )
    }
    held: dict[str, int] = {
        row[0]: row[1]
        for row in session.execute(
            select(Stay.status, func.count()).where(holding(), Stay.bed.is_not(None)).group_by(Stay.status)
        )
    }
    away = {
        row[0]: row[1]
        for row in session.execute(
            select(Absence.code, func.count()).where(open_absence()).group_by(Absence.code)
        )
    }
    residents = session.scalar(select(func.count()).select_from(Stay).where(in_house())) or 0
    return Occupied(
        beds=sum(by_type.values()),
        taken=held.get("in", 0),
        reserved=held.get("reserved", 0),
        residents=residents,
        leave=away.get("leave", 0),
        hospital=away.get("hospital", 0),
        by_type=by_type,
    )


def open_absence() -> Any:
    """An absence that goes on."""
    return and_(Absence.current, Absence.ends.is_(None), Absence.state != "retracted")


def planned_day(planned: datetime | None, zone: str) -> date | None:
    """The institution's day somebody is expected back on; midnight is the old day's 24:00."""
    return None if planned is None else last_day(planned, zone)


def _presences(reader: Reader, at: datetime, resident: UUID | None) -> Iterator[tuple[UUID, Present]]:
    day = date_in(reader.settings.zone, at)
    begun = or_(Stay.begins.is_(None), Stay.begins <= day)
    goes_on = or_(Stay.ends.is_(None), Stay.ends > day, and_(Stay.ends == day, Stay.at > at))
    stays = select(Stay.resident, Stay.rid, Stay.mode).where(
        standing(), Stay.status.in_(("in", "ended")), begun, goes_on
    )
    away = select(Absence.resident, Absence.rid, Absence.code, Absence.begins, Absence.planned).where(
        Absence.current,
        Absence.state != "retracted",
        Absence.begins <= at,
        or_(Absence.ends.is_(None), Absence.ends > at),
    )
    if resident is not None:
        stays, away = stays.where(Stay.resident == resident), away.where(Absence.resident == resident)
    gone: dict[UUID, Any] = {row[0]: row for row in reader.session.execute(away)}
    for rid, stay, mode in reader.session.execute(stays):
        if rid in gone:
            _rid, absence, code, since, planned = gone[rid]
            yield rid, Present(code, mode, stay, absence, since, planned)
        else:
            yield rid, Present("here", mode, stay)
