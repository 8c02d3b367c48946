"""The bed board: one floor's rooms and beds with who lies there, every floor counted, and what a bed lies in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

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


_holds = and_(Stay.bed == Place.rid, Stay.current, Stay.ends.is_(None), Stay.state != "retracted")
_in, _above, _top = (aliased(Place, name=name) for name in ("within", "above", "top"))


def _nearest(kind: str) -> ColumnElement[UUID | None]:
    """The place of a kind a bed lies in, at most three steps up."""
    return case(*((place.kind == kind, place.rid) for place in (_in, _above, _top)))


_floor = func.coalesce(_nearest("floor"), _nearest("building"), type_=Place.rid.type)
"""The floor above a bed; where none is, the building; where none is either, nothing."""


_COUNTED = (
    select(_floor, Place.bed_type, func.count(), func.count(Stay.bed))
    .outerjoin(_in, _in.rid == Place.parent)
    .outerjoin(_above, _above.rid == _in.parent)
    .outerjoin(_top, _top.rid == _above.parent)
    .outerjoin(Stay, _holds)
    .where(Place.kind == "bed")
    .group_by(_floor, Place.bed_type)
)
_here = bindparam("floor", type_=Place.rid.type)
_inside = select(_above.rid).where(_above.parent.is_not_distinct_from(_here), _above.kind == "room")
_allergy = (
    select(func.min(Allergy.none_known))
    .where(Allergy.resident == Resident.rid, Allergy.current, Allergy.state != "retracted")
    .scalar_subquery()
)
_ON_FLOOR = (
    select(
        case((_in.kind == "room", _in.name), else_=""),
        Place.rid, Place.name, Place.label, Place.bed_type,
        Resident.rid, Resident.name, Resident.sex, latest.level, _allergy,
    )
    .outerjoin(_in, _in.rid == Place.parent)
    .outerjoin(Stay, _holds)
    .outerjoin(Resident, Resident.rid == Stay.resident)
    .outerjoin(latest, join_latest())
    .where(Place.kind == "bed", or_(Place.parent.is_not_distinct_from(_here), Place.parent.in_(_inside)))
)  # fmt: skip


@answers(BedBoard)
def bed_board(reader: Reader, question: BedBoard) -> Board:
    """Three statements whatever the size of the house; only one floor's people are read."""
    reader.require(Right.READ_RESIDENTS)
    numbers: dict[UUID, list[int]] = defaultdict(lambda: [0, 0])
    by_type: dict[str, int] = defaultdict(int)
    for floor, bed_type, beds, taken in reader.session.execute(_COUNTED):
        numbers[floor or NOWHERE][0] += beds
        numbers[floor or NOWHERE][1] += taken
        by_type[bed_type] += beds
    floors = _floors(reader, numbers)
    known = {floor.rid for floor in floors}
    shown = question.floor if question.floor in known else floors[0].rid if floors else None
    rooms = _rooms(reader, shown) if shown is not None else ()
    return Board(shown, floors, rooms, dict(by_type))


@answers(WayTo)
def way_to(reader: Reader, question: WayTo) -> tuple[Above, ...]:
    reader.require(Right.MANAGE_PLACES)
    way: list[Above] = []
    place = reader.session.get(Place, question.bed)
    while place is not None and place.rid not in {one.rid for one in way}:
        way.append(Above(place.rid, place.kind, place.name, place.bed_type))
        place = reader.session.get(Place, place.parent) if place.parent is not None else None
    return tuple(way)


def _floors(reader: Reader, numbers: dict[UUID, list[int]]) -> tuple[FloorRow, ...]:
    """The floors that were counted, by name."""
    named = reader.session.execute(
        select(Place.rid, Place.kind, Place.name, _in.name)
        .outerjoin(_in, _in.rid == Place.parent)
        .where(Place.rid.in_(list(numbers)))
    )
    rows = [
        FloorRow(rid, name, "", *numbers[rid])
        if kind == "building"
        else FloorRow(rid, above or "", name, *numbers[rid])
        for rid, kind, name, above in named
    ]
    if NOWHERE in numbers:
        rows.append(FloorRow(NOWHERE, "", "", *numbers[NOWHERE]))
    return tuple(sorted(rows, key=_floor_order))


def _floor_order(floor: FloorRow) -> tuple[Any, ...]:
    return (floor.rid == NOWHERE, in_order(floor.building), in_order(floor.name), floor.rid)


def _rooms(reader: Reader, floor: UUID) -> tuple[RoomRow, ...]:
    """The beds in a floor's rooms, and those that lie in the floor itself."""
    rows = reader.session.execute(_ON_FLOOR, {"floor": None if floor == NOWHERE else floor})
    rooms: dict[str, list[BedRow]] = defaultdict(list)
    columns: list[Any] = list(rows)
    for room, rid, name, label, bed_type, *person in columns:
        rooms[room].append(BedRow(rid, name, label, bed_type, _lying(*person)))
    return tuple(
        RoomRow(name, tuple(sorted(beds, key=lambda bed: in_order(bed.name))))
        for name, beds in sorted(rooms.items(), key=lambda one: (not one[0], in_order(one[0])))
    )


def _lying(rid: UUID | None, name: str, sex: str, level: int | None, none_known: bool | None) -> Lying | None:  # noqa: FBT001  # a column
    """Who lies there. No entry about allergies at all means unknown."""
    if rid is None:
        return None
    return Lying(rid, name, sex, level, None if none_known is None else not none_known)
