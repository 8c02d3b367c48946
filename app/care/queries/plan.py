"""A resident's care plan by problem, each task with what became of it in the last week, and the versions of a task."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.care.derived import Held, derive
from app.care.forms import ROLES, TaskForm
from app.care.lists import TaskKind, shifts, task_kind, task_kinds, templates
from app.care.queries.bases import Basis, bases
from app.care.rules import SlotState, times_words, weekdays_words
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.stating import Seen
from db.models import CareTask, Resident

WEEK = 7
_NOT_AS_PLANNED = (SlotState.PARTLY, SlotState.REFUSED, SlotState.NOT_DONE)


@dataclass(frozen=True)
class DayCount:
    """A task on one day: slots, done ones, those that went otherwise, those unrecorded, those while away."""

    slots: int
    done: int
    otherwise: int
    overdue: int
    away: int


@dataclass(frozen=True)
class TaskRow:
    """One task of the plan. `when`: its times in words; `week` goes with `PlanRow.days`; `basis`: what it is for."""

    seen: Seen
    form: TaskForm
    code: str
    icon: str
    when: str
    role: str
    running: bool
    by: str
    recorded_at: datetime
    reason: str
    week: tuple[DayCount, ...]
    basis: Basis | None = None

    @property
    def to_review(self) -> bool:
        """Whether what it was planned for no longer speaks for it."""
        return self.running and self.basis is not None and bool(self.basis.gone)


@dataclass(frozen=True)
class PlanRow:
    """The plan: tasks that run, by problem in the order they were planned, and those that are over.

    `offered`: template keys, the one for the resident's care level first; `planned`: codes of what runs.
    """

    resident: UUID
    care_level: str
    days: tuple[date, ...]
    running: tuple[TaskRow, ...]
    over: tuple[TaskRow, ...]
    offered: tuple[str, ...]

    @property
    def planned(self) -> frozenset[str]:
        return frozenset(one.code for one in self.running)

    def groups(self) -> tuple[tuple[str, str, tuple[TaskRow, ...]], ...]:
        """Problem, goal, and their tasks."""
        found: dict[tuple[str, str], list[TaskRow]] = defaultdict(list)
        for one in self.running:
            found[one.form.problem, one.form.goal].append(one)
        return tuple((problem, goal, tuple(rows)) for (problem, goal), rows in found.items())


@dataclass(frozen=True)
class TaskVersion:
    """One revision of a task: what it said, who wrote it when and why."""

    revision: int
    by: str
    recorded_at: datetime
    reason: str
    words: str
    when: str
    role: str
    problem: str
    goal: str
    begins: date
    ends: date | None
    note: str
    retracted: bool


@dataclass(frozen=True)
class CarePlan(Question[PlanRow]):
    """The care plan of one resident, with the week that ends today."""

    resident: UUID


@dataclass(frozen=True)
class VersionsOf(Question[tuple[TaskVersion, ...]]):
    """Every revision of a task, the newest first."""

    task: UUID


@answers(CarePlan)
def care_plan(reader: Reader, question: CarePlan) -> PlanRow:
    reader.require(Right.READ_RESIDENTS)
    days = tuple(reader.today - timedelta(days=back) for back in range(WEEK - 1, -1, -1))
    names = author_names(reader)
    rows = reader.session.scalars(
        select(CareTask).where(
            CareTask.resident == question.resident, CareTask.current, CareTask.state != "retracted"
        )
    )
    held: dict[UUID, list[Held]] = defaultdict(list)
    for one in derive(reader, [question.resident], days):
        held[one.slot.task].append(one)
    ordered = sorted(rows, key=_order)
    based = bases(reader, ordered)
    tasks = [
        replace(_task(row, reader.today, names, _week(held[row.rid], days)), basis=based.get(row.rid))
        for row in ordered
    ]
    level = reader.session.scalar(select(Resident.care_level).where(Resident.rid == question.resident)) or ""
    return PlanRow(
        resident=question.resident,
        care_level=level,
        days=days,
        running=tuple(one for one in tasks if one.running),
        over=tuple(one for one in reversed(tasks) if not one.running),
        offered=tuple(sorted(templates(), key=lambda key: not level or templates()[key].level != level)),
    )


@answers(VersionsOf)
def versions_of(reader: Reader, question: VersionsOf) -> tuple[TaskVersion, ...]:
    reader.require(Right.READ_RESIDENTS)
    names = author_names(reader)
    rows = reader.session.scalars(
        select(CareTask).where(CareTask.rid == question.task).order_by(CareTask.revision.desc())
    )
    return tuple(
        TaskVersion(
            revision=row.revision,
            by=names.get(row.author, ""),
            recorded_at=row.recorded_at,
            reason=row.reason or "",
            words=row.words,
            when=when_words(row.times, row.weekdays),
            role=ROLES.get(row.role, row.role),
            problem=row.problem,
            goal=row.goal,
            begins=row.begins,
            ends=row.ends,
            note=row.note,
            retracted=row.state == "retracted",
        )
        for row in rows
    )


def when_words(times: list[str], weekdays: list[str]) -> str:
    """`周三 14:00`; every day says no day."""
    return f"{weekdays_words(weekdays)} {times_words(times, shifts())}".strip()


def kind_when(kind: TaskKind) -> str:
    """When a task of the list is usually done, in words."""
    return when_words(list(kind.times), list(kind.weekdays))


def _order(row: CareTask) -> tuple[datetime, int]:
    """As it was planned; of what was planned at once, as the list has it."""
    listed = list(task_kinds())
    return (row.at, listed.index(row.code) if row.code in listed else len(listed))


def _task(row: CareTask, today: date, names: dict[UUID, str], week: tuple[DayCount, ...]) -> TaskRow:
    form = TaskForm(
        words=row.words,
        times=_typed(row.times),
        problem=row.problem,
        goal=row.goal,
        role=row.role,
        weekdays=tuple(row.weekdays),
        begins=row.begins,
        ends=row.ends,
        note=row.note,
    )
    return TaskRow(
        seen=Seen(row.rid, row.revision),
        form=form,
        code=row.code,
        icon=task_kind(row.code).icon,
        when=when_words(row.times, row.weekdays),
        role=ROLES.get(row.role, row.role),
        running=row.ends is None or row.ends >= today,
        by=names.get(row.author, ""),
        recorded_at=row.recorded_at,
        reason=row.reason or "",
        week=week,
    )


def _typed(times: list[str]) -> str:
    """Kept times as a person would type them."""
    keys: dict[str, Any] = {shift.key: shift.words for shift in shifts()}
    return " ".join(keys.get(one, one) for one in times)


def _week(held: list[Held], days: tuple[date, ...]) -> tuple[DayCount, ...]:
    found: dict[date, Counter[SlotState]] = defaultdict(Counter)
    for one in held:
        found[one.slot.day][one.state] += 1
    return tuple(
        DayCount(
            slots=found[day].total(),
            done=found[day][SlotState.DONE],
            otherwise=sum(found[day][state] for state in _NOT_AS_PLANNED),
            overdue=found[day][SlotState.OVERDUE],
            away=found[day][SlotState.AWAY],
        )
        for day in days
    )
