"""What is in the cupboard: shelves as they are kept, those that cannot know reckoned from movements and doses.

`stock_shelf` holds each shelf as its last movement left it and what doses took since (triggers add that up), so that
the whole house is one statement. A dose recorded of a time before that, or of a named lot, makes a row unsure: it is
reckoned from the last count on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from app.core.unit import Reader, Unit
from app.medication.rules.shelf import NOTHING, Lot, Move, Shelf, Taken, reckon
from db.models import Dose, StockMove, StockShelf

Key = tuple[str, UUID | None]
"""A medicine and whose it is; None is the ward's."""
OWN, WARD = "own", "ward"
NOBODY = UUID(int=0)
"""Stands for the ward in `stock_shelf`."""
COUNTS = frozenset({"count", "shift_count"})
_MOVE = (
    StockMove.drug, StockMove.owner, StockMove.what, StockMove.at, StockMove.lot, StockMove.expires,
    StockMove.quantity, StockMove.expected, StockMove.opened_on, StockMove.use_until, StockMove.words,
)  # fmt: skip


@dataclass(frozen=True)
class Which:
    """Shelves that are looked at: `drugs` and `owners` None mean all of them."""

    drugs: Collection[str] | None = None
    owners: Collection[UUID] | None = None
    ward: bool = True
    own: bool = True


EVERYTHING = Which()


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


def shelves(reader: Reader, which: Which = EVERYTHING) -> dict[Key, Kept]:
    """Every shelf that something was ever put on."""
    found: dict[Key, Kept] = {}
    unsure: dict[Key, str] = {}
    for row in reader.session.scalars(select(StockShelf).where(*wanted(which))):
        key = (row.drug, None if row.owner == NOBODY else row.owner)
        if row.stale:
            unsure[key] = row.words
        else:
            found[key] = Kept(kept_shelf(row.lots, row.short, row.since).take(exact(row.taken)), row.words)
    return found | reckoned(reader, unsure)


def reckoned(reader: Reader, unsure: Mapping[Key, str]) -> dict[Key, Kept]:
    """Shelves whose rows cannot know, from the last count on."""
    return {
        key: Kept(reckon(moves, taken_since(reader, key, last_count(moves))), unsure[key])
        for key, moves in moves_of(reader, unsure).items()
    }


def renew(unit: Unit, keys: Iterable[Key]) -> None:
    """After a movement: the shelves as they are now, for everybody who asks later."""
    wanted = set(keys)
    found = moves_of(unit, wanted)
    for drug, owner in wanted:
        row = unit.session.get(StockShelf, (drug, owner or NOBODY), populate_existing=True)
        if row is None:
            continue
        moves = found.get((drug, owner))
        if not moves:
            unit.session.delete(row)
            continue
        taken = taken_since(unit, (drug, owner), last_count(moves))
        since = moves[-1].at
        later = [one for one in taken if one.at >= since]
        shelf = reckon(moves, [one for one in taken if one.at < since])
        row.since, row.short, row.left = since, float(shelf.short), float(shelf.balance)
        row.lots = {"lots": [_said(lot) for lot in shelf.lots]}
        row.expires = min((lot.expires for lot in shelf.lots if lot.expires), default=None)
        row.use_until = min((lot.use_until for lot in shelf.lots if lot.use_until), default=None)
        row.taken = float(sum((one.pieces for one in later), NOTHING))
        row.stale = any(one.lot for one in later)
    unit.session.flush()


def kept_shelf(lots: dict[str, Any], short: float, since: datetime) -> Shelf:
    """The shelf a row holds."""
    return Shelf(
        tuple(
            Lot(lot, _day(expires), Decimal(left), _day(opened), _day(until))
            for lot, expires, left, opened, until in lots.get("lots", ())
        ),
        exact(short),
        since,
    )


def last_count(moves: list[Move]) -> datetime:
    """From when doses matter: the last count, which says what was there then; else the first movement."""
    return max((move.at for move in moves if move.counted is not None), default=moves[0].at)


def moves_of(reader: Reader, keys: Iterable[Key]) -> dict[Key, list[Move]]:
    """What was moved on some shelves, in the order of time; one of which nothing stands any more is left out."""
    wanted = set(keys)
    found: dict[Key, list[Move]] = defaultdict(list)
    if not wanted:
        return found
    statement = (
        select(*_MOVE)
        .where(StockMove.current, StockMove.state != "retracted")
        .where(StockMove.drug.in_({drug for drug, _ in wanted}))
        .order_by(StockMove.at, StockMove.recorded_at)
    )
    for row in reader.session.execute(statement):
        if (row.drug, row.owner) in wanted:
            found[row.drug, row.owner].append(_move(row))
    return found


def taken_since(reader: Reader, key: Key, since: datetime) -> list[Taken]:
    """What doses of this station took from a shelf from an instant on."""
    drug, owner = key
    whose = Dose.supply != OWN if owner is None else and_(Dose.supply == OWN, Dose.resident == owner)
    statement = select(Dose.at, Dose.pieces, Dose.lot).where(
        Dose.current,
        Dose.state != "retracted",
        Dose.station == reader.settings.station_number,
        Dose.pieces > 0,
        Dose.drug == drug,
        Dose.at >= since,
        whose,
    )
    rows = reader.session.execute(statement)
    return [Taken(at, exact(pieces or 0), lot) for at, pieces, lot in rows]


def wanted(which: Which) -> Iterable[Any]:
    if which.drugs is not None:
        yield StockShelf.drug.in_(which.drugs)
    whose = []
    if which.ward:
        whose.append(StockShelf.owner == NOBODY)
    if which.own:
        owned = StockShelf.owner != NOBODY
        whose.append(owned if which.owners is None else StockShelf.owner.in_(which.owners))
    yield or_(*whose)


def _move(row: Any) -> Move:
    counted = None
    if row.what in COUNTS:
        counted = exact((row.expected or 0) + row.quantity)
    return Move(row.at, row.lot, row.expires, exact(row.quantity), counted, row.opened_on, row.use_until)


def _said(lot: Lot) -> list[str | None]:
    dates = (lot.expires, lot.opened_on, lot.use_until)
    expires, opened, until = (None if day is None else day.isoformat() for day in dates)
    return [lot.lot, expires, str(lot.left), opened, until]


def _day(kept: str | None) -> date | None:
    return None if kept is None else date.fromisoformat(kept)
