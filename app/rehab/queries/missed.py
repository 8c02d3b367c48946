"""Missed sessions that wait: to be made up for, or let go with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.around import resident_names, short_of, therapist_of
from app.rehab.derived import Held, derive, session_rid
from app.rehab.lists.attendance import attendances
from app.rehab.rules.sessions import SessionKey
from app.rehab.scheduling.booking import MADE_UP
from db.models import RehabBooking

DAYS = 14
"""How far back missed sessions are looked for where nobody says otherwise."""


@dataclass(frozen=True)
class MissedRow:
    """A missed session that waits; `state` in words, `why` as it was recorded."""

    key: SessionKey
    resident: UUID
    name: str
    words: str
    discipline: str
    short: str
    therapist: UUID | None
    therapist_name: str
    day: date
    time: str
    minutes: int
    state: str
    why: str


@dataclass(frozen=True)
class MissedSessions(Question[tuple[MissedRow, ...]]):
    """Of these dates (None: the last two weeks), of one resident or of everybody, the latest first."""

    since: date | None = None
    until: date | None = None
    resident: UUID | None = None


@answers(MissedSessions)
def missed_sessions(reader: Reader, question: MissedSessions) -> tuple[MissedRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    until = min(question.until or reader.today, reader.today)
    since = question.since or until - timedelta(days=DAYS)
    days = [since + timedelta(days=step) for step in range((until - since).days + 1)]
    held = waiting_of(
        reader, derive(reader, None if question.resident is None else [question.resident], days)
    )
    names, staff = resident_names(reader, {one.item.resident for one in held}), author_names(reader)
    return tuple(
        _row(one, names, staff) for one in sorted(held, key=lambda one: one.planned.at, reverse=True)
    )


def waiting_of(reader: Reader, held: Sequence[Held]) -> list[Held]:
    """Those that were missed, not let go, and not made up for, of plans that run: one that is over asks for nothing."""
    missed = [
        one
        for one in held
        if one.state.missed
        and one.plan.status == "running"
        and not (one.booking is not None and one.booking.what == "waived")
    ]
    if not missed:
        return []
    named = {session_rid(reader, one.key): one for one in missed}
    made_up = set(
        reader.session.scalars(
            select(RehabBooking.instead_of).where(
                RehabBooking.instead_of.in_(list(named)),
                RehabBooking.current,
                RehabBooking.state != "retracted",
                RehabBooking.what.in_(MADE_UP),
            )
        )
    )
    return [one for rid, one in named.items() if rid not in made_up]


def _row(held: Held, names: dict[UUID, str], staff: dict[UUID, str]) -> MissedRow:
    planned, item, session = held.planned, held.item, held.session
    therapist = therapist_of(held)
    known = attendances().get(session.attendance) if session is not None else None
    return MissedRow(
        held.key, item.resident, names.get(item.resident, ""), item.words, item.discipline, short_of(item.discipline),
        therapist, staff.get(therapist, "") if therapist else "", planned.day, planned.time, planned.minutes,
        known.words if known is not None else "未记录", session.why_words if session is not None else "",
    )  # fmt: skip
