"""The week board 周排程: rows of therapists or residents, what stands in each day, and what is in each other's way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.care.derived import hours_of
from app.care.rules import Hours
from app.core.orders import Question, answers
from app.core.roles import Right, Role
from app.core.unit import Reader
from app.rehab.around import UNDECIDED, around
from app.rehab.day import rehab_day
from app.rehab.derived import derive
from app.rehab.lists.disciplines import disciplines
from app.rehab.queries.week_clashes import clashes_of
from app.rehab.queries.week_rows import BoardCell, BoardOff, BoardRow, BoardSession, Week
from app.rehab.queries.week_sessions import board_sessions
from app.rehab.queries.week_unplaced import Programme, lines_of, programme_of
from app.rehab.rules.sessions import SessionState
from app.rehab.taken import Off, offs_of
from app.residents.stating import Seen
from db.models import Resident, Staff

THERAPIST, RESIDENT = "therapist", "resident"
_NOT_COUNTED = (SessionState.CANCELLED, SessionState.AWAY)


@dataclass(frozen=True)
class WeekBoard(Question[Week]):
    """The week of `monday` (None: this one), by therapist or by resident; of some disciplines if they are named."""

    monday: date | None = None
    by: str = THERAPIST
    only: tuple[str, ...] = ()


@answers(WeekBoard)
def week_board(reader: Reader, question: WeekBoard) -> Week:
    reader.require(Right.READ_RESIDENTS)
    first = monday_of(question.monday or reader.today)
    days = [first + timedelta(days=step) for step in range(7)]
    held = derive(reader, None, days)
    offs = list(offs_of(reader, days, hours_of(reader)))
    whole = around(reader, days, held=held, offs=offs)
    found = whole.conflicts()
    shown = [one for one in held if not question.only or one.item.discipline in question.only]
    sessions = board_sessions(shown, whole, found, fold=question.by == THERAPIST)
    programme = programme_of(reader, first)
    staff = _staff(reader)
    if question.by == THERAPIST:
        off = _offs_by_day(offs, days, hours_of(reader))
        rows = _by_therapist(sessions, off, _Staff(staff, programme.disciplines), days)
        rows = [row for row in rows if row.load or not question.only]
    else:
        rows = _by_resident(reader, sessions, programme, days)
    board = rehab_day()
    unplaced = [one for one in lines_of(reader, programme, reader.today) if one.missing]
    return Week(
        monday=first,
        today=reader.today,
        by=question.by,
        days=tuple(days),
        open_days=frozenset(day for day in days if day.isoweekday() in board.open_days),
        sums=tuple(sum(_counted(one) for one in sessions if one.day == day) for day in days),
        rows=tuple(rows),
        clashes=clashes_of(reader, held, whole, found, days),
        unplaced=tuple(one for one in unplaced if not question.only or one.discipline in question.only),
        disciplines=_ordered({one.item.discipline for one in held} | {one.discipline for one in unplaced}),
        therapists=tuple((rid, one.name) for rid, one in staff.items() if one.works),
        around=whole,
    )


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class _Person:
    """Somebody of the staff; `works`: a therapist who is still here."""

    number: str
    name: str
    works: bool


@dataclass(frozen=True)
class _Staff:
    """Everybody, and of whom it is known what they do whether or not they do it this week."""

    people: Mapping[UUID, _Person]
    disciplines: Mapping[UUID, str]


def _staff(reader: Reader) -> dict[UUID, _Person]:
    rows = reader.session.execute(
        select(Staff.rid, Staff.number, Staff.name, Staff.roles, Staff.active).order_by(Staff.number)
    )
    return {
        rid: _Person(number, name, active and Role.THERAPIST.value in roles)
        for rid, number, name, roles, active in rows
    }


def _by_therapist(
    sessions: Sequence[BoardSession],
    offs: Mapping[tuple[UUID, date], tuple[BoardOff, ...]],
    staff: _Staff,
    days: Sequence[date],
) -> list[BoardRow]:
    """Therapists with or without work, and whoever else has some; sessions nobody is named for come last."""
    theirs: dict[UUID | None, list[BoardSession]] = defaultdict(list)
    for one in sessions:
        theirs[one.therapist].append(one)
    shown = [rid for rid, one in staff.people.items() if one.works or rid in theirs]
    shown += [rid for rid in theirs if rid is not None and rid not in staff.people]
    known = list(disciplines())
    rows = []
    for rid in shown:
        mine = theirs[rid]
        code = _main(mine) or staff.disciplines.get(rid, "")
        person = staff.people.get(rid, _Person("", UNDECIDED, works=False))
        cells = tuple(_cell(mine, day, offs.get((rid, day), ())) for day in days)
        load = sum(map(_counted, mine))
        row = BoardRow(rid, person.name, _legend(code), code, load, rehab_day().per_week, cells)
        rows.append((known.index(code) if code in known else len(known), person.number, row))
    ordered = [row for _place, _number, row in sorted(rows, key=lambda one: one[:2])]
    if nobodys := theirs.get(None):
        cells = tuple(_cell(nobodys, day, ()) for day in days)
        ordered.append(BoardRow(None, UNDECIDED, "请安排", "", sum(map(_counted, nobodys)), 0, cells))
    return ordered


def _by_resident(
    reader: Reader, sessions: Sequence[BoardSession], programme: Programme, days: Sequence[date]
) -> list[BoardRow]:
    """Everybody who has a session in the week or a programme that runs."""
    theirs: dict[UUID, list[BoardSession]] = defaultdict(list)
    for one in sessions:
        theirs[one.members[0].resident].append(one)
    wanted = programme.per_week
    rows = reader.session.execute(
        select(Resident.rid, Resident.name)
        .where(Resident.rid.in_([*{*theirs, *wanted}]))
        .order_by(Resident.number)
    )
    return [
        BoardRow(
            rid, name, programme.plans.get(rid, ""), _main(theirs[rid]), sum(map(_counted, theirs[rid])),
            wanted.get(rid, 0), tuple(_cell(theirs[rid], day, ()) for day in days),
        )
        for rid, name in rows
    ]  # fmt: skip


def _cell(sessions: Iterable[BoardSession], day: date, offs: tuple[BoardOff, ...]) -> BoardCell:
    return BoardCell(tuple(one for one in sessions if one.day == day), offs)


def _offs_by_day(
    offs: Iterable[Off], days: Sequence[date], hours: Hours
) -> dict[tuple[UUID, date], tuple[BoardOff, ...]]:
    board = rehab_day()
    found: dict[tuple[UUID, date], list[BoardOff]] = defaultdict(list)
    for off in offs:
        for day in days:
            midnight, next_one = hours.moment(day, 0), hours.moment(day, 24 * 60)
            if off.begins < next_one and midnight < off.ends:
                begins = int((max(off.begins, midnight) - midnight).total_seconds() // 60)
                ends = int((min(off.ends, next_one) - midnight).total_seconds() // 60)
                whole = begins <= board.begins and ends >= board.ends
                seen = Seen(off.rid, off.revision)
                found[off.staff, day].append(BoardOff(seen, off.words, begins, ends, whole, off.weekly))
    return {where: tuple(sorted(those, key=lambda one: one.begins)) for where, those in found.items()}


def _counted(session: BoardSession) -> int:
    """Of how many residents it counts as a session."""
    return sum(member.state not in _NOT_COUNTED for member in session.members)


def _main(sessions: Sequence[BoardSession]) -> str:
    """The discipline most of them are of."""
    most = Counter(one.discipline for one in sessions).most_common(1)
    return most[0][0] if most else ""


def _legend(code: str) -> str:
    if not code:
        return "本周没有训练"
    known = disciplines().get(code)
    return code if known is None else known.legend


def _ordered(codes: Iterable[str]) -> tuple[str, ...]:
    known = list(disciplines())
    return tuple(sorted(codes, key=lambda code: known.index(code) if code in known else len(known)))
