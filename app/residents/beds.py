"""Beds found by the words staff use, made where they are missing, and whether somebody lies in them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.ids import named
from app.core.unit import Reader, Unit
from app.residents.rules import PlacePath
from app.residents.which_stay import holding
from db.models import Place, Resident, Stay


def find_bed(reader: Reader, path: PlacePath) -> UUID | None:
    """The bed of a path, or None if the house has no such bed yet."""
    return reader.session.scalar(select(Place.rid).where(Place.kind == "bed", Place.label == path.label))


def bed_of(unit: Unit, path: PlacePath) -> UUID:
    """The bed of a path; building, floor, room and bed are made where they are missing."""
    found = find_bed(unit, path)
    if found is not None:
        return found
    parent: UUID | None = None
    for kind, name in (("building", path.building), ("floor", path.floor), ("room", path.room)):
        if name:
            parent = _within(unit, kind, name, parent)
    rid = place_rid(unit, "bed", path.bed, parent)
    bed = Place(**unit.stamp(rid=rid), kind="bed", name=path.bed, parent=parent, label=path.label)
    unit.session.add(bed)
    unit.session.flush()
    return bed.rid


def place_rid(unit: Unit, kind: str, name: str, parent: UUID | None) -> UUID | None:
    """The identity two stations give one bed alike; None (a fresh one) if a place renamed since has it."""
    rid = named(unit.settings.institution_id, str(parent or ""), kind, name)
    return rid if unit.session.get(Place, rid) is None else None


def who_lies_in(reader: Reader, bed: UUID) -> tuple[UUID, str, str] | None:
    """The resident (rid, name) a bed is held by now, and whether it is taken (`in`) or `reserved`."""
    row = reader.session.execute(
        select(Resident.rid, Resident.name, Stay.status)
        .join(Stay, Stay.resident == Resident.rid)
        .where(Stay.bed == bed, holding())
    ).first()
    return None if row is None else (row[0], row[1], row[2])


def refuse_held(unit: Unit, bed: Place, resident: UUID | None = None) -> None:
    """Refuse a bed that somebody other than this resident lies in or has reserved, naming them."""
    holder = who_lies_in(unit, bed.rid)
    if holder is not None and holder[0] != resident:
        how = "预留" if holder[2] == "reserved" else "住着"
        raise Refusal(f"床位 {bed.label} 已经由 {holder[1]} {how}。", field="bed")


def free_bed(unit: Unit, path: PlacePath, resident: UUID | None = None) -> UUID:
    """The bed of a path for this resident; refuses one that somebody else lies in, naming them."""
    bed = unit.session.get_one(Place, bed_of(unit, path))
    refuse_held(unit, bed, resident)
    return bed.rid


def _within(unit: Unit, kind: str, name: str, parent: UUID | None) -> UUID:
    above = Place.parent.is_(None) if parent is None else Place.parent == parent
    found = unit.session.scalar(select(Place.rid).where(Place.kind == kind, Place.name == name, above))
    if found is not None:
        return found
    rid = place_rid(unit, kind, name, parent)
    made = Place(**unit.stamp(rid=rid), kind=kind, name=name, parent=parent, label=name)
    unit.session.add(made)
    unit.session.flush()
    return made.rid
