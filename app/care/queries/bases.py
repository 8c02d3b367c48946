"""Whether what tasks were planned for still holds: the assessment retracted, corrected, or overtaken by a newer one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.care.rules.bases import Origin, origin_from
from app.core.unit import Reader
from db.models import Assessment, CareTask


@dataclass(frozen=True)
class Basis:
    """The assessment a task was planned for. `gone` says why it no longer speaks for the task; empty while it does."""

    assessment: UUID
    gone: str = ""


@dataclass(frozen=True)
class _Result:
    """What counts now of one instrument, or of one record."""

    rid: UUID
    resident: UUID
    instrument: str
    on: date
    level: int | None
    finding: str
    state: str


def bases(reader: Reader, tasks: Iterable[CareTask]) -> dict[UUID, Basis]:
    """By task; those that stand on no assessment are left out."""
    origins = {task.rid: origin for task in tasks if (origin := origin_from(task.origin)) is not None}
    if not origins:
        return {}
    records = _results(reader, Assessment.rid.in_({one.assessment for one in origins.values()}))
    named = {one.rid: one for one in records}
    people = Assessment.resident.in_({one.resident for one in records})
    newest = {
        (one.resident, one.instrument): one
        for one in _results(reader, people)
        if one.state != "retracted" and one.level is not None
    }
    return {task: Basis(origin.assessment, _gone(origin, named, newest)) for task, origin in origins.items()}


def _gone(origin: Origin, named: dict[UUID, _Result], newest: dict[tuple[UUID, str], _Result]) -> str:
    record = named.get(origin.assessment)
    if record is None:
        return "依据的评估没有了"
    if record.state == "retracted":
        return "依据的评估已作废"
    counts = newest.get((record.resident, record.instrument), record)
    if counts.level == origin.level:
        return ""
    if counts.rid == record.rid:
        return f"依据的评估已更正为“{counts.finding}”"
    return f"{counts.on:%Y-%m-%d} 的新评估为“{counts.finding}”"


def _results(reader: Reader, whose: ColumnElement[bool]) -> list[_Result]:
    """Current revisions, the newest last; nothing of what could not be done."""
    columns = (
        Assessment.rid,
        Assessment.resident,
        Assessment.instrument,
        Assessment.assessed_on,
        Assessment.level,
        Assessment.finding,
        Assessment.state,
    )
    rows = reader.session.execute(
        select(*columns)
        .where(whose, Assessment.current, Assessment.undone == "")
        .order_by(Assessment.assessed_on, Assessment.recorded_at)
    )
    return [_Result(*row) for row in rows]
