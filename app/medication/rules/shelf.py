"""The shelf of one medicine: lots that came, what was taken from them, what is left; first expired, first out.

Nothing is lost or invented: what is left in the lots, less what was taken beyond them (`short`), is what the last count
found, plus what came since, minus what went since. A count says what is there and stands before everything that
happened earlier, also before what is recorded later of an earlier time. Between two movements the order of doses does
not matter: those that name their lot take from it, the others from what expires first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

NOTHING = Decimal(0)
_NEVER = date.max


@dataclass(frozen=True)
class Lot:
    """What is left of one lot. `opened_on`, `use_until`: of the pack of it that was opened last."""

    lot: str
    expires: date | None
    left: Decimal
    opened_on: date | None = None
    use_until: date | None = None

    def with_left(self, left: Decimal) -> Lot:
        """The same lot with another number left."""
        return (
            self if left == self.left else Lot(self.lot, self.expires, left, self.opened_on, self.use_until)
        )


@dataclass(frozen=True)
class Move:
    """One movement; `quantity` is negative for what leaves; `counted`: what a count found of the lot."""

    at: datetime
    lot: str
    expires: date | None
    quantity: Decimal
    counted: Decimal | None = None
    opened_on: date | None = None
    use_until: date | None = None


@dataclass(frozen=True)
class Taken:
    """What a dose took, or several of one time; `lot` empty: whichever expires first."""

    at: datetime
    pieces: Decimal
    lot: str = ""


@dataclass(frozen=True)
class Shelf:
    """Lots with something left, the one to be used first in front; `since`: the last movement it reckons with."""

    lots: tuple[Lot, ...] = ()
    short: Decimal = NOTHING
    since: datetime | None = None

    @property
    def balance(self) -> Decimal:
        return sum((lot.left for lot in self.lots), NOTHING) - self.short

    def left_of(self, lot: str) -> Decimal:
        return sum((one.left for one in self.lots if one.lot == lot), NOTHING)

    def take(self, pieces: Decimal, lot: str = "") -> Shelf:
        """So many less: of the lot that is named as far as it goes, then of what expires first."""
        left, wanted = {place: one.left for place, one in enumerate(self.lots)}, pieces
        for place in sorted(left, key=lambda place: self.lots[place].lot != lot) if lot else list(left):
            part = min(left[place], wanted)
            left[place] -= part
            wanted -= part
        lots = (one.with_left(left[place]) for place, one in enumerate(self.lots) if left[place] > 0)
        return Shelf(tuple(lots), self.short + wanted, self.since)

    def put(self, move: Move) -> Shelf:
        """So many more; what was taken beyond the lots before comes out of it."""
        owed = min(self.short, move.quantity)
        left = move.quantity - owed
        known = next((one for one in self.lots if (one.lot, one.expires) == (move.lot, move.expires)), None)
        lots = [one for one in self.lots if one is not known]
        before = known or Lot(move.lot, move.expires, NOTHING)
        if before.left + left > 0:
            lots.append(replace(before, left=before.left + left))
        return replace(self, lots=in_order(lots), short=self.short - owed)

    def opened(self, move: Move) -> Shelf:
        """A pack of the lot was opened."""
        lots = (
            replace(one, opened_on=move.opened_on, use_until=move.use_until) if one.lot == move.lot else one
            for one in self.lots
        )
        return replace(self, lots=tuple(lots))

    def first_out(self, pieces: Decimal) -> tuple[tuple[str, Decimal], ...]:
        """Which lots so many come from, and how many of each; what is not there has no lot."""
        found, wanted = [], pieces
        for one in self.lots:
            part = min(one.left, wanted)
            if part > 0:
                found.append((one.lot, part))
            wanted -= part
        return (*found, ("", wanted)) if wanted > 0 else tuple(found)


def in_order(lots: Iterable[Lot]) -> tuple[Lot, ...]:
    """First expired first; what has no date comes last."""
    return tuple(sorted(lots, key=lambda one: (one.expires or _NEVER, one.lot)))


def reckon(moves: Iterable[Move], taken: Iterable[Taken], shelf: Shelf | None = None) -> Shelf:
    """The shelf after all of it. What was taken before the first movement was not on it; `shelf`: how it began."""
    ordered = sorted(moves, key=_key)
    shelf = shelf or Shelf()
    begin = shelf.since or (ordered[0].at if ordered else None)
    if begin is None:
        return shelf
    doses = sorted((one for one in taken if one.at >= begin), key=lambda one: one.at)
    for at, group in groupby(ordered, key=lambda move: move.at):
        before = [one for one in doses if one.at < at]
        doses = doses[len(before) :]
        shelf = replace(_moved(_given(shelf, before), list(group)), since=at)
    return _given(shelf, doses)


def _key(move: Move) -> tuple[datetime, bool, str, date, Decimal]:
    """By time; of one time what came stands before what went, and the rest is decided by what it says."""
    return (move.at, move.quantity < 0, move.lot, move.expires or _NEVER, move.quantity)


def _given(shelf: Shelf, doses: list[Taken]) -> Shelf:
    named: dict[str, Decimal] = {}
    for one in doses:
        named[one.lot] = named.get(one.lot, NOTHING) + one.pieces
    for lot in sorted(named, reverse=True):  # those that name their lot first, the others last
        shelf = shelf.take(named[lot], lot)
    return shelf


def _moved(shelf: Shelf, moves: list[Move]) -> Shelf:
    """The movements of one instant; a count stands after them."""
    for move in moves:
        if move.counted is None and move.quantity > 0:
            shelf = shelf.put(move)
        elif move.counted is None and move.quantity < 0:
            shelf = shelf.take(-move.quantity, move.lot)
    counts = [move for move in moves if move.counted is not None]
    if counts:
        shelf = _counted(shelf, counts)
    for move in moves:
        if move.opened_on is not None:
            shelf = shelf.opened(move)
    return shelf


def _counted(shelf: Shelf, counts: list[Move]) -> Shelf:
    """What was found is what is there, lot by lot; a lot nobody found is gone."""
    known = {(one.lot, one.expires): one for one in shelf.lots}
    lots = [
        replace(
            known.get((one.lot, one.expires)) or Lot(one.lot, one.expires, NOTHING),
            left=one.counted or NOTHING,
        )
        for one in counts
    ]
    return Shelf(in_order(one for one in lots if one.left > 0), NOTHING, shelf.since)
