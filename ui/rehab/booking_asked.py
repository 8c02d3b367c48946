"""What the sheet of a place asks: for a session that is moved, for one more, for one that makes up for a missed one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.rehab.day import rehab_day
from app.rehab.form.week import People
from app.rehab.queries.missed import MissedRow
from app.rehab.queries.placing_conflicts import PlacingConflicts
from app.rehab.queries.week import monday_of
from app.rehab.queries.week_rows import BoardSession, ProgrammeLine
from app.rehab.queries.week_times import ItemTimes
from app.rehab.rules.sessions import SessionKey
from app.rehab.scheduling import AddSession, MoveSession, when_words
from app.rehab.scheduling.placing import Place
from ui.rehab.booking_sheets import Asked


def move_asked(session: BoardSession, people: People, zone: str) -> Asked:
    """R: the session under the cursor to another time."""
    group, key = len(session.members) > 1, session.key
    return Asked(
        title=f"改期：{session.residents} {session.words}",
        text=f"现在是 {when_words(zone, session.at)}，{session.therapist_name}。",
        act="改期",
        first=Place(session.day, session.time, session.therapist, session.minutes),
        people=_with(people, session.therapist, session.therapist_name),
        order=lambda place, why, accept: MoveSession(
            key, place.day, place.time, place.therapist, place.minutes, why, accept, group
        ),
        conflicts=lambda place: PlacingConflicts(
            place.day, place.time, key, None, place.therapist, place.minutes, group
        ),
        times=ItemTimes(key[0], monday_of(session.day), (session.day, session.time), session.therapist),
    )


def once_asked(line: ProgrammeLine, day: date, people: People) -> Asked:
    """One more of a line of the programme, this once."""
    more = _OneMore(line.item.rid, day, line.therapist, line.minutes)
    return _asked(
        more, f"加排一次：{line.name} {line.words}", f"{line.short}，每次 {line.minutes} 分钟。", people
    )


def make_up_asked(row: MissedRow, today: date, people: People) -> Asked:
    """One more instead of a session that was missed."""
    more = _OneMore(row.key[0], today, row.therapist, row.minutes, row.key)
    text = f"{row.day:%m-%d} {row.time} {row.state}{'（' + row.why + '）' if row.why else ''}。"
    people = _with(people, row.therapist, row.therapist_name)
    return _asked(more, f"补训：{row.name} {row.words}", text, people)


@dataclass(frozen=True)
class _OneMore:
    item: UUID
    day: date
    therapist: UUID | None
    minutes: int
    instead_of: SessionKey | None = None


def _asked(more: _OneMore, title: str, text: str, people: People) -> Asked:
    first = rehab_day().times[0]
    return Asked(
        title=title,
        text=text,
        act="补训" if more.instead_of is not None else "加排",
        first=Place(more.day, "", more.therapist, more.minutes),
        people=people,
        order=lambda place, why, accept: AddSession(
            more.item, place.day, place.time, place.therapist, place.minutes, why, accept, more.instead_of
        ),
        conflicts=lambda place: PlacingConflicts(
            place.day, place.time, None, more.item, place.therapist, place.minutes
        ),
        times=ItemTimes(more.item, monday_of(more.day), (more.day, first), more.therapist),
    )


def _with(people: People, therapist: UUID | None, name: str) -> People:
    """Whoever has the session may keep it, a doctor too."""
    if therapist is None or any(rid == therapist for rid, _name in people):
        return people
    return (*people, (therapist, name))
