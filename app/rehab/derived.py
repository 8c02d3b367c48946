"""What is to be trained and what became of it: sessions of some dates, derived from items, bookings and records.

Acts and questions both stand on this. Five statements whatever the number of residents (six where something was moved).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.care.derived import hours_of
from app.care.rules import Hours, minute_of
from app.care.spans import Span, absences_of, stays_of
from app.core.ids import named
from app.core.unit import Reader
from app.rehab.day import rehab_day
from app.rehab.facts import BookingFact, ItemFact, PlanFact, SessionFact
from app.rehab.reading import bookings_of, plans_of, sessions_of, weeks_of
from app.rehab.rules.sessions import (
    EXTRA,
    Planned,
    SessionKey,
    SessionState,
    Weekly,
    state_of,
    weekly_sessions,
)


@dataclass(frozen=True)
class Held:
    """A session with everything known of it. `away`: leave or hospital at its time; `tentative`: its plan does not run.

    `others`: what another station recorded of the same session; both stay to be seen.
    """

    planned: Planned
    item: ItemFact
    plan: PlanFact
    session: SessionFact | None
    booking: BookingFact | None
    away: str
    state: SessionState
    tentative: bool = False
    others: tuple[SessionFact, ...] = ()

    @property
    def key(self) -> SessionKey:
        return self.planned.key


def session_rid(reader: Reader, key: SessionKey) -> UUID:
    """The id of what becomes of a session: every station gives it the same."""
    item, day, slot = key
    return named(reader.settings.institution_id, "rehab_session", str(item), day.isoformat(), slot)


def booking_rid(reader: Reader, key: SessionKey) -> UUID:
    """The id of a session's booking: every station gives it the same."""
    item, day, slot = key
    return named(reader.settings.institution_id, "rehab_booking", str(item), day.isoformat(), slot)


def derive(reader: Reader, residents: Collection[UUID] | None, days: Sequence[date]) -> list[Held]:
    """Every session that stands on these dates (moved ones where they went), in the order of time.

    `residents` None means the whole house. A cancelled one stands where it was, with that state.
    """
    if not days:
        return []
    house = _house(reader, residents)
    bookings = bookings_of(reader, residents, days)
    sessions = sessions_of(reader, residents, {*days, *(key[1] for key in bookings)})
    whose = {item.resident for item in house.items.values()}  # not the whole house: few are in rehab
    stays, absences = stays_of(reader, whose, house.hours), absences_of(reader, whose)
    held: list[Held] = []
    for planned in _standing(house, bookings, days):
        item = house.items[planned.item]
        recorded = sessions.pop(planned.key, ())
        asks = house.plans[item.plan].asks(planned.at, planned.day)
        if not recorded and not (asks and any(stay.covers(planned.at) for stay in stays[item.resident])):
            continue
        away = "" if recorded else _away(absences[item.resident], planned)
        held.append(_held(house, planned, bookings.get(planned.key), recorded, away))
    held += _off_plan(house, sessions, bookings, days)
    return sorted(held, key=lambda one: (one.planned.at, one.item.words))


@dataclass(frozen=True)
class _House:
    """Plans, items and their weeks, and the clock they are read by."""

    now: datetime
    hours: Hours
    plans: dict[UUID, PlanFact]
    items: dict[UUID, ItemFact]
    weekly: list[Weekly]


def _house(reader: Reader, residents: Collection[UUID] | None) -> _House:
    house = _House(reader.now, hours_of(reader), plans_of(reader, residents), {}, [])
    for fact, weeks in weeks_of(reader, residents):
        if fact.plan in house.plans:
            house.items[fact.rid] = fact
            house.weekly.extend(weeks)
    return house


def _standing(
    house: _House, bookings: dict[SessionKey, BookingFact], days: Sequence[date]
) -> Iterator[Planned]:
    """Where each session stands on these dates, after what was booked otherwise."""
    wanted, hours = set(days), house.hours
    elsewhere = sorted({key[1] for key in bookings} - wanted)
    for planned in weekly_sessions(house.weekly, [*days, *elsewhere], hours):
        booking = bookings.get(planned.key)
        here = booking.placed(planned, hours) if booking is not None else planned
        if here.day in wanted:
            yield here
    for key, booking in bookings.items():
        if booking.extra and booking.to_date in wanted and key[0] in house.items:
            item = house.items[key[0]]
            day, time = booking.to_date, booking.to_slot
            at, minutes = hours.moment(day, minute_of(time)), booking.minutes or item.minutes
            yield Planned(key, day, time, at, minutes, booking.therapist or item.therapist, moved=True)


def _held(
    house: _House,
    planned: Planned,
    booking: BookingFact | None,
    recorded: tuple[SessionFact, ...],
    away: str,
) -> Held:
    item = house.items[planned.item]
    plan = house.plans[item.plan]
    session, others = (recorded[0], recorded[1:]) if recorded else (None, ())
    tentative = session is None and plan.waits(planned.at)
    if session is not None:
        state = session.state
    elif booking is not None and booking.what == "cancelled":
        state = SessionState.CANCELLED
    elif tentative:
        state = SessionState.PLANNED
    else:
        day = rehab_day()
        closes = max(house.hours.moment(planned.day, day.closes), planned.ends)
        state = state_of(planned, house.now, closes=closes, early=day.early, away=bool(away))
    return Held(planned, item, plan, session, booking, away, state, tentative, others)


def _away(absences: list[Span], planned: Planned) -> str:
    return next((span.what for span in absences if span.covers(planned.at)), "")


def _off_plan(
    house: _House,
    sessions: dict[SessionKey, tuple[SessionFact, ...]],
    bookings: dict[SessionKey, BookingFact],
    days: Sequence[date],
) -> Iterator[Held]:
    """What was recorded at a time the week has no more: it happened, and stays to be seen."""
    for key, recorded in sessions.items():
        if key[0] not in house.items:
            continue
        slot = key[2].removeprefix(EXTRA)
        at = house.hours.moment(key[1], minute_of(slot))
        planned = Planned(key, key[1], slot, at, house.items[key[0]].minutes, recorded[0].therapist)
        booking = bookings.get(key)
        if booking is not None:
            planned = booking.placed(planned, house.hours)
        if planned.day in days:
            yield _held(house, planned, booking, recorded, "")
