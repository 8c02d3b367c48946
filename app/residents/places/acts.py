"""Acts on places: beds added with what they lie in, a place renamed, the type of beds set."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.beds import bed_of, find_bed
from app.residents.codes import code_list
from app.residents.rules import PlacePath, Wrong, place_name, read_bed_names, read_place
from app.residents.search_row import keep_search
from db.models import Place, Stay

LONGEST = 20
"""Characters a place's name may have: more does not stand on a card or a wristband."""


@dataclass(frozen=True)
class Added:
    """Beds that were added, by label."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class AddBeds(Order[Added]):
    """New beds of a room. `beds` as typed (`1-3`); building, floor and room are made where they are missing.

    `bed_type` is a code of bed_type.toml, empty for not set.
    """

    building: str
    floor: str
    room: str
    beds: str
    bed_type: str = ""


@dataclass(frozen=True)
class ChangePlace(Order[str]):
    """Another name for a place, another type for it (a bed) or for every bed in it. None leaves the type as it is.

    Answers with the label the place has afterwards.
    """

    place: UUID
    name: str
    bed_type: str | None = None


@performs(AddBeds)
def add_beds(unit: Unit, order: AddBeds) -> Added:
    """Refuses beds without a room or floor, names that cannot be, and a bed that is there already; all or none."""
    unit.require(Right.MANAGE_PLACES)
    _check_type(order.bed_type)
    if not order.room.strip() and not order.floor.strip():
        raise Refusal("请填写房间，或者至少填写楼层。", field="room")
    try:
        names = read_bed_names(order.beds)
    except Wrong as wrong:
        raise Refusal(wrong.text + "。", field="beds") from wrong
    paths = [_path(order, name) for name in names]
    for path in paths:
        for name, field in ((path.building, "building"), (path.floor, "floor"), (path.room, "room")):
            _check_length(name, field)
        _check_length(path.bed, "beds")
        if find_bed(unit, path) is not None:
            raise Refusal(f"床位 {path.label} 已经有了。", field="beds")
    for path in paths:
        unit.session.get_one(Place, bed_of(unit, path)).bed_type = order.bed_type
    return Added(tuple(path.label for path in paths))


@performs(ChangePlace)
def change_place(unit: Unit, order: ChangePlace) -> str:
    """Refuses an empty name and one that a neighbour or another bed of the house has."""
    unit.require(Right.MANAGE_PLACES)
    place = unit.session.get(Place, order.place)
    if place is None:
        raise Refusal("没有找到这个位置，请刷新床位图。")
    name = place_name(place.kind, order.name)
    if not name:
        raise Refusal("请填写名称。", field="name")
    _check_length(name, "name")
    if order.bed_type is not None:
        _check_type(order.bed_type)
        for bed in beds_in(unit, place):
            if bed.bed_type != order.bed_type:
                bed.bed_type = order.bed_type
    if name != place.name:
        _rename(unit, place, name)
    return place.label


def beds_in(unit: Unit, place: Place) -> list[Place]:
    """The beds of a place; a bed is its own."""
    if place.kind == "bed":
        return [place]
    found: list[Place] = []
    for inside in unit.session.scalars(select(Place).where(Place.parent == place.rid)):
        found += beds_in(unit, inside)
    return found


def path_of(unit: Unit, bed: Place) -> PlacePath:
    """The way to a bed by the names of what it lies in."""
    names = {"bed": bed.name}
    above = bed.parent
    while above is not None:
        place = unit.session.get_one(Place, above)
        names[place.kind] = place.name
        above = place.parent
    return PlacePath(**names)


def _path(order: AddBeds, bed: str) -> PlacePath:
    """The way a roster's reading would give: both lead to the same record."""
    path = read_place(order.building, order.floor, order.room, bed)
    if path is None:
        raise Refusal(f"“{bed}”不能作床号。", field="beds")
    return path


def _rename(unit: Unit, place: Place, name: str) -> None:
    """Every bed inside is said anew, and so is the line of whoever lies there."""
    above = Place.parent.is_(None) if place.parent is None else Place.parent == place.parent
    same = select(Place.rid).where(Place.kind == place.kind, Place.name == name, above)
    if unit.session.scalar(same) is not None:
        raise Refusal(f"这里已经有“{name}”了。", field="name")
    place.name = name
    if place.kind != "bed":
        place.label = name
    beds = beds_in(unit, place)
    own = {bed.rid for bed in beds}
    labels = unit.session.execute(select(Place.rid, Place.label).where(Place.kind == "bed"))
    others = {label for rid, label in labels if rid not in own}
    for bed in beds:
        label = path_of(unit, bed).label
        if label in others:
            raise Refusal(f"床位 {label} 已经有了，这样改会有两张。", field="name")
        bed.label = label
    unit.session.flush()
    lying = select(Stay.resident).where(Stay.bed.in_(own), Stay.current, Stay.state != "retracted")
    for resident in unit.session.scalars(lying).all():
        keep_search(unit, resident)


def _check_type(bed_type: str) -> None:
    if bed_type and all(bed_type != entry.code for entry in code_list("bed_type").entries):
        raise Refusal("请选择床位类型。", field="type")


def _check_length(name: str, field: str) -> None:
    if len(name) > LONGEST:
        raise Refusal(f"名称最多 {LONGEST} 个字。", field=field)
