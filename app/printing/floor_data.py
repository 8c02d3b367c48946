"""From everybody's latest assessments to the summary of a floor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.assessments.due.reckoning import owed
from app.assessments.due.rules import OPEN, Line
from app.assessments.instruments import Instrument
from app.assessments.queries import LevelRow, level_columns, level_row
from app.assessments.record import STANDING
from app.assessments.shelf import instruments
from app.care.floors import Lodger, floors_of, lodgers
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.sheets.floor_summary import NEVER, Count, FloorSummary, Latest, Lodging
from db.models import Assessment

_GRAVE = ("warn", "orange", "danger")
"""Tones that stand in heavy type: paper has no colour."""


@dataclass(frozen=True)
class FloorSummaryOf(Question[FloorSummary]):
    """The summary of a floor (`rid` of `floors_of`) by the instruments of a group, or by those named.

    Without either: those everybody must have, and whatever else somebody there was assessed by.
    """

    floor: UUID
    group: str = ""
    wanted: tuple[str, ...] = ()


@answers(FloorSummaryOf)
def floor_summary_of(reader: Reader, question: FloorSummaryOf) -> FloorSummary:
    """Refuses a floor nobody lies on."""
    reader.require(Right.PRINT_RECORDS)
    floor = next((one for one in floors_of(reader) if one.rid == question.floor), None)
    if floor is None:
        raise Refusal("没有这一层，或这一层没有在住老人。")
    people = lodgers(reader, question.floor, reader.today + timedelta(days=1))
    latest = _latest(reader, people)
    chosen = _chosen(reader, question, {code for _resident, code in latest})
    cells = _cells(reader, latest)
    rows = tuple(tuple(cells.get((one.rid, each.code)) for each in chosen) for one in people)
    return FloorSummary(
        institution=reader.settings.institution_name,
        floor=floor.words,
        day=reader.today,
        instruments=tuple(one.short for one in chosen),
        people=tuple(Lodging(one.bed, one.name, row) for one, row in zip(people, rows, strict=True)),
        counts=tuple(_count(each, [row[at] for row in rows]) for at, each in enumerate(chosen)),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _latest(reader: Reader, people: Sequence[Lodger]) -> dict[tuple[UUID, str], LevelRow]:
    """By resident and instrument, the assessment that counts."""
    rows = reader.session.execute(
        select(Assessment.resident, Assessment.instrument, *level_columns(Assessment))
        .where(
            Assessment.resident.in_([one.rid for one in people]),
            Assessment.current,
            Assessment.state.in_(STANDING),
        )
        .order_by(Assessment.assessed_on, Assessment.recorded_at)
    )
    return {(row.resident, row.instrument): level_row(row) for row in rows}


def _chosen(reader: Reader, question: FloorSummaryOf, used: set[str]) -> tuple[Instrument, ...]:
    every = instruments(reader.session)
    if question.wanted:
        return tuple(every[code] for code in question.wanted if code in every)
    if question.group:
        return tuple(one for one in every.values() if one.group == question.group)
    return tuple(one for one in every.values() if one.due.routine or one.code in used)


def _cells(reader: Reader, latest: Mapping[tuple[UUID, str], LevelRow]) -> dict[tuple[UUID, str], Latest]:
    """What stands in the table of whom: the latest finding and the day the worklist names, or the interval's."""
    lines = {(one.lodger.resident, one.instrument.code): one.line for one in owed(reader)[1]}
    found = {}
    for key in {**latest, **lines}:
        row, line = latest.get(key), lines.get(key)
        due = _due(row, line)
        finding = NEVER if row is None else row.finding or _points(row)
        late = due is not None and due < reader.today and (line is None or line.state == OPEN)
        found[key] = Latest(finding, row is not None and row.tone in _GRAVE, due, late)
    return found


def _due(row: LevelRow | None, line: Line | None) -> date | None:
    """The next day: put off, that day; not called for, none."""
    if line is None:
        return None if row is None else row.due_on
    return line.due_on if line.state == OPEN else line.until


def _points(row: LevelRow) -> str:
    return "" if row.total is None else f"{row.total} 分"


def _count(instrument: Instrument, column: Sequence[Latest | None]) -> Count:
    """Findings in the order of the levels, what is no level after them, last the never assessed."""
    found = Counter(NEVER if one is None else one.finding for one in column)
    never = found.pop(NEVER, 0)
    order = [level.short for level in instrument.levels]
    words = [one for one in order if one in found] + sorted(one for one in found if one not in order)
    findings = [(one or "—", found[one]) for one in words]
    late = sum(one is not None and one.late for one in column)
    return Count(instrument.short, (*findings, *(((NEVER, never),) if never else ())), late)
