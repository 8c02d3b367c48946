"""What was to be done and what became of it: slots derived from plans, stays, absences and doings of service dates.

Five statements whatever the number of residents; orders and questions both stand on this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from app.care.lists import hours_in, task_kind
from app.care.rules import Hours, Planned, Slot, SlotState, clock_words, minute_of, slots_of, state_of
from app.care.rules.slots import Wanted
from app.care.spans import Span, absences_of, stays_of, whose
from app.core.unit import Reader
from db.models import CareDoing, CareTask

_TASK: tuple[Any, ...] = (
    CareTask.rid, CareTask.revision, CareTask.resident, CareTask.code, CareTask.words, CareTask.role,
    CareTask.times, CareTask.weekdays, CareTask.begins, CareTask.ends, CareTask.recorded_at,
)  # fmt: skip
_DOING: tuple[Any, ...] = (
    CareDoing.rid, CareDoing.revision, CareDoing.task, CareDoing.resident, CareDoing.service_date,
    CareDoing.slot, CareDoing.outcome, CareDoing.why, CareDoing.note, CareDoing.author, CareDoing.at,
    CareDoing.recorded_at,
)  # fmt: skip
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class TaskFact:
    """A task as its slots are shown: the revision that stands now."""

    rid: UUID
    resident: UUID
    code: str
    words: str
    role: str


@dataclass(frozen=True)
class DoingFact:
    """What was recorded of a slot. `twice`: two stations each have a record of it, and both stay."""

    rid: UUID
    revision: int
    outcome: str
    why: str
    note: str
    author: UUID
    at: datetime
    recorded_at: datetime
    twice: bool = False


@dataclass(frozen=True)
class Held:
    """A slot with everything known of it. `away`: leave or hospital, while the resident was not in the house."""

    slot: Slot
    task: TaskFact
    doing: DoingFact | None
    away: str
    state: SlotState


def hours_of(reader: Reader) -> Hours:
    """The institution's clock for care."""
    return hours_in(reader.settings.zone)


def derive(
    reader: Reader,
    residents: Collection[UUID] | None,
    days: Sequence[date],
    wanted: Wanted | None = None,
) -> list[Held]:
    """Every slot of the service dates (or of the `wanted` shifts in them), in the order of time.

    `residents` None means the whole house.
    """
    hours = hours_of(reader)
    tasks, planned = _planned(reader, residents)
    doings = _doings(reader, residents, days, _in_shifts(hours, wanted))
    stays, absences = stays_of(reader, residents, hours), absences_of(reader, residents)
    held: list[Held] = []
    for slot in slots_of(planned, days, hours, wanted):
        task = tasks[slot.task]
        doing = doings.pop(slot.key, None)
        if doing is None and not any(stay.covers(slot.at) for stay in stays[task.resident]):
            continue
        away = "" if doing else _away(absences[task.resident], slot)
        state = state_of(slot, reader.now, doing.outcome if doing else "", away=bool(away))
        held.append(Held(slot, task, doing, away, state))
    held += _off_plan(doings, tasks, hours, reader.now)
    return sorted(held, key=lambda one: (one.slot.at, one.task.words))


def in_shift(reader: Reader, residents: Collection[UUID] | None, day: date, shift: str) -> list[Held]:
    """The slots of one shift of a date; one over midnight has some of the next service date."""
    return in_shifts(reader, residents, [(day, shift)])


def in_shifts(
    reader: Reader, residents: Collection[UUID] | None, shifts: Collection[tuple[date, str]]
) -> list[Held]:
    """The slots of some shifts."""
    hours, days = hours_of(reader), set[date]()
    for day, key in shifts:
        known = hours.shift(key)
        days |= {day, day + _DAY} if known is not None and known.crosses else {day}
    return derive(reader, residents, sorted(days), frozenset(shifts)) if days else []


