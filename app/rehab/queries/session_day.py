"""The sessions of one day: a therapist's own or everybody's, in the order of time, each as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.clock import date_in
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.derived import Held, derive
from app.rehab.dosing import dose_words
from app.rehab.lists.attendance import reason_words
from app.rehab.lists.disciplines import disciplines
from app.rehab.rules.sessions import SessionKey, SessionState
from app.rehab.training.running import waits_for_form
from app.residents.queries.who import Named, named_residents
from app.residents.rules.stays import ABSENCES
from app.residents.stating import Seen
from db.models import RehabSession


@dataclass(frozen=True)
class DayLine:
    """One session. `mine`: of whoever asks; `since`: when it began; `wanting`: it was stopped and has no form yet;
    `twice`: another station recorded it too; `recorded` is its record; `forgotten`: begun earlier, never ended.
    """

    key: SessionKey
    resident: UUID
    name: str
    bed: str
    code: str
    words: str
    discipline: str
    badge: str
    tone: str
    dose: str
    at: datetime
    time: str
    minutes: int
    therapist: str
    mine: bool
    together: str
    state: SessionState
    recorded: Seen | None
    since: datetime | None
    rpe: float | None
    why: str
    by: str
    tentative: bool
    wanting: bool
    twice: bool
    forgotten: bool

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something with it today."""
        return self.wanting or (
            not self.tentative and (self.state.open or self.state is SessionState.UNRECORDED)
        )


@dataclass(frozen=True)
class SessionDayRow:
    """`lines` by time, after those forgotten on earlier days; `mine` how many of the day are those of whoever asks."""

    day: date
    lines: tuple[DayLine, ...]
    mine: int

    @property
    def next(self) -> DayLine | None:
        """The one that goes on, else the first that waits, else the first that is still to come."""
        going = [one for one in self.lines if one.state is SessionState.RUNNING or one.wanting]
        waiting = [one for one in self.lines if one.open]
        coming = [one for one in self.lines if one.state is SessionState.PLANNED]
        return next(iter((*going, *waiting, *coming, *self.lines)), None)


@dataclass(frozen=True)
class SessionDay(Question[SessionDayRow]):
    """`therapist`: of whom; None for everybody. `day` None: today."""

    therapist: UUID | None = None
    day: date | None = None


@answers(SessionDay)
def session_day(reader: Reader, question: SessionDay) -> SessionDayRow:
    reader.require(Right.READ_RESIDENTS)
    day = question.day or reader.today
    held = derive(reader, None, (day,))
    mine = sum(_whose(one) == reader.actor.rid for one in held)
    if day == reader.today:
        held = [*_forgotten(reader), *held]
    if question.therapist is not None:
        held = [one for one in held if _whose(one) == question.therapist]
    return SessionDayRow(day, lines_of(reader, held), mine)


def _forgotten(reader: Reader) -> list[Held]:
    """Sessions of earlier days that still go on: nobody would look for them there."""
    rows = reader.session.execute(
        select(RehabSession.resident, RehabSession.service_date, RehabSession.at).where(
            RehabSession.current, RehabSession.state != "retracted", RehabSession.ended_at.is_(None),
            RehabSession.attendance == "", RehabSession.service_date < reader.today,
        )
    ).all()  # fmt: skip
    days = {day for row in rows for day in (row.service_date, _day_of(reader, row.at)) if day < reader.today}
    found = derive(reader, {row.resident for row in rows}, sorted(days))
    return [one for one in found if one.state is SessionState.RUNNING]


def _is_forgotten(reader: Reader, held: Held) -> bool:
    running = held.session if held.state is SessionState.RUNNING else None
    return running is not None and _day_of(reader, running.at) < reader.today


def _day_of(reader: Reader, at: datetime) -> date:
    return date_in(reader.settings.zone, at)


def lines_of(reader: Reader, held: Sequence[Held]) -> tuple[DayLine, ...]:
    """Derived sessions as a list shows them, by time and bed. Three statements."""
    names = author_names(reader)
    people = named_residents(reader, {one.item.resident for one in held})
    rows = _rows(reader, held)
    lines = (_line(reader, one, rows, (names, people)) for one in held)
    return tuple(sorted(lines, key=lambda one: (one.at, one.bed, one.name, one.words)))


def _line(
    reader: Reader,
    held: Held,
    rows: Mapping[UUID, RehabSession],
    known: tuple[Mapping[UUID, str], Mapping[UUID, Named]],
) -> DayLine:
    names, people = known
    session, whose = held.session, _whose(held)
    row = rows.get(session.rid) if session is not None else None
    who = people.get(held.item.resident, Named("", ""))
    discipline = disciplines().get(held.item.discipline)
    return DayLine(
        key=held.key,
        resident=held.item.resident,
        name=who.name,
        bed=who.bed,
        code=held.item.code,
        words=held.item.words,
        discipline=held.item.discipline,
        badge=discipline.short if discipline else held.item.discipline,
        tone=discipline.tone if discipline else "neutral",
        dose=dose_words(row.dose if row is not None and row.dose else held.item.dose),
        at=held.planned.at,
        time=held.planned.time,
        minutes=session.minutes if session is not None and session.minutes else held.planned.minutes,
        therapist=names.get(whose, "") if whose is not None else "",
        mine=whose == reader.actor.rid,
        together=held.item.together,
        state=held.state,
        recorded=None if session is None else Seen(session.rid, session.revision),
        since=None if session is None else session.at,
        rpe=None if row is None else row.during.get("rpe", row.after.get("rpe")),
        why=_why(held),
        by=names.get(session.author, "区平台") if session is not None else "",
        tentative=held.tentative,
        wanting=row is not None and waits_for_form(row),
        twice=bool(held.others),
        forgotten=_is_forgotten(reader, held),
    )


def _why(held: Held) -> str:
    if held.session is not None:
        return held.session.why_words or reason_words(held.session.why)
    if held.away:
        return ABSENCES.get(held.away, held.away)
    return held.booking.why if held.booking is not None else ""


def _whose(held: Held) -> UUID | None:
    """Who works with the resident, or is to."""
    return held.session.therapist if held.session is not None else held.planned.therapist


def _rows(reader: Reader, held: Sequence[Held]) -> dict[UUID, RehabSession]:
    """The rows behind, of several stations' the one that leads."""
    leading = {one.session.rid: one.session for one in held if one.session is not None}
    if not leading:
        return {}
    found = reader.session.scalars(
        select(RehabSession).where(RehabSession.rid.in_(list(leading)), RehabSession.current)
    )
    return {row.rid: row for row in found if row.station == leading[row.rid].station}
