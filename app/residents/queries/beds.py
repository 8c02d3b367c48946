"""The bed board: one floor's rooms and beds with who lies there, every floor counted, and what a bed lies in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from app.core.clock import date_in
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.queries.latest import join_latest, latest
from app.residents.queries.presence import open_absence, planned_day
from app.residents.queries.risks import Risk, risks_of
from app.residents.rules import in_order, nursing_share
from app.residents.which_stay import holding, in_house
from db.models import Absence, Allergy, Place, Resident, Stay

NOWHERE = UUID(int=0)
"""Stands for the floor of beds that lie in no floor and no building."""


@dataclass(frozen=True)
class Lying:
    """Who holds a bed. `level` 0–4, None before the first assessment; `allergy` None while nobody has said.

    `state`: here, leave, hospital, reserved. `since`: when they went away; `until`: the day they are expected, or the
    day until which the bed of somebody in hospital is kept. `risks` need protection, by the newest assessments.
    """

    rid: UUID
    name: str
    sex: str
    level: int | None
    allergy: bool | None
    state: str = "here"
    since: date | None = None
    until: date | None = None
    risks: tuple[Risk, ...] = ()


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
        """Beds of residents, here or away; a reserved one is not taken yet."""
        return sum(bed.who is not None and bed.who.state != "reserved" for bed in self.beds)


@dataclass(frozen=True)
class FloorRow:
    """A floor as a choice. `rid`: the floor, a building whose beds name no floor, or `NOWHERE`."""

    rid: UUID
    building: str
    name: str
    beds: int
    taken: int
    reserved: int = 0

    @property
    def words(self) -> str:
        return " ".join(part for part in (self.building, self.name) if part) or "未分楼层"


@dataclass(frozen=True)
class Board:
    """One floor to be shown, and the house in numbers. `floor` is None in a house without beds.

    `by_type`: beds of the house by type code, empty for not set. `away`: residents who hold a bed and are on `leave`
    or in `hospital`.
    """

    floor: UUID | None
    floors: tuple[FloorRow, ...]
    rooms: tuple[RoomRow, ...]
    by_type: dict[str, int]
    away: dict[str, int] = field(default_factory=dict)

    @property
    def beds(self) -> int:
        return sum(floor.beds for floor in self.floors)

    @property
    def taken(self) -> int:
        return sum(floor.taken for floor in self.floors)

    @property
    def reserved(self) -> int:
        return sum(floor.reserved for floor in self.floors)

    @property
    def free(self) -> int:
        return self.beds - self.taken - self.reserved

    @property
    def here(self) -> int:
        """Taken beds whose resident is in the house."""
        return self.taken - sum(self.away.values())

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


_holds = and_(Stay.bed == Place.rid, holding())
_in, _above, _top = (aliased(Place, name=name) for name in ("within", "above", "top"))


def _nearest(kind: str) -> ColumnElement[UUID | None]:
    """The place of a kind a bed lies in, at most three steps up."""
    return case(*((place.kind == kind, place.rid) for place in (_in, _above, _top)))


_floor = func.coalesce(_nearest("floor"), _nearest("building"), type_=Place.rid.type)
"""The floor above a bed; where none is, the building; where none is either, nothing."""


_COUNTED = (
    select(
        _floor,
        Place.bed_type,
        func.count(),
        func.count(Stay.bed),
        func.count(case((Stay.status == "reserved", Stay.bed))),
    )
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
_AWAY = (
    select(Absence.code, func.count())
    .join(Stay, and_(Stay.rid == Absence.stay, in_house(), Stay.bed.is_not(None)))
    .where(open_absence())
    .group_by(Absence.code)
)
_ON_FLOOR = (
    select(
        case((_in.kind == "room", _in.name), else_=""),
        Place.rid, Place.name, Place.label, Place.bed_type,
        Resident.rid, Resident.name, Resident.sex, latest.level, _allergy,
        Stay.status, Stay.expected, Absence.code, Absence.begins, Absence.planned, Absence.keep_until,
    )
    .outerjoin(_in, _in.rid == Place.parent)
    .outerjoin(Stay, _holds)
    .outerjoin(Resident, Resident.rid == Stay.resident)
    .outerjoin(latest, join_latest())
    .outerjoin(Absence, and_(Absence.resident == Resident.rid, open_absence()))
    .where(Place.kind == "bed", or_(Place.parent.is_not_distinct_from(_here), Place.parent.in_(_inside)))
)  # fmt: skip


@answers(BedBoard)
def bed_board(reader: Reader, question: BedBoard) -> Board:
    """Five statements whatever the size of the house; only one floor's people are read."""
    reader.require(Right.READ_RESIDENTS)
    numbers: dict[UUID, list[int]] = defaultdict(lambda: [0, 0, 0])
    by_type: dict[str, int] = defaultdict(int)
    for floor, bed_type, beds, held, reserved in reader.session.execute(_COUNTED):
        for place, number in enumerate((beds, held - reserved, reserved)):
            numbers[floor or NOWHERE][place] += number
        by_type[bed_type] += beds
    floors = _floors(reader, numbers)
    known = {floor.rid for floor in floors}
    shown = question.floor if question.floor in known else floors[0].rid if floors else None
    rooms = _rooms(reader, shown) if shown is not None else ()
    away: dict[str, int] = {row[0]: row[1] for row in reader.session.execute(_AWAY)}
    return Board(shown, floors, rooms, dict(by_type), away)


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
    risks = risks_of(reader, [row[5] for row in columns if row[5] is not None])
    for room, rid, name, label, bed_type, *person in columns:
        who = _lying(reader, *person)
        known = None if who is None else replace(who, risks=risks.get(who.rid, ()))
        rooms[room].append(BedRow(rid, name, label, bed_type, known))
    return tuple(
        RoomRow(name, tuple(sorted(beds, key=lambda bed: in_order(bed.name))))
        for name, beds in sorted(rooms.items(), key=lambda one: (not one[0], in_order(one[0])))
    )


def _lying(reader: Reader, *columns: Any) -> Lying | None:
    """Who holds the bed. No entry about allergies at all means unknown."""
    rid, name, sex, level, none_known, status, expected, code, begins, planned, keep_until = columns
    if rid is None:
        return None
    state = "reserved" if status == "reserved" else code or "here"
    until = {
        "reserved": expected,
        "leave": planned_day(planned, reader.settings.zone),
        "hospital": keep_until,
    }.get(state)
    allergy = None if none_known is None else not none_known
    since = None if begins is None else date_in(reader.settings.zone, begins)
    return Lying(rid, name, sex, level, allergy, state, since, until)
