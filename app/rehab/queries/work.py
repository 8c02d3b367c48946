"""待办: everything of rehab that waits for somebody, in one list, the most urgent first; derived each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.queries import StaffList, staff_list
from app.core.clock import date_in
from app.core.orders import Question, answers
from app.core.roles import Right, Role
from app.core.unit import Reader
from app.rehab.queries.missed import MissedRow, MissedSessions, missed_sessions
from app.rehab.queries.rare import rare_lines
from app.rehab.queries.reviews import Reviews, reviews
from app.rehab.queries.unfinished import unfinished
from app.rehab.queries.unsigned import Unsigned, unsigned
from app.rehab.queries.week_rows import ProgrammeLine
from app.rehab.queries.week_unplaced import ProgrammeLines, programme_lines
from app.rehab.rules.sessions import SessionKey
from db.models import RehabGoal, RehabPlan, Resident

REVIEW, SIGN, MISSED, UNPLACED, GOAL, RARE = "review", "sign", "missed", "unplaced", "goal", "rare"
OPEN = "open"
_ORDER = (OPEN, REVIEW, SIGN, MISSED, GOAL, RARE, UNPLACED)


@dataclass(frozen=True)
class WorkRow:
    """One thing that waits. `title`: the plan, goal or item; `told`: why; `on`: since when, or by when.

    `plan` of a review, signature or goal; `cause` of a review; `missed` of a missed session; `line` of one that is to
    be put on the board, once (RARE) or weekly (UNPLACED); `session` of one that nobody has ended (OPEN).
    """

    what: str
    key: tuple[Any, ...]
    resident: UUID
    name: str
    title: str
    told: str
    on: date | None
    urgent: bool
    plan: UUID | None = None
    cause: str = ""
    missed: MissedRow | None = None
    line: ProgrammeLine | None = None
    session: SessionKey | None = None


@dataclass(frozen=True)
class Work:
    """What waits; `therapists` who may be named for a session, by rid and name."""

    rows: tuple[WorkRow, ...]
    therapists: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class RehabWork(Question[Work]):
    """Of the whole house, or of one resident."""

    resident: UUID | None = None


@dataclass(frozen=True)
class CountRehabWork(Question[int]):
    """How much waits in the whole house."""


@answers(RehabWork)
def rehab_work(reader: Reader, question: RehabWork) -> Work:
    reader.require(Right.READ_RESIDENTS)
    rows = [one for one in _all(reader) if question.resident in (None, one.resident)]
    rows.sort(
        key=lambda one: (not one.urgent, _ORDER.index(one.what), one.on or date.max, one.name, one.title)
    )
    therapists = tuple(
        (one.rid, one.name)
        for one in staff_list(reader, StaffList())
        if one.active and Role.THERAPIST in one.roles
    )
    return Work(tuple(rows), therapists)


@answers(CountRehabWork)
def count_rehab_work(reader: Reader, _question: CountRehabWork) -> int:
    reader.require(Right.READ_RESIDENTS)
    return sum(1 for _ in _all(reader))


def _all(reader: Reader) -> Iterator[WorkRow]:
    yield from _open(reader)
    yield from _reviews(reader)
    yield from _unsigned(reader)
    yield from _missed(reader)
    yield from _unplaced(reader)
    yield from _goals(reader)
    yield from _rare(reader)


def _open(reader: Reader) -> Iterator[WorkRow]:
    for one in unfinished(reader):
        yield WorkRow(
            OPEN, (OPEN, one.rid, one.station), one.resident, one.name, one.title, one.told, one.on, urgent=True,
            session=one.key,
        )  # fmt: skip


def _reviews(reader: Reader) -> Iterator[WorkRow]:
    for one in reviews(reader, Reviews()):
        yield WorkRow(
            REVIEW, (REVIEW, one.plan.rid), one.resident, one.name, one.title, one.words, one.due_on,
            urgent=one.overdue, plan=one.plan.rid, cause=one.cause,
        )  # fmt: skip


def _unsigned(reader: Reader) -> Iterator[WorkRow]:
    for one in unsigned(reader, Unsigned()):
        told = "不同意，待沟通" if one.refused else f"还缺{'、'.join(one.missing)}"
        since = date_in(reader.settings.zone, one.drawn_up)
        yield WorkRow(
            SIGN, (SIGN, one.plan.rid), one.resident, one.name, one.title, told, since, urgent=one.refused,
            plan=one.plan.rid,
        )  # fmt: skip


def _missed(reader: Reader) -> Iterator[WorkRow]:
    for one in missed_sessions(reader, MissedSessions()):
        told = f"{one.time} {one.state}" + (f"，{one.why}" if one.why else "")
        yield WorkRow(
            MISSED, (MISSED, one.key), one.resident, one.name, f"{one.short} {one.words}", told, one.day,
            urgent=False, missed=one,
        )  # fmt: skip


def _unplaced(reader: Reader) -> Iterator[WorkRow]:
    for one in programme_lines(reader, ProgrammeLines()):
        if one.missing:
            told = f"每周 {one.per_week} 次，已排 {len(one.week)} 次"
            yield WorkRow(
                UNPLACED, (UNPLACED, one.item.rid), one.resident, one.name, f"{one.short} {one.words}", told, None,
                urgent=False, line=one,
            )  # fmt: skip


def _goals(reader: Reader) -> Iterator[WorkRow]:
    late = (
        select(RehabGoal.rid, RehabGoal.plan, RehabGoal.resident, Resident.name, RehabGoal.action, RehabGoal.due_on)
        .join(RehabPlan, RehabPlan.rid == RehabGoal.plan)
        .join(Resident, Resident.rid == RehabGoal.resident)
        .where(
            RehabPlan.current, RehabPlan.state != "retracted", RehabPlan.status == "running",
            RehabGoal.current, RehabGoal.state != "retracted", RehabGoal.status == "open",
            RehabGoal.due_on < reader.today,
        )
    )  # fmt: skip
    for rid, plan, resident, name, action, due_on in reader.session.execute(late):
        told = f"期限已过 {(reader.today - due_on).days} 天，评定、改期或停止"
        yield WorkRow(GOAL, (GOAL, rid), resident, name, action, told, due_on, urgent=False, plan=plan)


def _rare(reader: Reader) -> Iterator[WorkRow]:
    for one in rare_lines(reader):
        line = one.line
        last = f"上次 {one.last:%m-%d}" if one.last else "还没有做过"
        yield WorkRow(
            RARE, (RARE, line.item.rid), line.resident, line.name, f"{line.short} {line.words}",
            f"{one.often}，{last}", one.due_on, urgent=one.due_on < reader.today, line=line,
        )  # fmt: skip
