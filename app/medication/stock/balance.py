"""What is in the cupboard: shelves reckoned from movements and from the doses of this station since the last count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from app.core.unit import Reader
from app.medication.rules.shelf import Move, Shelf, Taken, reckon
from db.models import Dose, StockMove

Key = tuple[str, UUID | None]
"""A medicine and whose it is; None is the ward's."""
OWN, WARD = "own", "ward"
COUNTS = frozenset({"count", "shift_count"})
_MOVE = (
    StockMove.drug, StockMove.owner, StockMove.what, StockMove.at, StockMove.lot, StockMove.expires,
    StockMove.quantity, StockMove.expected, StockMove.opened_on, StockMove.use_until, StockMove.words,
)  # fmt: skip


@dataclass(frozen=True)
class Which:
    """Shelves that are looked at: `drugs` and `owners` None mean all; `owners` () means the ward's alone."""

    drugs: Collection[str] | None = None
    owners: Collection[UUID] | None = None
    ward: bool = True
    own: bool = True


@dataclass(frozen=True)
class Kept:
    """A shelf with the words its last movement had for the medicine."""

    shelf: Shelf
    words: str


def exact(number: float) -> Decimal:
    """A quantity of a table as the number a person meant: four places, as amounts have."""
    return Decimal(str(round(number, 4)))


def shelf_of(reader: Reader, drug: str, owner: UUID | None) -> Shelf:
    """One shelf; an empty one where nothing was ever moved."""
    which = Which((drug,), (owner,) if owner else (), ward=owner is None, own=owner is not None)
    kept = shelves(reader, which).get((drug, owner))
    return kept.shelf if kept is not None else Shelf()


def shelves(reader: Reader, which: Which = Which()) -> dict[Key, Kept]:  # noqa: B008  # frozen
    """Every shelf that something was ever put on."""
    moves: dict[Key, list[Move]] = defaultdict(list)
    words: dict[Key, str] = {}
    for row in reader.session.execute(_moves(which)):
        moves[row.drug, row.owner].append(_move(row))
        words[row.drug, row.owner] = row.words
    taken = _taken(reader, which, {key: _begin(found) for key, found in moves.items()})
    return {key: Kept(reckon(found, taken[key]), words[key]) for key, found in moves.items()}


def _begin(moves: list[Move]) -> datetime:
    """From when doses matter: the last count, which says what was there then; else the first movement."""
    return max((move.at for move in moves if move.counted is not None), default=moves[0].at)


def _moves(which: Which) -> Any:
    statement = select(*_MOVE).where(StockMove.current, StockMove.state != "retracted")
    if which.drugs is not None:
        statement = statement.where(StockMove.drug.in_(which.drugs))
    whose = []
    if which.ward:
        whose.append(StockMove.owner.is_(None))
    if which.own:
        owners = which.owners
        whose.append(StockMove.owner.is_not(None) if owners is None else StockMove.owner.in_(owners))
    return statement.where(or_(*whose)).order_by(StockMove.at, StockMove.recorded_at)


def _move(row: Any) -> Move:
    counted = None
    if row.what in COUNTS:
        counted = exact((row.expected or 0) + row.quantity)
    return Move(row.at, row.lot, row.expires, exact(row.quantity), counted, row.opened_on, row.use_until)


def _taken(reader: Reader, which: Which, begins: dict[Key, datetime]) -> dict[Key, list[Taken]]:
    """What doses of this station took since each shelf began, by time and lot."""
    found: dict[Key, list[Taken]] = defaultdict(list)
    if not begins:
        return found
    statement = (
        select(Dose.drug, Dose.resident, Dose.supply, Dose.lot, Dose.at, func.sum(Dose.pieces).label("pieces"))
        .where(*given_here(reader), Dose.at >= min(begins.values()))
        .group_by(Dose.drug, Dose.resident, Dose.supply, Dose.lot, Dose.at)
    )
    if which.drugs is not None:
        statement = statement.where(Dose.drug.in_(which.drugs))
    supplies = []
    if which.ward:
        supplies.append(Dose.supply != OWN)
    if which.own:
        whose = Dose.supply == OWN
        supplies.append(whose if which.owners is None else and_(whose, Dose.resident.in_(which.owners)))
    for row in reader.session.execute(statement.where(or_(*supplies))):
        key = (row.drug, row.resident if row.supply == OWN else None)
        if key in begins and row.at >= begins[key]:
            found[key].append(Taken(row.at, exact(row.pieces), row.lot))
    return found


def given_here(reader: Reader) -> tuple[Any, ...]:
    """Doses that took something out of this station's cupboard."""
    return (
        Dose.current,
        Dose.state != "retracted",
        Dose.station == reader.settings.station_number,
        Dose.pieces > 0,
    )
