"""Frozen facts of rehab as sessions, boards and acts need them: a plan, an item, a booking, a session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.care.rules import Hours, minute_of
from app.rehab.rules.sessions import EXTRA, Planned, SessionKey, SessionState


@dataclass(frozen=True)
class PlanFact:
    """A plan. `since`: when it first ran, None while a signature or the consent is missing for the first time.

    `pauses`: first day of each pause and the day it went on, None while it lasts; `breaks`: the same to the instant.
    `halts`: from when until when a plan that had run waited to be signed anew. `ended_at`: when it was closed.
    """

    rid: UUID
    resident: UUID
    number: str
    words: str
    status: str
    begins: date
    ends: date
    review_on: date
    ended_on: date | None
    since: datetime | None
    ended_at: datetime | None
    pauses: tuple[tuple[date, date | None], ...]
    breaks: tuple[Break, ...]
    halts: tuple[tuple[datetime, datetime | None], ...]
    limits: dict[str, Any]
    conditions: tuple[str, ...]
    contraindications: dict[str, Any]

    @staticmethod
    def of(row: Any) -> PlanFact:
        """From a row of the plan's columns."""
        pauses = tuple((date.fromisoformat(first), _day(on)) for first, on in row.pauses.get("spans", ()))
        known = [(_instant(begun), _instant(over)) for begun, over in row.pauses.get("at", ())]
        known += [(None, None)] * (len(pauses) - len(known))  # pauses that were kept by day only
        breaks = tuple(Break(*pause, *instants) for pause, instants in zip(pauses, known, strict=False))
        halts = tuple(
            (datetime.fromisoformat(begun), _instant(over)) for begun, over in row.pauses.get("halts", ())
        )
        closed = None if row.ended_on is None else _instant(row.ending.get("ended_at")) or row.recorded_at
        return PlanFact(
            row.rid, row.resident, row.number, row.words, row.status, row.begins, row.ends, row.review_on,
            row.ended_on, ran_since(row), closed, pauses, breaks, halts, row.limits, tuple(row.conditions),
            row.contraindications,
        )  # fmt: skip

    def paused(self, day: date) -> bool:
        return any(first <= day and (on is None or day < on) for first, on in self.pauses)

    def asks(self, at: datetime, day: date) -> bool:
        """Whether a session of that time is asked for: the plan runs then, or may still come to run."""
        if self.status == "cancelled" or day < self.begins or day > self.ends:
            return False
        if any(one.covers(at, day) for one in self.breaks):
            return False
        if self.ended_on is not None and (day > self.ended_on or (self.ended_at and at >= self.ended_at)):
            return False
        if self.since is None:
            return self.status == "drawn_up"
        halted = any(begun <= at and (over is None or at < over) for begun, over in self.halts)
        return at >= self.since and (not halted or self.waits(at))

    def waits(self, at: datetime) -> bool:
        """Whether a session of that time waits for the plan to be signed: what came before a change was signed for."""
        if self.status != "drawn_up":
            return False
        return not self.halts or self.halts[-1][1] is not None or at >= self.halts[-1][0]


@dataclass(frozen=True)
class Break:
    """A pause: its first day and the day it went on; the instants of both where they are known."""

    first: date
    on: date | None
    begun: datetime | None
    over: datetime | None

    def covers(self, at: datetime, day: date) -> bool:
        """Whether a session of that time is in it."""
        begun = day >= self.first if self.begun is None else at >= self.begun
        over = (self.on is not None and day >= self.on) if self.over is None else at >= self.over
        return begun and not over


def ran_since(row: Any) -> datetime | None:
    """When a plan first ran; of one whose row does not say, when it was signed last."""
    kept = _instant(row.pauses.get("ran"))
    signed = [row.doctor_at, row.therapist_at, row.consent_at]
    return kept or (None if None in signed else max(signed))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@dataclass(frozen=True)
class ItemFact:
    """A line of the programme, as its table has it (`db.models.RehabItem`)."""

    rid: UUID
    revision: int
    resident: UUID
    plan: UUID
    code: str
    words: str
    discipline: str
    minutes: int
    per_week: int
    week: list[str]
    begins: date
    ends: date | None
    dose: dict[str, Any]
    place: str
    therapist: UUID | None
    goal: UUID | None
    together: str
    note: str
    accepted: list[str]


@dataclass(frozen=True)
class BookingFact:
    """What is otherwise than the week says of one session (`db.models.RehabBooking`)."""

    rid: UUID
    revision: int
    item: UUID
    service_date: date
    slot: str
    what: str
    to_date: date | None
    to_slot: str
    therapist: UUID | None
    minutes: int | None
    why: str
    instead_of: UUID | None
    author: UUID
    recorded_at: datetime
    accepted: list[str]

    @property
    def extra(self) -> bool:
        return self.slot.startswith(EXTRA)

    def placed(self, planned: Planned, hours: Hours) -> Planned:
        """Where the session stands now; one that was moved and then cancelled or let go stays where it went."""
        if self.to_date is None:
            return planned
        here = replace(
            planned,
            day=self.to_date,
            time=self.to_slot,
            at=hours.moment(self.to_date, minute_of(self.to_slot)),
            minutes=self.minutes or planned.minutes,
            therapist=self.therapist or planned.therapist,
        )
        return replace(here, moved=here != planned)


@dataclass(frozen=True)
class SessionFact:
    """What was recorded of a session (`db.models.RehabSession`); `at` is when it began."""

    rid: UUID
    revision: int
    station: str
    resident: UUID
    plan: UUID
    item: UUID
    service_date: date
    slot: str
    discipline: str
    words: str
    therapist: UUID | None
    at: datetime
    ended_at: datetime | None
    minutes: int
    attendance: str
    why: str
    why_words: str
    author: UUID
    recorded_at: datetime
    stopped: dict[str, Any]

    @property
    def key(self) -> SessionKey:
        return (self.item, self.service_date, self.slot)

    @property
    def state(self) -> SessionState:
        return SessionState(self.attendance) if self.attendance else SessionState.RUNNING
