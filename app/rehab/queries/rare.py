"""Lines of the programme done less often than weekly, such as training of parents each month, that are due again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select

from app.core.unit import Reader
from app.rehab.facts import ItemFact
from app.rehab.lists.items import items
from app.rehab.queries.week_rows import ProgrammeLine
from app.rehab.queries.week_unplaced import lines_of, programme_of
from app.rehab.reading import plans_of
from app.rehab.rules.sessions import SessionState
from db.models import RehabBooking, RehabSession

AHEAD = timedelta(days=7)
"""How long before it is due it is told, so that families can be asked."""
_HELD = [one.value for one in SessionState if one.held]


@dataclass(frozen=True)
class RareLine:
    """One that is due on a date. `often`: 每月 1 次; `last`: when it was done."""

    line: ProgrammeLine
    often: str
    last: date | None
    due_on: date


def rare_lines(reader: Reader) -> tuple[RareLine, ...]:
    """Of plans that run; one that has a session ahead is not told."""
    programme = programme_of(reader, reader.today)
    running = {rid for rid, one in plans_of(reader, None).items() if one.status == "running"}
    rare = {one.rid: one for one in programme.items if one.plan in running and _seldom(one)}
    if not rare:
        return ()
    last, booked = _last(reader, rare), _booked(reader, rare)
    found = []
    for line in lines_of(reader, programme, reader.today):
        item = rare.get(line.item.rid)
        if item is None or item.rid in booked:
            continue
        often = items()[item.code].often
        due = last.get(item.rid, item.begins) + timedelta(days=round(7 / often.a_week))
        if due - AHEAD <= reader.today:
            found.append(RareLine(line, often.words, last.get(item.rid), due))
    return tuple(found)


def _seldom(item: ItemFact) -> bool:
    known = items().get(item.code)
    return not item.week and item.per_week == 0 and known is not None and known.often.a_week < 1


def _last(reader: Reader, rids: Collection[UUID]) -> dict[UUID, date]:
    held = (
        select(RehabSession.item, func.max(RehabSession.service_date))
        .where(
            RehabSession.item.in_(list(rids)),
            RehabSession.current,
            RehabSession.state != "retracted",
            RehabSession.attendance.in_(_HELD),
        )
        .group_by(RehabSession.item)
    )
    return {row[0]: row[1] for row in reader.session.execute(held)}


def _booked(reader: Reader, rids: Collection[UUID]) -> set[UUID]:
    """Those with a session that stands today or later."""
    ahead = select(RehabBooking.item).where(
        RehabBooking.item.in_(list(rids)),
        RehabBooking.current,
        RehabBooking.state != "retracted",
        RehabBooking.what.in_(("extra", "moved")),
        or_(RehabBooking.to_date >= reader.today, RehabBooking.service_date >= reader.today),
    )
    return set(reader.session.scalars(ahead))
