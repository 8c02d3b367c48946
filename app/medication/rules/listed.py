"""The hospital's list of medicines beside the orders of before: which line means which order, and whether they agree.

没写不等于停: an order no line means stands as *not written*, never as stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any, TypeVar

from app.medication.rules.amounts import in_unit
from app.medication.rules.dosing import SAME

SAME_AS, CHANGED, UNWRITTEN, STOPPED, NO_LIST = "same", "changed", "unwritten", "stopped", "none"
"""What the hospital says of an order: the same, something else, nothing, stopped, or there is no list at all."""


@dataclass(frozen=True)
class Listed:
    """One line of the hospital's list. `drug`: code of the drug list, empty for one that is not in it; `dose` as typed;
    `stopped`: the hospital wrote that it was stopped."""

    words: str
    key: str = ""
    drug: str = ""
    dose: str = ""
    frequency: str = ""
    times: str = ""
    days: str = ""
    route: str = ""
    note: str = ""
    stopped: bool = False

    def as_kept(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> Listed:
        known = {one.name for one in fields(cls)}
        return cls(**{key: value for key, value in kept.items() if key in known})


@dataclass(frozen=True)
class Meant:
    """A medicine on either side, as far as two can be compared: its product, its substances, its name."""

    drug: str
    group: str
    name: str


Order = TypeVar("Order")


def matched(
    orders: Sequence[Order],
    lines: Sequence[Listed],
    order: Callable[[Order], Meant],
    line: Callable[[Listed], Meant],
) -> dict[int, Listed]:
    """Place of an order → the line that means it: the same product first, then the same substances, then the name.

    A line means one order at most; lines nobody is meant by are new medicines.
    """
    found: dict[int, Listed] = {}
    left = list(lines)
    for same in (_product, _substances, _name):
        for place, one in enumerate(orders):
            if place in found:
                continue
            hit = next((other for other in left if same(order(one), line(other))), None)
            if hit is not None:
                found[place] = hit
                left.remove(hit)
    return found


def _product(one: Meant, other: Meant) -> bool:
    return bool(one.drug) and one.drug == other.drug


def _substances(one: Meant, other: Meant) -> bool:
    return bool(one.group) and one.group == other.group


def _name(one: Meant, other: Meant) -> bool:
    if not one.name or not other.name:
        return False
    return one.name in other.name or other.name in one.name


@dataclass(frozen=True)
class Asks:
    """How much and how often, to be compared. `amount` None: it differs from dose to dose, or cannot be read."""

    amount: Decimal | None
    unit: str
    frequency: str
    times: tuple[str, ...] = ()
    route: str = ""


def asks_of(dosing: dict[str, Any], unit: str, when: tuple[str, tuple[str, ...]], route: str) -> Asks:
    """What an order asks for."""
    amount = Decimal(dosing["amount"]) if dosing.get("way") == SAME else None
    return Asks(amount, unit, when[0], when[1], route)


def agree(before: Asks, hospital: Asks) -> bool:
    """The same dose as often. What the hospital left out (times, route) does not differ."""
    if before.amount is None or hospital.amount is None:
        return False
    amount = in_unit(hospital.amount, hospital.unit, before.unit)
    if amount != before.amount or hospital.frequency != before.frequency:
        return False
    if hospital.times and hospital.times != before.times:
        return False
    return not hospital.route or hospital.route == before.route
