"""Counting: what is really there, lot by lot, a difference explained; controlled medicines by two, at each shift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from app.access.proof import Proof
from app.care.derived import hours_of
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Actor
from app.core.unit import Unit
from app.medication.rules.drug import Drug
from app.medication.rules.shelf import NOTHING, Shelf
from app.medication.stock.balance import shelf_of
from app.medication.stock.keeping import (
    CONTROLLED,
    keep_move,
    keeper,
    moment,
    read_count,
    said,
    witness,
)


@dataclass(frozen=True)
class LotCount:
    """What was found of a lot, as typed."""

    lot: str
    expires: date | None
    counted: str


@dataclass(frozen=True)
class ShelfCount:
    """A whole shelf: every lot the books have, and those they do not; `why`: where a difference comes from."""

    drug: str
    owner: UUID | None
    lots: tuple[LotCount, ...]
    why: str = ""


@dataclass(frozen=True)
class CountStock(Order[Decimal]):
    """Somebody counted a shelf; the difference to the books comes back."""

    count: ShelfCount
    second: Proof | None = None


@dataclass(frozen=True)
class CountControlled(Order[int]):
    """At hand-over two people count every controlled medicine; how many shelves differed comes back."""

    counts: tuple[ShelfCount, ...]
    second: Proof | None = None


@performs(CountStock)
def count_stock(unit: Unit, order: CountStock) -> Decimal:
    count = order.count
    drug = keeper(unit, count.drug, count.owner)
    shelf = shelf_of(unit, count.drug, count.owner)
    found = _found(drug, shelf, count)
    difference = sum((one for _, one in found), NOTHING) - shelf.balance
    why = _why(drug, count, difference)
    second = witness(unit, order.second, "麻精药品盘点") if drug.control in CONTROLLED else None
    _keep(unit, drug, shelf, Counted("count", count, found, why, second))
    return difference


@performs(CountControlled)
def count_controlled(unit: Unit, order: CountControlled) -> int:
    """All or none: a shelf that was not counted is not handed over."""
    _, shift = hours_of(unit).at(unit.now)
    ready, differing = [], 0
    for count in order.counts:
        drug = keeper(unit, count.drug, count.owner)
        shelf = shelf_of(unit, count.drug, count.owner)
        found = _found(drug, shelf, count)
        difference = sum((one for _, one in found), NOTHING) - shelf.balance
        differing += difference != 0
        ready.append((drug, shelf, count, found, _why(drug, count, difference)))
    if not ready:
        raise Refusal("没有要清点的麻精药品。")
    second = witness(unit, order.second, "麻精药品交接班清点")
    for drug, shelf, count, found, why in ready:
        _keep(unit, drug, shelf, Counted("shift_count", count, found, why, second, shift.words))
    return differing


@dataclass(frozen=True)
class Counted:
    """A count that may be kept."""

    what: str
    count: ShelfCount
    found: list[tuple[LotCount, Decimal]]
    why: str
    second: Actor | None
    shift: str = ""


def _found(drug: Drug, shelf: Shelf, count: ShelfCount) -> list[tuple[LotCount, Decimal]]:
    """Each lot with its number; refuses while one the books have is not said, and one said twice."""
    known = {(one.lot, one.expires) for one in shelf.lots}
    said_lots = [(one.lot.strip(), one.expires) for one in count.lots]
    if missing := known - set(said_lots):
        lot = next(iter(missing))[0] or "无批号"
        raise Refusal(f"{drug.title} 的批号 {lot} 还没有数。没有了请填 0。", field="lots")
    if len(set(said_lots)) < len(said_lots):
        raise Refusal(f"{drug.title} 有一个批号填了两次。", field="lots")
    return [(one, read_count(one.counted, "lots")) for one in count.lots]


def _why(drug: Drug, count: ShelfCount, difference: Decimal) -> str:
    missing = f"{drug.title} 与账面不符，请写明差异原因。" if difference else ""
    return said(count.why, "why", missing)


def _keep(unit: Unit, drug: Drug, shelf: Shelf, counted: Counted) -> None:
    """A row for each lot; what was taken beyond the lots is settled by the first."""
    count, short = counted.count, shelf.short
    at, pair = moment(unit, drug.code, count.owner), str(unit.new_id())
    found = counted.found or [(LotCount("", None, "0"), NOTHING)]
    for said_of, number in found:
        lot = said_of.lot.strip()
        expected = next(
            (one.left for one in shelf.lots if (one.lot, one.expires) == (lot, said_of.expires)), NOTHING
        )
        keep_move(
            unit, drug, count.owner, counted.what, number - (expected - short),
            at=at, lot=lot, expires=said_of.expires, expected=float(expected - short), note=counted.why,
            second=counted.second.rid if counted.second else None,
            content={"pair": pair, "shift": counted.shift},
        )  # fmt: skip
        short = NOTHING
