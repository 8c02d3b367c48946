"""Who lives on a floor, in the order staff walk: by room and bed; and those who left on the day in question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from app.core.unit import Reader
from app.residents.queries.beds import NOWHERE
from app.residents.rules import in_order
from db.models import CareTask, Place, Resident, Stay

NO_BED = UUID(int=1)
"""Stands for the floor of residents who have a care plan and no bed."""
NO_BED_WORDS = "未安排床位"
_first, _second, _third = (aliased(Place, name=name) for name in ("first", "second", "third"))
_WAYS = (_first, _second, _third)
_HERE = and_(Stay.current, Stay.state != "retracted", Stay.status == "in", Stay.ends.is_(None))


@dataclass(frozen=True)
class Lodger:
    """A resident on a floor; `bed` as staff say it."""

    rid: UUID
    name: str
    bed: str


@dataclass(frozen=True)
class FloorName:
    """A floor as a choice. `rid`: the floor, a building whose beds name no floor, `NOWHERE` or `NO_BED`."""

    rid: UUID
    building: str
    name: str

    @property
    def words(self) -> str:
        return " ".join(part for part in (self.building, self.name) if part) or "未分楼层"


def floors_of(reader: Reader) -> tuple[FloorName, ...]:
    """Every floor on which somebody lies, by name, and last the one of those without a bed if they have a plan."""
    rows = reader.session.execute(_way_up().distinct())
    floors = {floor.rid: floor for floor in (_floor(row) for row in rows)}
    ordered = sorted(floors.values(), key=_order)
    if _without_bed(reader):
        ordered.append(FloorName(NO_BED, "", NO_BED_WORDS))
    return tuple(ordered)


def floor_of_each(reader: Reader) -> dict[UUID, UUID]:
    """The floor of every resident in the house."""
    rows = reader.session.execute(_way_up(Stay.resident))
    found = {row[0]: _floor(row[1:]).rid for row in rows}
    return found | {one.rid: NO_BED for one in _without_bed(reader)}


def lodgers(reader: Reader, floor: UUID, day: date) -> tuple[Lodger, ...]:
    """Who lives on the floor now, and who left it on `day` or later: what they were to get is still to be said."""
    if floor == NO_BED:
        return _without_bed(reader)
    place = None if floor == NOWHERE else floor
    rows = reader.session.execute(
        select(Resident.rid, Resident.name, Place.label, _first.name, Place.name, Stay.ends)
        .join(Stay, Stay.resident == Resident.rid)
        .join(Place, Place.rid == Stay.bed)
        .outerjoin(_first, and_(_first.rid == Place.parent, _first.kind == "room"))
        .where(
            Stay.current,
            Stay.state != "retracted",
            Stay.status.in_(("in", "ended")),
            or_(Stay.ends.is_(None), Stay.ends >= day),
            or_(
                and_(_first.rid.is_not(None), _first.parent.is_not_distinct_from(place)),
                and_(_first.rid.is_(None), Place.parent.is_not_distinct_from(place)),
            ),
        )
    )
    by_bed = sorted(
        rows, key=lambda row: (row[5] is not None, not row[3], in_order(row[3] or ""), in_order(row[4]))
    )
    found: dict[UUID, Lodger] = {}
    for row in by_bed:
        found.setdefault(row[0], Lodger(row[0], row[1], row[2]))
    return tuple(found.values())


def _way_up(*columns: Any) -> Any:
    """Of each bed somebody lies in, the places it lies in, at most three steps up."""
    chain = [part for place in _WAYS for part in (place.rid, place.kind, place.name)]
    return (
        select(*columns, *chain)
        .select_from(Stay)
        .join(Place, Place.rid == Stay.bed)
        .outerjoin(_first, _first.rid == Place.parent)
        .outerjoin(_second, _second.rid == _first.parent)
        .outerjoin(_third, _third.rid == _second.parent)
        .where(_HERE)
    )


def _floor(row: Any) -> FloorName:
    """The floor above a bed; where none is, the building; where none is either, nowhere."""
    ways = list(_steps(row))
    building = next(((rid, name) for rid, kind, name in ways if kind == "building"), None)
    for rid, kind, name in ways:
        if kind == "floor":
            return FloorName(rid, building[1] if building else "", name)
    return FloorName(NOWHERE, "", "") if building is None else FloorName(building[0], building[1], "")


def _steps(row: Any) -> Iterator[tuple[UUID, str, str]]:
    for place in range(0, 9, 3):
        if row[place] is not None:
            yield row[place], row[place + 1], row[place + 2]


def _order(floor: FloorName) -> tuple[Any, ...]:
    return (floor.rid == NOWHERE, in_order(floor.building), in_order(floor.name), floor.rid)


def _without_bed(reader: Reader) -> tuple[Lodger, ...]:
    planned = select(CareTask.resident).where(CareTask.current, CareTask.state != "retracted")
    rows = reader.session.execute(
        select(Resident.rid, Resident.name)
        .join(Stay, Stay.resident == Resident.rid)
        .where(_HERE, Stay.bed.is_(None), Resident.rid.in_(planned))
        .order_by(Resident.number)
    )
    return tuple(Lodger(rid, name, "") for rid, name in rows)
