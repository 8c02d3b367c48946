"""Slots: the doses an order asks for, and the state of each at an instant; derived, never stored.

What is stored is what became of a slot. One without a record is *blank*: planned until its window opens, due inside
it, unrecorded after it until somebody says what happened; nobody but a person ever says that it was missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.medication.rules.regime import STAT


@dataclass(frozen=True)
class Windows:
    """How long before its time a dose may be given, and how long after it is late."""

    early: timedelta = timedelta(minutes=60)
    late: timedelta = timedelta(minutes=60)
    critical: timedelta = timedelta(minutes=30)
    stat: timedelta = timedelta(minutes=15)
    sos: timedelta = timedelta(hours=12)
    record_within: timedelta = timedelta(hours=24)

    def around(self, kind: str, *, critical: bool) -> tuple[timedelta, timedelta]:
        """Before and after the nominal time."""
        if kind == STAT:
            return self.early, self.stat
        return (self.critical, self.critical) if critical else (self.early, self.late)


@dataclass(frozen=True)
class Slot:
    """One dose an order asks for: `day` is its service date, `name` HH:MM, `at` its instant."""

    order: UUID
    day: date
    name: str
    at: datetime
    opens: datetime
    closes: datetime
    shift_day: date
    shift: str

    @property
    def key(self) -> tuple[UUID, date, str]:
        return (self.order, self.day, self.name)


class DoseState(StrEnum):
    """What a slot is at an instant: an outcome that was recorded, or what its being blank means."""

    GIVEN = "given"
    PARTIAL = "partial"
    REFUSED = "refused"
    HELD = "held"
    AWAY = "away"
    NOT_GIVEN = "not_given"
    MISSED = "missed"
    SELF = "self"
    PLANNED = "planned"
    DUE = "due"
    OVERDUE = "overdue"
    PAUSED = "paused"
    UNRECONCILED = "unreconciled"

    @property
    def open(self) -> bool:
        """Whether it waits for somebody now."""
        return self in (DoseState.DUE, DoseState.OVERDUE)

    @property
    def blank(self) -> bool:
        """Whether somebody has to say what happened, now or later."""
        return self.open or self is DoseState.PLANNED

    @property
    def owed(self) -> bool:
        """Whether a shift that is closed owes a word about it: what nobody decided about was not given either."""
        return self.blank or self is DoseState.UNRECONCILED

    @property
    def taken(self) -> bool:
        """Whether the medicine is in the resident."""
        return self in (DoseState.GIVEN, DoseState.PARTIAL, DoseState.SELF)

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    DoseState.GIVEN: "已给药",
    DoseState.PARTIAL: "部分给药",
    DoseState.REFUSED: "拒服",
    DoseState.HELD: "暂停",
    DoseState.AWAY: "外出",
    DoseState.NOT_GIVEN: "未给",
    DoseState.MISSED: "漏给",
    DoseState.SELF: "自行服用",
    DoseState.PLANNED: "计划",
    DoseState.DUE: "待给药",
    DoseState.OVERDUE: "未记录",
    DoseState.PAUSED: "医嘱暂停",
    DoseState.UNRECONCILED: "待重整",
}


@dataclass(frozen=True)
class Kept:
    """What keeps a dose from being given, whatever the time: the order is suspended, the resident was away, or nobody
    has decided about it after a hospital."""

    paused: bool = False
    away: bool = False
    unreconciled: bool = False


def state_of(slot: Slot, now: datetime, outcome: str = "", kept: Kept = Kept()) -> DoseState:
    """What a slot is now: what was recorded stands before everything; then what keeps it back, and the time."""
    if outcome:
        return DoseState(outcome)
    if kept.paused:
        return DoseState.PAUSED
    if kept.away:
        return DoseState.AWAY
    if kept.unreconciled:
        return DoseState.UNRECONCILED
    if now < slot.opens:
        return DoseState.PLANNED
    return DoseState.DUE if now <= slot.closes else DoseState.OVERDUE


def was_away(spans: list[tuple[datetime, datetime | None, str]], slot: Slot) -> str:
    """Leave or hospital (the third of a span) for a slot: away at its time, and not back while its window was open.

    Who comes back inside the window gets the dose then.
    """
    for since, until, what in spans:
        if since <= slot.at and (until is None or slot.at < until):
            return "" if until is not None and until <= slot.closes else what
    return ""
