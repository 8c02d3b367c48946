"""The bed board: one floor's rooms and beds with who lies there, every floor counted, and what a bed lies in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.queries.latest import join_latest, latest
from app.residents.rules import in_order, nursing_share
from db.models import Allergy, Place, Resident, Stay

NOWHERE = UUID(int=0)
"""Stands for the floor of beds that lie in no floor and no building."""


@dataclass(frozen=True)
class Lying:
    """Who lies in a bed. `level` 0–4, None before the first assessment; `allergy` None while nobody has said."""

    rid: UUID
    name: str
    sex: str
    level: int | None
    allergy: bool | None


@dataclass(frozen=True)
class BedRow:
    """A bed; `who` None where it is free. `bed_type` is a code of bed_type.toml, empty for not set."""

    rid: UUID
    name: str
    label: str
    bed_type: str
    who: Lying | None


@dataclass(frozen=True)
class RoomRow:
    """A room with its beds in their order. Beds that lie in no room share one with an empty name."""

    name: str
    beds: tuple[BedRow, ...]

    @property
    def taken(self) -> int:
        return sum(bed.who is not None for bed in self.beds)


@dataclass(frozen=True)
class FloorRow:
    """A floor as a choice. `rid`: the floor, a building whose beds name no floor, or `NOWHERE`."""

    rid: UUID
    building: str
    name: str
    beds: int
    taken: int

    @property
    def words(self) -> str:
        return " ".join(part for part in (self.building, self.name) if part) or "未分楼层"


@dataclass(frozen=True)
class Board:
    """One floor to be shown, and the house in numbers. `floor` is None in a house without beds.

    `by_type`: beds of the house by type code, empty for not set.
    """

    floor: UUID | None
    floors: tuple[FloorRow, ...]
    rooms: tuple[RoomRow, ...]
    by_type: dict[str, int]

    @property
    def beds(self) -> int:
        return sum(floor.beds for floor in self.floors)

    @property
    def taken(self) -> int:
        return sum(floor.taken for floor in self.floors)

    @property
    def nursing_share(self) -> float:
        """护理型床位占比 of the house, 0.0 to 1.0 (`app.residents.rules.beds`)."""
        return nursing_share(self.by_type)


@dataclass(frozen=True)
class BedBoard(Question[Board]):
    """A floor of the house by `FloorRow.rid`; the first one for None or a floor that is gone."""

    floor: UUID | None = None


@dataclass(frozen=True)
class Above:
    """A place a bed lies in, or the bed itself, and how many beds are in it."""

    rid: UUID
    kind: str
    name: str
    bed_type: str


@dataclass(frozen=True)
class WayTo(Question[tuple[Above, ...]]):
    """From a bed up to its building, the bed first; empty for a bed that is gone."""

    bed: UUID


@dataclass(frozen=True)
class _Spot:
    """A building, floor or room while the board is put together."""

    kind: str
    name: str
    parent: UUID | None


_holds = and_(Stay.bed == Place.rid, Stay.current, Stay.ends.is_(None), Stay.state != "retracted")


@answers(BedBoard)
def bed_board(reader: Reader, question: BedBoard) -> Board:
    """Four statements whatever the size of the house; only one floor's people are read."""
    reader.require(Right.READ_RESIDENTS)
    rows = reader.session.execute(
        select(Place.rid, Place.kind, Place.name, Place.parent).where(Place.kind != "bed")
    )
    spots = {rid: _Spot(kind, name, parent) for rid, kind, name, parent in rows}
    counted = reader.session.execute(
        select(Place.parent, Place.bed_type, func.count(), func.count(Stay.rid))
        .outerjoin(Stay, _holds)
        .where(Place.kind == "bed")
        .group_by(Place.parent, Place.bed_type)
    )
    numbers: dict[UUID, list[int]] = defaultdict(lambda: [0, 0])
    inside: dict[UUID, set[UUID | None]] = defaultdict(set)
    by_type: dict[str, int] = defaultdict(int)
    for parent, bed_type, beds, taken in counted:
        floor = _floor_of(spots, parent)
        numbers[floor][0] += beds
        numbers[floor][1] += taken
        inside[floor].add(parent)
        by_type[bed_type] += beds
    floors = sorted((_floor_row(spots, rid, *count) for rid, count in numbers.items()), key=_floor_order)
    known = {floor.rid for floor in floors}
    shown = question.floor if question.floor in known else floors[0].rid if floors else None
    rooms = _rooms(reader, spots, inside[shown]) if shown is not None else ()
    return Board(shown, tuple(floors), rooms, dict(by_type))


