"""Acts on single sessions of the week: moved, cancelled, one more, a missed one let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.care.rules import clock_words, minute_of
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.rehab.around import around
from app.rehab.derived import Held, booking_rid, session_rid
from app.rehab.facts import ItemFact
from app.rehab.revising import follow
from app.rehab.rules.sessions import EXTRA, SessionKey, SessionState
from app.rehab.scheduling.finding import (
    booking_of,
    group_of,
    held_of,
    item_of,
    refuse_recorded,
    therapist_rid,
)
from app.rehab.scheduling.placing import (
    Place,
    Placing,
    placed_at,
    read_place,
    refuse_plan,
    why_of,
)
from app.residents.stating import Seen
from db.models import RehabBooking

_NOWHERE: dict[str, Any] = {
    "to_date": None,
    "to_slot": "",
    "therapist": None,
    "minutes": None,
    "instead_of": None,
    "accepted": [],
}


@dataclass(frozen=True)
class MoveSession(Order[Placing]):
    """A session to another time, this once; `therapist` and `minutes` None: as before. `accept`: names of conflicts.

    `whole_group`: with everybody who has it together.
    """

    key: SessionKey
    to_date: date
    to_time: str
    therapist: UUID | None = None
    minutes: int | None = None
    why: str = ""
    accept: tuple[str, ...] = ()
    whole_group: bool = False


@dataclass(frozen=True)
class CancelSession(Order[tuple[Seen, ...]]):
    """A session that is not to be held, this once; `why` in words."""

    key: SessionKey
    why: str
    whole_group: bool = False


@dataclass(frozen=True)
class AddSession(Order[Placing]):
    """One more than the week says; `instead_of`: the missed session it makes up for."""

    item: UUID
    day: date
    time: str
    therapist: UUID | None = None
    minutes: int | None = None
    why: str = ""
    accept: tuple[str, ...] = ()
    instead_of: SessionKey | None = None


@dataclass(frozen=True)
class LetGo(Order[Seen]):
    """A missed session is not made up for; `why` in words."""

    key: SessionKey
    why: str


@performs(MoveSession)
def move_session(unit: Unit, order: MoveSession) -> Placing:
    """Refuses conflicts that nobody accepted, naming both sessions."""
    unit.require(Right.SCHEDULE_REHAB)
    held = held_of(unit, order.key)
    moving = group_of(unit, held) if order.whole_group else [held]
    therapist = therapist_rid(unit, order.therapist)
    places = []
    for one in moving:
        refuse_recorded(unit, one, "改期")
        if one.state is SessionState.CANCELLED:
            raise Refusal("这次训练已取消。要再做，请加排一次。")
        if one.state is SessionState.UNRECORDED:
            raise Refusal("时间已过还没有记录。请记录出席情况；要另排请用“补训”。")
        planned = one.planned
        minutes = order.minutes or planned.minutes
        place = read_place(unit, Place(order.to_date, order.to_time, therapist or planned.therapist, minutes))
        refuse_plan(unit, one.item, place)
        places.append(place)
    if all(_stands(one, place) for one, place in zip(moving, places, strict=True)):
        raise Refusal("时间没有变化。", field="time")
    fresh = [placed_at(unit, one.key, one.item, place) for one, place in zip(moving, places, strict=True)]
    told = [(placed, one.item.discipline) for placed, one in zip(fresh, moving, strict=True)]
    accepted, warned = around(unit, [order.to_date], told).settle(fresh, order.accept)
    seen = []
    for one, place in zip(moving, places, strict=True):
        content = {**went_to(place), "why": why_of(order.why, needed=False), "accepted": accepted}
        what = "extra" if one.key[2].startswith(EXTRA) else "moved"
        seen.append(write_booking(unit, one.key, one.item, {"what": what, **content}))
    return Placing(tuple(seen), warned)


@performs(CancelSession)
def cancel_session(unit: Unit, order: CancelSession) -> tuple[Seen, ...]:
    """Refuses one that was to be held and nobody has recorded: what became of it is said, not taken away."""
    unit.require(Right.SCHEDULE_REHAB)
    held = held_of(unit, order.key)
    why = why_of(order.why, needed=True)
    seen = []
    for one in group_of(unit, held) if order.whole_group else [held]:
        refuse_recorded(unit, one, "取消")
        if one.state is SessionState.CANCELLED:
            raise Refusal("这次训练已经取消了。")
        if one.state is SessionState.UNRECORDED:
            raise Refusal("时间已过还没有记录。请记录出席情况；不补请选“不补”。")
        seen.append(write_booking(unit, one.key, one.item, {"what": "cancelled", "why": why}))
    return tuple(seen)


@performs(AddSession)
def add_session(unit: Unit, order: AddSession) -> Placing:
    """Refuses conflicts that nobody accepted, and a missed session that was made up for already."""
    unit.require(Right.SCHEDULE_REHAB)
    item = item_of(unit, order.item)
    therapist = therapist_rid(unit, order.therapist) or item.therapist
    place = read_place(unit, Place(order.day, order.time, therapist, order.minutes or item.minutes))
    refuse_plan(unit, item, place)
    instead = None if order.instead_of is None else _missed(unit, order.instead_of)
    key = _fresh_key(unit, item, place)
    fresh = placed_at(unit, key, item, place)
    accepted, warned = around(unit, [place.day], [(fresh, item.discipline)]).settle([fresh], order.accept)
    content = {
        "what": "extra",
        **went_to(place),
        "why": why_of(order.why, needed=False),
        "accepted": accepted,
    }
    return Placing((write_booking(unit, key, item, {**content, "instead_of": instead}),), warned)


@performs(LetGo)
def let_go(unit: Unit, order: LetGo) -> Seen:
    unit.require(Right.SCHEDULE_REHAB)
    why = why_of(order.why, needed=True)
    _missed(unit, order.key)
    held = held_of(unit, order.key)
    return write_booking(unit, order.key, held.item, {"what": "waived", "why": why})


def write_booking(unit: Unit, key: SessionKey, item: ItemFact, content: dict[str, Any]) -> Seen:
    """The session's booking, or its next revision: where it went before stays unless the content says otherwise."""
    row = booking_of(unit, key)
    if row is not None:
        fresh = _NOWHERE if row.state == "retracted" else {}
        return follow(
            unit, row, content["why"] or _TITLES[content["what"]], {**fresh, **content, "state": "signed"}
        )
    rid = booking_rid(unit, key)
    booking = RehabBooking(
        **unit.stamp(rid=rid), revision=1, resident=item.resident, item=key[0], service_date=key[1], slot=key[2],
        **content,
    )  # fmt: skip
    unit.session.add(booking)
    return Seen(rid, 1)


