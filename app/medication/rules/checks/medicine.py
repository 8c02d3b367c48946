"""One order as the checks see it: its medicine, how much of it at once and in a day, when, since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.medication.rules.amounts import in_unit
from app.medication.rules.dosing import SAME, SCALE, TAPER, TIMES, TURN, largest
from app.medication.rules.drug import Drug
from app.medication.rules.regime import LONG, PRN

LOCAL = frozenset({"top", "od", "os", "ou", "ear", "nose", "vag", "blad"})
"""Routes by which little of a medicine gets into the blood."""
DAY = 24 * 60


@dataclass(frozen=True)
class Medicine:
    """`key` names the order ("" the new one). `single` and `daily` are the largest amounts, in `unit`.

    `minutes` are its times of the day; `used_days` how long it has been given, `course_days` how long it is ordered
    for (None: open). `stopped_hours`: how long ago it ended; None while it runs.
    """

    key: str
    drug: Drug
    tokens: frozenset[str]
    route: str = ""
    kind: str = LONG
    unit: str = ""
    single: Decimal | None = None
    daily: Decimal | None = None
    minutes: tuple[int, ...] = ()
    scale: bool = False
    used_days: int = 0
    course_days: int | None = None
    stopped_hours: int | None = None
    open_end: bool = False
    weekdays: int = 0

    @property
    def name(self) -> str:
        return self.drug.name

    @property
    def runs(self) -> bool:
        return self.stopped_hours is None

    @property
    def regular(self) -> bool:
        """Given day after day, not once and not when needed."""
        return self.kind == LONG

    @property
    def local(self) -> bool:
        return is_local(self.drug, self.route)

    def of_ingredient(self, ingredient: str, amount: Decimal | None, unit: str) -> Decimal | None:
        """How much of one active substance an amount of this medicine holds, in `unit`; None where it is not known."""
        if amount is None:
            return None
        pieces = self.drug.units_of(amount, self.unit)
        part = next((one for one in self.drug.contains if one.ingredient == ingredient), None)
        if part is not None:
            return None if pieces is None else in_unit(pieces * part.amount, part.unit, unit)
        if len(self.drug.ingredients) > 1:
            return None
        return self.as_unit(amount, unit)

    def as_unit(self, amount: Decimal | None, unit: str) -> Decimal | None:
        """An amount of this medicine in another unit: mass, or its own base unit."""
        if amount is None:
            return None
        if (same := in_unit(amount, self.unit, unit)) is not None:
            return same
        pieces = self.drug.units_of(amount, self.unit)
        if pieces is None or unit == self.drug.unit:
            return pieces
        inside = self.drug.amount_of(pieces)
        return None if inside is None else in_unit(inside, self.drug.strength_unit, unit)


def is_local(drug: Drug, route: str) -> bool:
    routes = (route,) if route else drug.routes
    return all(one in LOCAL for one in routes)


def tokens_of(drug: Drug, *, local: bool) -> frozenset[str]:
    """What rules may call a medicine by: its classes; its substances and group where it acts on the whole body."""
    return frozenset(drug.classes) if local else frozenset((*drug.classes, *drug.ingredients, drug.group))


def named(some: Iterable[Medicine]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The orders and the groups a finding is about."""
    different = {one.key: one for one in some}
    return tuple(sorted(different)), tuple(sorted({one.drug.group for one in different.values()}))


def amounts_of(
    dosing: Mapping[str, Any], kind: str, times: Sequence[str], most: int
) -> tuple[Decimal, Decimal]:
    """The largest amount at once and in a day. `most`: how often at most, where it is given when needed."""
    single = largest(dosing)
    way = dosing.get("way", SAME)
    if kind == PRN:
        return single, single * max(most, 1)
    if kind != LONG:
        return single, single
    if way == TIMES:
        return single, sum((Decimal(one) for one in dosing["amounts"].values()), Decimal(0))
    if way in (SAME, TURN, TAPER, SCALE):
        return single, single * max(len(times), 1)
    return single, single


def apart(one: Medicine, other: Medicine, before: int, after: int) -> bool:
    """Whether `one` is always taken so many minutes before or after `other`; False where times are unknown."""
    if not one.minutes or not other.minutes:
        return False
    for mine in one.minutes:
        for theirs in other.minutes:
            ahead = (theirs - mine) % DAY
            behind = (mine - theirs) % DAY
            if ahead < before or behind < after:
                return False
    return True