@answers(WayTo)
def way_to(reader: Reader, question: WayTo) -> tuple[Above, ...]:
    reader.require(Right.MANAGE_PLACES)
    way: list[Above] = []
    place = reader.session.get(Place, question.bed)
    while place is not None and place.rid not in {one.rid for one in way}:
        way.append(Above(place.rid, place.kind, place.name, place.bed_type))
        place = reader.session.get(Place, place.parent) if place.parent is not None else None
    return tuple(way)


def _floor_of(spots: dict[UUID, _Spot], parent: UUID | None) -> UUID:
    """The floor above a bed; where none is, the building; where none is either, `NOWHERE`."""
    building, seen = NOWHERE, set[UUID]()
    while parent is not None and parent in spots and parent not in seen:
        seen.add(parent)
        spot = spots[parent]
        if spot.kind == "floor":
            return parent
        if spot.kind == "building":
            building = parent
        parent = spot.parent
    return building


def _floor_row(spots: dict[UUID, _Spot], rid: UUID, beds: int, taken: int) -> FloorRow:
    spot = spots.get(rid)
    if spot is None:
        return FloorRow(rid, "", "", beds, taken)
    if spot.kind == "building":
        return FloorRow(rid, spot.name, "", beds, taken)
    above = spots.get(spot.parent) if spot.parent is not None else None
    return FloorRow(rid, above.name if above else "", spot.name, beds, taken)


def _floor_order(floor: FloorRow) -> tuple[Any, ...]:
    return (floor.rid == NOWHERE, in_order(floor.building), in_order(floor.name), floor.rid)


def _rooms(reader: Reader, spots: dict[UUID, _Spot], parents: Iterable[UUID | None]) -> tuple[RoomRow, ...]:
    within = [parent for parent in parents if parent is not None]
    where: ColumnElement[bool] = Place.parent.in_(within)
    if None in parents:
        where = where | Place.parent.is_(None)
    rows = reader.session.execute(
        select(
            Place.rid, Place.name, Place.label, Place.bed_type, Place.parent,
            Resident.rid, Resident.name, Resident.sex, latest.level,
        )
        .outerjoin(Stay, _holds)
        .outerjoin(Resident, Resident.rid == Stay.resident)
        .outerjoin(latest, join_latest())
        .where(Place.kind == "bed", where)
    ).all()  # fmt: skip
    allergies = _allergies(reader, [row[5] for row in rows if row[5] is not None])
    rooms: dict[UUID | None, list[BedRow]] = defaultdict(list)
    columns: list[tuple[Any, ...]] = [tuple(row) for row in rows]
    for rid, name, label, bed_type, parent, who, called, sex, level in columns:
        lying = Lying(who, called, sex, level, allergies.get(who)) if who is not None else None
        spot = spots.get(parent)
        room = parent if spot is not None and spot.kind == "room" else None
        rooms[room].append(BedRow(rid, name, label, bed_type, lying))
    named = ((spots[rid].name if rid is not None else "", beds) for rid, beds in rooms.items())
    return tuple(
        RoomRow(name, tuple(sorted(beds, key=lambda bed: in_order(bed.name))))
        for name, beds in sorted(named, key=lambda one: (not one[0], in_order(one[0])))
    )


def _allergies(reader: Reader, rids: list[UUID]) -> dict[UUID, bool]:
    """Whether an allergy is known; who is not among them has no entry at all, which means unknown."""
    rows = reader.session.execute(
        select(Allergy.resident, func.min(Allergy.none_known))
        .where(Allergy.resident.in_(rids), Allergy.current, Allergy.state != "retracted")
        .group_by(Allergy.resident)
    )
    return {resident: not none_known for resident, none_known in rows}
