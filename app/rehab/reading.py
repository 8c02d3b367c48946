"""Rows of plans, items, bookings and sessions as facts: the statements that everything in rehab is derived from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from app.care.spans import asked as made
from app.care.spans import rows_of
from app.core.unit import Reader
from app.rehab.facts import BookingFact, ItemFact, PlanFact, SessionFact
from app.rehab.rules.sessions import SessionKey, Weekly
from db.models import RehabBooking, RehabItem, RehabPlan, RehabSession

_ITEM: tuple[Any, ...] = (
    RehabItem.rid, RehabItem.revision, RehabItem.resident, RehabItem.plan, RehabItem.code, RehabItem.words,
    RehabItem.discipline, RehabItem.minutes, RehabItem.per_week, RehabItem.week, RehabItem.begins, RehabItem.ends,
    RehabItem.dose, RehabItem.place, RehabItem.therapist, RehabItem.goal, RehabItem.together, RehabItem.note,
    RehabItem.accepted,
)  # fmt: skip
_PLAN: tuple[Any, ...] = (
    RehabPlan.rid, RehabPlan.resident, RehabPlan.number, RehabPlan.words, RehabPlan.status, RehabPlan.begins,
    RehabPlan.ends, RehabPlan.review_on, RehabPlan.ended_on, RehabPlan.pauses, RehabPlan.doctor_at,
    RehabPlan.therapist_at, RehabPlan.consent_at, RehabPlan.limits, RehabPlan.conditions,
    RehabPlan.contraindications, RehabPlan.ending, RehabPlan.recorded_at,
)  # fmt: skip
_SESSION: tuple[Any, ...] = (
    RehabSession.rid, RehabSession.revision, RehabSession.station, RehabSession.resident, RehabSession.plan,
    RehabSession.item, RehabSession.service_date, RehabSession.slot, RehabSession.discipline, RehabSession.words,
    RehabSession.therapist, RehabSession.at, RehabSession.ended_at, RehabSession.minutes, RehabSession.attendance,
    RehabSession.why, RehabSession.why_words, RehabSession.author, RehabSession.recorded_at, RehabSession.stopped,
)  # fmt: skip
_BOOKING: tuple[Any, ...] = (
    RehabBooking.rid, RehabBooking.revision, RehabBooking.item, RehabBooking.service_date, RehabBooking.slot,
    RehabBooking.what, RehabBooking.to_date, RehabBooking.to_slot, RehabBooking.therapist, RehabBooking.minutes,
    RehabBooking.why, RehabBooking.instead_of, RehabBooking.author, RehabBooking.recorded_at, RehabBooking.accepted,
)  # fmt: skip
_ITEMS = made(
    select(*_ITEM, RehabItem.recorded_at)
    .where(RehabItem.current, RehabItem.state != "retracted")
    .order_by(RehabItem.ordinal, RehabItem.recorded_at),
    RehabItem.resident,
)
_BEFORE = select(*_ITEM, RehabItem.recorded_at).where(
    RehabItem.rid.in_(bindparam("rids", expanding=True)), RehabItem.current.is_(False)
).order_by(RehabItem.revision, RehabItem.recorded_at)  # fmt: skip
_PLANS = made(select(*_PLAN).where(RehabPlan.current, RehabPlan.state != "retracted"), RehabPlan.resident)
_BOOKINGS = made(
    select(*_BOOKING).where(
        RehabBooking.current,
        RehabBooking.state != "retracted",
        or_(
            RehabBooking.service_date.between(bindparam("first"), bindparam("last")),
            RehabBooking.to_date.between(bindparam("first"), bindparam("last")),
        ),
    ).order_by(RehabBooking.recorded_at),
    RehabBooking.resident,
)  # fmt: skip
_SESSIONS = made(
    select(*_SESSION).where(
        RehabSession.service_date.in_(bindparam("days", expanding=True)),
        RehabSession.current,
        RehabSession.state != "retracted",
    ).order_by(RehabSession.recorded_at),
    RehabSession.resident,
)  # fmt: skip


def plans_of(reader: Reader, residents: Collection[UUID] | None) -> dict[UUID, PlanFact]:
    """Every plan of them by rid, those that are over too."""
    return {row.rid: PlanFact.of(row) for row in leading(rows_of(reader, _PLANS, residents))}


def items_of(reader: Reader, residents: Collection[UUID] | None) -> dict[UUID, ItemFact]:
    """Every programme item of them by rid, as it stands, in the order of their plans."""
    return {row.rid: ItemFact(*row[:-1]) for row in leading(rows_of(reader, _ITEMS, residents))}


def weeks_of(reader: Reader, residents: Collection[UUID] | None) -> Iterator[tuple[ItemFact, list[Weekly]]]:
    """Every item with its week as each of its revisions had it."""
    standing = leading(rows_of(reader, _ITEMS, residents))
    revisions: dict[UUID, list[Any]] = defaultdict(list)
    changed = [row.rid for row in standing if row.revision > 1]
    if changed:
        for row in reader.session.execute(_BEFORE, {"rids": changed}):
            revisions[row.rid].append(row)
    for row in standing:
        history = [*revisions[row.rid], row]
        yield ItemFact(*row[:-1]), [_weekly(one, later) for one, later in pairwise([*history, None])]


def leading(rows: Iterable[Any]) -> list[Any]:
    """One row of each record: of what two stations wrote of one the later leads, as with sessions."""
    found: dict[UUID, Any] = {}
    for row in rows:
        before = found.get(row.rid)
        if before is None or row.recorded_at > before.recorded_at:
            found[row.rid] = row
    return list(found.values())


def _weekly(row: Any, later: Any) -> Weekly:
    until = None if later is None else later.recorded_at
    week = tuple(row.week)
    return Weekly(row.rid, week, row.minutes, row.therapist, row.begins, row.ends, row.recorded_at, until)


def bookings_of(
    reader: Reader, residents: Collection[UUID] | None, days: Sequence[date]
) -> dict[SessionKey, BookingFact]:
    """What is otherwise than the weeks say, of sessions that stand on these dates or did."""
    rows = rows_of(reader, _BOOKINGS, residents, first=min(days), last=max(days))
    return {(row.item, row.service_date, row.slot): BookingFact(*row) for row in rows}


def sessions_of(
    reader: Reader, residents: Collection[UUID] | None, days: Iterable[date]
) -> dict[SessionKey, tuple[SessionFact, ...]]:
    """What was recorded, by session; of several stations' records the later one leads."""
    found: dict[SessionKey, tuple[SessionFact, ...]] = {}
    for row in rows_of(reader, _SESSIONS, residents, days=sorted(days)):
        key = (row.item, row.service_date, row.slot)
        found[key] = (SessionFact(*row), *found.get(key, ()))
    return found
