"""Who lives on a floor, in the order staff walk: by bed, and those who left on the day in question after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from app.residents.queries import BedBoard, Board
from app.residents.queries.beds import NOWHERE, bed_board
from db.models import CareTask, Place, Resident, Stay

NO_BED = UUID(int=1)
"""Stands for the floor of residents who have a care plan and no bed."""
NO_BED_WORDS = "未安排床位"


@dataclass(frozen=True)
class Lodger:
    """A resident on a floor; `bed` as staff say it."""

    rid: UUID
    name: str
    bed: str


@dataclass(frozen=True)
class FloorName:
    """A floor as a choice."""

    rid: UUID
    building: str
    name: str

    @property
    def words(self) -> str:
        return " ".join(part for part in (self.building, self.name) if part) or "未分楼层"


def floors_of(reader: Reader, board: Board) -> tuple[FloorName, ...]:
    """Every floor on which somebody lies, and the one of those without a bed if there are any."""
    floors = tuple(FloorName(one.rid, one.building, one.name) for one in board.floors if one.taken)
    return (*floors, FloorName(NO_BED, "", NO_BED_WORDS)) if _without_bed(reader) else floors


def lodgers(reader: Reader, floor: UUID, day: date) -> tuple[Lodger, ...]:
    """Who lives on the floor now, and who left it on `day` or later: what they were to get is still to be said."""
    if floor == NO_BED:
        return _without_bed(reader)
    board = bed_board(reader, BedBoard(floor))
    if board.floor != floor:
        return ()
    beds = [bed for room in board.rooms for bed in room.beds]
    here = [Lodger(bed.who.rid, bed.who.name, bed.label) for bed in beds if bed.who is not None]
    known = {one.rid for one in here}
    gone = reader.session.execute(
        select(Resident.rid, Resident.name, Place.label)
        .join(Stay, Stay.resident == Resident.rid)
        .join(Place, Place.rid == Stay.bed)
        .where(
            Stay.current,
            Stay.state != "retracted",
            Stay.ends >= day,
            Stay.bed.in_([bed.rid for bed in beds]),
        )
        .order_by(Place.label)
    )
    return (*here, *(Lodger(*row) for row in gone if row[0] not in known))


def _without_bed(reader: Reader) -> tuple[Lodger, ...]:
    planned = select(CareTask.resident).where(CareTask.current, CareTask.state != "retracted")
    rows = reader.session.execute(
        select(Resident.rid, Resident.name)
        .join(Stay, Stay.resident == Resident.rid)
        .where(
            Stay.current,
            Stay.state != "retracted",
            Stay.status == "in",
            Stay.ends.is_(None),
            Stay.bed.is_(None),
            Resident.rid.in_(planned),
        )
        .order_by(Resident.number)
    )
    return tuple(Lodger(rid, name, "") for rid, name in rows)


def floor_of_each(reader: Reader) -> dict[UUID, UUID]:
    """The floor of every resident in the house, by the same way up that the bed board takes."""
    above = {
        rid: (kind, parent)
        for rid, kind, parent in reader.session.execute(select(Place.rid, Place.kind, Place.parent))
    }
    found = reader.session.execute(
        select(Stay.resident, Stay.bed).where(
            Stay.current, Stay.state != "retracted", Stay.status == "in", Stay.ends.is_(None)
        )
    )
    return {resident: NO_BED if bed is None else _floor_above(above, bed) for resident, bed in found}


def _floor_above(above: dict[UUID, tuple[str, UUID | None]], bed: UUID) -> UUID:
    building, place = NOWHERE, above[bed][1]
    while place is not None and place in above:
        kind, parent = above[place]
        if kind == "floor":
            return place
        if kind == "building":
            building = place
        place = parent
    return building