MADE_UP = ("extra", "waived")
"""What one more that makes up for a missed one may be; cancelled, it leaves that one waiting again."""
_TITLES = {"moved": "改期", "cancelled": "取消", "extra": "加排", "waived": "不补"}


def went_to(place: Place) -> dict[str, Any]:
    """A place as a booking keeps it."""
    return {
        "to_date": place.day,
        "to_slot": place.time,
        "therapist": place.therapist,
        "minutes": place.minutes,
    }


def _stands(held: Held, place: Place) -> bool:
    """Whether the session is there already."""
    planned = held.planned
    return (planned.day, planned.time, planned.therapist, planned.minutes) == (
        place.day,
        place.time,
        place.therapist,
        place.minutes,
    )


def _missed(unit: Unit, key: SessionKey) -> UUID:
    """The id of a missed session that still waits; refuses any other."""
    held = held_of(unit, key)
    if not held.state.missed:
        raise Refusal("这次训练没有错过，不用补。")
    if held.booking is not None and held.booking.what == "waived":
        raise Refusal("这次训练已经决定不补。")
    rid = session_rid(unit, key)
    made_up = unit.session.scalar(
        select(RehabBooking.to_date).where(
            RehabBooking.instead_of == rid,
            RehabBooking.current,
            RehabBooking.state != "retracted",
            RehabBooking.what.in_(MADE_UP),
        )
    )
    if made_up is not None:
        raise Refusal(f"这次训练已排在 {made_up:%m-%d} 补。")
    return rid


def _fresh_key(unit: Unit, item: ItemFact, place: Place) -> SessionKey:
    """What one more is named by: its time; a minute later where one of that name was moved elsewhere meanwhile."""
    minute = minute_of(place.time)
    while True:
        key = (item.rid, place.day, f"{EXTRA}{clock_words(minute)}")
        row = booking_of(unit, key)
        if row is None or row.state == "retracted":
            return key
        if row.what == "extra" and (row.to_date, row.to_slot) == (place.day, place.time):
            raise Refusal(f"{place.day:%m-%d} {place.time} 已经加排了“{item.words}”。", field="time")
        minute += 1
