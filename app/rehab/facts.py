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
    """A plan. `since`: from when on it runs, None while a signature or the consent is missing.

    `pauses`: first day of each pause and the day it went on, None while it lasts.
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
    pauses: tuple[tuple[date, date | None], ...]
    limits: dict[str, Any]
    conditions: tuple[str, ...]
    contraindications: dict[str, Any]

    @staticmethod
    def of(row: Any) -> PlanFact:
        """From a row of the plan's columns."""
        signed = (row.doctor_at, row.therapist_at, row.consent_at)
        pauses = tuple(
            (date.fromisoformat(first), date.fromisoformat(on) if on else None)
            for first, on in row.pauses.get("spans", ())
        )
        since = None if None in signed else max(signed)
        return PlanFact(
            row.rid, row.resident, row.number, row.words, row.status, row.begins, row.ends, row.review_on,
            row.ended_on, since, pauses, row.limits, tuple(row.conditions), row.contraindications,
        )  # fmt: skip

    def paused(self, day: date) -> bool:
        return any(first <= day and (on is None or day < on) for first, on in self.pauses)

    def asks(self, at: datetime, day: date) -> bool:
        """Whether a session of that time is asked for: the plan runs then, or may still come to run."""
        if self.status == "cancelled" or day < self.begins or day > self.ends or self.paused(day):
            return False
        if self.ended_on is not None and day > self.ended_on:
            return False
        return self.status == "drawn_up" or (self.since is not None and at >= self.since)


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
