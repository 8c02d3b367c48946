"""Who lies on a floor, in the order staff walk, and who of them is away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from app.core.clock import local
from app.core.unit import Reader
from app.residents.queries.beds import BedBoard, Board, bed_board
from app.residents.queries.latest import join_latest, latest
from db.models import Absence, Resident, ResidentSearch, Stay

NO_BED = UUID(int=2)
"""Stands for the floor of those who have no bed: day care, and whoever was just admitted."""


@dataclass(frozen=True)
class Away:
    """Leave or hospital over the time of the round; `words` for the row."""

    code: str
    short: str
    words: str


@dataclass(frozen=True)
class Here:
    """Somebody on the floor."""

    rid: UUID
    name: str
    sex: str
    birth: date | None
    bed: str
    level: int | None


def board_of(reader: Reader, floor: UUID | None) -> Board:
    return bed_board(reader, BedBoard(None if floor == NO_BED else floor))


def people_on(reader: Reader, board: Board, floor: UUID) -> tuple[Here, ...]:
    """The floor's people by room and bed; those without a bed by number."""
    if floor == NO_BED:
        return _without_bed(reader)
    lying = [(bed, bed.who) for room in board.rooms for bed in room.beds if bed.who is not None]
    births = _births(reader, [who.rid for _bed, who in lying])
    beds = {bed.rid: (room.name, bed.name) for room in board.rooms for bed in room.beds}
    return tuple(
        Here(
            who.rid, who.name, who.sex, births.get(who.rid), "-".join(filter(None, beds[bed.rid])), who.level
        )
        for bed, who in lying
    )


def count_without_bed(reader: Reader) -> int:
    return len(_without_bed(reader))


def away_at(reader: Reader, people: Iterable[UUID], at: datetime) -> dict[UUID, Away]:
    """Who of these is away at a moment."""
    statement = select(Absence).where(
        Absence.resident.in_(list(people)),
        Absence.current,
        Absence.state != "retracted",
        Absence.begins <= at,
        or_(Absence.ends.is_(None), Absence.ends > at),
    )
    return {row.resident: _away(row, reader.settings.zone) for row in reader.session.scalars(statement)}


def _away(row: Absence, zone: str) -> Away:
    begins = f"{local(zone, row.begins):%m-%d}"
    planned = f" 至 {local(zone, row.planned):%m-%d}" if row.planned else " 起"
    if row.code == "hospital":
        where = f" {row.whither}" if row.whither else ""
        return Away(row.code, "住院", f"住院{where} {begins} 起，本轮不测")
    return Away(row.code, "请假", f"请假外出 {begins}{planned}，本轮不测")


def _births(reader: Reader, people: list[UUID]) -> dict[UUID, date | None]:
    rows = reader.session.execute(select(Resident.rid, Resident.birth_date).where(Resident.rid.in_(people)))
    return {row[0]: row[1] for row in rows}


def _without_bed(reader: Reader) -> tuple[Here, ...]:
    columns: tuple[Any, ...] = (
        Resident.rid,
        Resident.name,
        Resident.sex,
        Resident.birth_date,
        Resident.number,
        latest.level,
    )
    bedded = select(Stay.resident).where(
        Stay.bed.is_not(None), Stay.current, Stay.ends.is_(None), Stay.state != "retracted"
    )
    statement = (
        select(*columns)
        .join(ResidentSearch, ResidentSearch.rid == Resident.rid)
        .outerjoin(latest, join_latest())
        .where(ResidentSearch.status == "in", Resident.rid.not_in(bedded))
        .order_by(ResidentSearch.sort)
    )
    return tuple(Here(*row) for row in reader.session.execute(statement))