def _planned(
    reader: Reader, residents: Collection[UUID] | None
) -> tuple[dict[UUID, TaskFact], list[Planned]]:
    standing = list(
        reader.session.execute(
            whose(select(*_TASK), CareTask.resident, residents).where(
                CareTask.current, CareTask.state != "retracted"
            )
        )
    )
    revisions: dict[UUID, list[Any]] = defaultdict(list)
    changed = [row.rid for row in standing if row.revision > 1]
    if changed:
        before = select(*_TASK).where(CareTask.rid.in_(changed), CareTask.current.is_(False))
        for row in reader.session.execute(before.order_by(CareTask.revision)):
            revisions[row.rid].append(row)
    planned: list[Planned] = []
    for row in standing:
        history = [*revisions[row.rid], row]
        planned += [_revision(one, later) for one, later in pairwise([*history, None])]
    tasks = {row.rid: TaskFact(row.rid, row.resident, row.code, row.words, row.role) for row in standing}
    return tasks, planned


def _revision(row: Any, later: Any) -> Planned:
    return Planned(
        task=row.rid,
        times=tuple(row.times),
        begins=row.begins,
        ends=row.ends,
        since=row.recorded_at,
        until=None if later is None else later.recorded_at,
        weekdays=frozenset(row.weekdays),
        within=task_kind(row.code).within,
    )


def _in_shifts(hours: Hours, wanted: Wanted | None) -> Any:
    """Which doings lie in the wanted shifts: nominal times compare as the texts they are."""
    parts = []
    for day, key in wanted or ():
        shift = hours.shift(key)
        if shift is None:
            continue
        begins, ends = clock_words(shift.begins), clock_words(shift.ends)
        today, tomorrow = CareDoing.service_date == day, CareDoing.service_date == day + _DAY
        parts.append(and_(today, CareDoing.slot == key))
        if shift.crosses:
            parts.append(and_(today, CareDoing.slot.between(begins, "24:00")))
            parts.append(and_(tomorrow, CareDoing.slot < ends))
        else:
            last = CareDoing.slot <= ends if shift.ends == minute_of("24:00") else CareDoing.slot < ends
            parts.append(and_(today, CareDoing.slot >= begins, last))
    return or_(*parts) if parts else None


def _doings(
    reader: Reader, residents: Collection[UUID] | None, days: Sequence[date], where: Any
) -> dict[tuple[UUID, date, str], DoingFact]:
    """What was recorded; of two stations' records of one slot the later one shows, and says that there are two."""
    statement = whose(select(*_DOING), CareDoing.resident, residents).where(
        CareDoing.service_date.between(min(days), max(days)),
        CareDoing.current,
        CareDoing.state != "retracted",
    )
    if where is not None:
        statement = statement.where(where)
    found: dict[tuple[UUID, date, str], DoingFact] = {}
    for row in reader.session.execute(statement.order_by(CareDoing.recorded_at)):
        key = (row.task, row.service_date, row.slot)
        found[key] = DoingFact(
            row.rid,
            row.revision,
            row.outcome,
            row.why,
            row.note,
            row.author,
            row.at,
            row.recorded_at,
            key in found,
        )
    return found


def _off_plan(
    doings: dict[tuple[UUID, date, str], DoingFact], tasks: dict[UUID, TaskFact], hours: Hours, now: datetime
) -> Iterable[Held]:
    """What was recorded at a time the plan has no more: it happened, and stays to be seen."""
    for (task, day, name), doing in doings.items():
        if task in tasks:
            slot = Slot(task, day, name, hours.time(day, name))
            yield Held(slot, tasks[task], doing, "", state_of(slot, now, doing.outcome))


def _away(absences: list[Span], slot: Slot) -> str:
    """Leave or hospital at the time of a slot; one of a whole shift counts when it was missed from end to end."""
    for span in absences:
        whole = slot.name == slot.shift
        if span.covers(slot.at) and (not whole or span.until is None or slot.closes <= span.until):
            return span.what
    return ""
