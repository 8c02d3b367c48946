"""The session an act on the week is about: where it stands now, and what forbids to touch it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.clock import local
from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.rehab.derived import Held, booking_rid, derive
from app.rehab.facts import ItemFact
from app.rehab.lists.attendance import attendances
from app.rehab.reading import items_of
from app.rehab.rules.sessions import SessionKey
from db.models import RehabBooking, RehabItem, Staff


def held_of(unit: Reader, key: SessionKey) -> Held:
    """The session with everything known of it; refuses one that is planned no more."""
    found = next((one for one in on_its_day(unit, key) if one.key == key), None)
    if found is None:
        raise Refusal(f"{key[1]:%m-%d} {key[2].lstrip('+')} 这次训练已不在日程里。")
    return found


def group_of(unit: Reader, held: Held) -> list[Held]:
    """The session with those of the others in its group, if it is done in one and they stand at its time."""
    if not held.item.together:
        return [held]
    planned = held.planned
    return [
        one
        for one in derive(unit, None, [planned.day])
        if one.item.together == held.item.together
        and (one.planned.at, one.planned.therapist) == (planned.at, planned.therapist)
        and one.session is None
    ] or [held]


def item_of(unit: Reader, rid: UUID) -> ItemFact:
    """A line of the programme; refuses one that is gone."""
    resident = unit.session.scalar(select(RehabItem.resident).where(RehabItem.rid == rid, RehabItem.current))
    item = items_of(unit, [resident]).get(rid) if resident is not None else None
    if item is None:
        raise Refusal("这个治疗项目已不在康复计划里。")
    return item


def booking_of(unit: Reader, key: SessionKey) -> RehabBooking | None:
    """The revision of its booking that stands, a retracted one too."""
    return unit.session.scalar(
        select(RehabBooking)
        .where(RehabBooking.rid == booking_rid(unit, key), RehabBooking.current)
        .order_by(RehabBooking.recorded_at.desc())
        .limit(1)
    )


def refuse_recorded(unit: Unit, held: Held, act: str) -> None:
    """What was recorded is not planned any more: `act` says what was to be done with it."""
    session = held.session
    if session is None:
        return
    who = author_names(unit).get(session.author) or "别的站点"
    when = local(unit.settings.zone, session.recorded_at)
    known = attendances().get(session.attendance)
    what = known.words if known is not None else "正在训练"
    raise Refusal(f"这次训练已由{who}在 {when:%m-%d %H:%M} 记录（{what}），不能{act}。")


def therapist_rid(unit: Reader, rid: UUID | None) -> UUID | None:
    """Refuses somebody who does not work here any more."""
    if rid is not None and not unit.session.scalar(select(Staff.rid).where(Staff.rid == rid, Staff.active)):
        raise Refusal("请选择在岗的康复师。", field="therapist")
    return rid


def on_its_day(unit: Reader, key: SessionKey) -> list[Held]:
    """What stands of its resident on the day of a session and on the one it went to."""
    item = item_of(unit, key[0])
    booking = booking_of(unit, key)
    days: set[date] = {key[1]}
    if booking is not None and booking.to_date is not None and booking.state != "retracted":
        days.add(booking.to_date)
    return derive(unit, [item.resident], sorted(days))
