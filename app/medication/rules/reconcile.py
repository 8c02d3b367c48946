"""Reconciliation 用药重整 after a hospital: which regular orders stand still until a named decision; how it presses.

Derived from the absence alone: whoever ended it, and however it came here, what was ordered before is held. Who goes
to hospital again is reconciled after the last return; what nobody decided after the one before stays undecided for the
time between. A decision counts from the moment it was made, and not if it is older than the return it is about (the
return was corrected since).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

KEEP, CHANGE, STOP, TAKE, DROP = "keep", "change", "stop", "take", "drop"
WORDS = {KEEP: "保留", CHANGE: "更改", STOP: "停用", TAKE: "采用", DROP: "不用"}
"""What may be decided: keep, change or stop an order of before; take, change or drop what only the hospital wrote."""


@dataclass(frozen=True)
class Return:
    """A return from hospital. `kept`: order → since when a named decision lets it go on; `decided`: any decision;
    `before`: the return before this one.
    """

    absence: UUID
    since: datetime
    ends: datetime
    kept: Mapping[UUID, datetime] = field(default_factory=dict)
    decided: frozenset[UUID] = frozenset()
    before: Return | None = None

    def concerns(self, written: datetime) -> bool:
        """Whether an order was written before: what is ordered afterwards is a named decision itself."""
        return written < self.ends

    def holds(self, order: UUID, written: datetime) -> bool:
        """待重整: nobody who may has said that it goes on."""
        return self.concerns(written) and order not in self.kept

    def stops(self, order: UUID, written: datetime, closes: datetime) -> bool:
        """Whether a blank slot of it is not to be given; `closes`: when its window is over."""
        if not self.concerns(written):
            return False
        if closes >= self.ends:
            return order not in self.kept
        return self.before is not None and self.before.stops(order, written, closes)

    def allows(self, order: UUID, written: datetime, given: datetime, opens: datetime) -> bool:
        """Whether a dose may be recorded as given then; `opens`: when its slot may begin.

        From the decision on; or it was given before the resident left for hospital, and is only recorded now.
        """
        if not self.concerns(written):
            return True
        kept = self.kept.get(order)
        if kept is not None and kept.replace(second=0, microsecond=0) <= given:  # what is said has minutes
            return True
        if not opens <= given < self.since:
            return False
        return self.before is None or self.before.allows(order, written, given, opens)


@dataclass(frozen=True)
class Decided:
    """A decision as it stands at one station; `stands` is false for one that was retracted."""

    order: UUID
    decision: str
    at: datetime
    stands: bool


Stay = tuple[UUID, datetime, datetime]
"""A time in hospital that ended: absence, from, until."""


def last_return(
    stays: Iterable[Stay], decisions: Mapping[UUID, Iterable[Decided]], counts_from: datetime | None
) -> Return | None:
    """The last return, with those before it and what was decided after each; none before `counts_from`.

    Where two stations differ about an order, it is held.
    """
    found: Return | None = None
    for absence, since, ends in sorted(stays, key=lambda one: (one[2], one[1], one[0].bytes)):
        if counts_from is None or ends > counts_from:
            kept, decided = _settled(decisions.get(absence, ()), ends)
            found = Return(absence, since, ends, kept, decided, found)
    return found


def _settled(decisions: Iterable[Decided], ends: datetime) -> tuple[Mapping[UUID, datetime], frozenset[UUID]]:
    """Orders a decision keeps, and those about which anything is decided."""
    by_order: dict[UUID, list[Decided]] = {}
    for one in decisions:
        by_order.setdefault(one.order, []).append(one)
    kept: dict[UUID, datetime] = {}
    decided = set()
    for order, rows in by_order.items():
        if all(one.stands and one.at >= ends for one in rows) and len({one.decision for one in rows}) == 1:
            decided.add(order)
            if rows[0].decision == KEEP:
                kept[order] = max(one.at for one in rows)
    return kept, frozenset(decided)


class Pressure(StrEnum):
    """How much a list that is not finished presses."""

    NONE = "none"
    OPEN = "open"
    SOON = "soon"
    LATE = "late"

    @property
    def tone(self) -> str:
        return {"none": "neutral", "open": "warn", "soon": "orange", "late": "danger"}[self.value]


def pressure(due: datetime | None, now: datetime, soon: timedelta, *, urgent: bool, open_: int) -> Pressure:
    """By the next dose that is held: late once its time is over; what is urgent presses from the beginning."""
    if not open_:
        return Pressure.NONE
    if due is not None and due <= now:
        return Pressure.LATE
    if urgent or (due is not None and due - now <= soon):
        return Pressure.SOON
    return Pressure.OPEN


def urgent_words(classes: Collection[str], urgent: Mapping[str, str]) -> str:
    """Why a medicine must not wait: `胰岛素`; empty for the others. `urgent`: class of medicines → words."""
    return next((words for key, words in urgent.items() if key in classes), "")
