"""What a resident was to get and got between two days, and the same as lines of the timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.care.derived import derive, hours_of
from app.care.queries.slot_rows import SlotRow, slot_row
from app.care.rules import DONE, NOT_DONE, PARTLY, REFUSED
from app.core.clock import date_in
from app.core.happened import Happened
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from db.models import CareTask

SORT = "照护"
_TONES = {PARTLY: "warn", REFUSED: "orange", NOT_DONE: "orange"}
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DoingsOf(Question[tuple[SlotRow, ...]]):
    """Every slot of a resident on the service dates `since` to `until`, both included, in the order of time."""

    resident: UUID
    since: date
    until: date


@answers(DoingsOf)
def doings_of(reader: Reader, question: DoingsOf) -> tuple[SlotRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    return tuple(_rows(reader, question.resident, question.since, question.until))


def happened(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    """What was not done as planned, each; what was, in one line a shift; and every change of the plan."""
    zone = reader.settings.zone
    hours = hours_of(reader)
    rows = _rows(reader, resident, date_in(zone, since) - _DAY, date_in(zone, until))
    done: dict[tuple[date, str], list[SlotRow]] = defaultdict(list)
    for row in rows:
        if row.seen is None or row.done_at is None or not since <= row.done_at < until:
            continue
        if row.outcome == DONE:
            day, shift = hours.at(row.at)
            done[day, shift.words].append(row)
        else:
            tone, words = _TONES.get(row.outcome, "neutral"), row.why
            title = f"{row.title}：{row.words}"
            yield Happened(
                row.done_at, "care_doing", row.seen.rid, SORT, title, words, row.by, tone, "circle-alert"
            )
    for (_day, shift_words), slots in done.items():
        last = slots[-1]
        if last.seen is not None and last.done_at is not None:
            title = f"{shift_words}照护完成 {len(slots)} 项"
            words = "、".join(dict.fromkeys(one.task_words for one in slots))
            by = "、".join(dict.fromkeys(one.by for one in slots))
            yield Happened(
                last.done_at, "care_doing", last.seen.rid, SORT, title, words, by, "ok", "hand-heart"
            )
    yield from _plan_changes(reader, resident, since, until)


def _plan_changes(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    rows = reader.session.scalars(
        select(CareTask).where(
            CareTask.resident == resident, CareTask.recorded_at >= since, CareTask.recorded_at < until
        )
    )
    names = author_names(reader)
    for row in rows:
        said = "照护计划添加" if row.revision == 1 else "照护计划修改"
        if row.state == "retracted":
            said = "照护计划作废"
        title = f"{said}：{row.words}"
        by = names.get(row.author, "")
        yield Happened(
            row.recorded_at,
            "care_task",
            row.rid,
            SORT,
            title,
            row.reason or row.problem,
            by,
            "info",
            "list-checks",
        )


def _rows(reader: Reader, resident: UUID, since: date, until: date) -> list[SlotRow]:
    days = tuple(since + _DAY * step for step in range((until - since).days + 1))
    if not days:
        return []
    names = author_names(reader)
    return [slot_row(reader, held, names) for held in derive(reader, [resident], days)]
