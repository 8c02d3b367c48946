"""What makes assessments due in tests: assessments by any instrument, falls, returns, changes of the care level."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.assessments.due.queries import DuesOf
from app.assessments.due.rows import DueRow
from app.assessments.instruments import shipped
from app.compose import Station
from app.core.unit import Unit
from db.models import Absence, Assessment, Grade, Incident
from tests.support.acts import Act

TODAY = date(2026, 11, 24)


def at(day: date, hour: int = 4) -> datetime:
    """An instant of a day; 4 o'clock is noon in Shanghai."""
    return datetime.combine(day, time(hour), UTC)


def assessed(station: Station, resident: UUID, code: str, day: date, **other: Any) -> UUID:
    """A signed assessment; `undone` says that it was refused, `hour` when it was signed."""
    every = shipped()[code].due.every
    undone = other.get("undone", "")
    due_on = None if undone or every is None else every.after(day)
    signed_at = at(day, other.get("hour", 4))
    found: list[UUID] = []

    def write(unit: Unit) -> None:
        stamp = unit.stamp(at=signed_at)
        stamp["recorded_at"] = signed_at
        found.append(stamp["rid"])
        unit.session.add(
            Assessment(
                **stamp, revision=1, state="signed", resident=resident, number=unit.next_number("assessment"),
                instrument=code, instrument_version="1", assessed_on=day, occasion="定期评估", answers={},
                information={}, sub_scores={}, total=None, initial_level=None, level=None, why=[],
                due_on=other.get("due_on", due_on), finding="低风险", tone="ok", undone=undone,
            )
        )  # fmt: skip

    station.desk.do_now(Act(write))
    return found[0]


def fell(station: Station, resident: UUID, moment: datetime) -> UUID:
    """A fall, reported when it happened."""
    found: list[UUID] = []

    def write(unit: Unit) -> None:
        stamp = unit.stamp(at=moment)
        stamp["recorded_at"] = moment
        found.append(stamp["rid"])
        unit.session.add(
            Incident(
                **stamp, revision=1, number=unit.next_number("incident"), code="fall", happened="床旁滑倒",
                resident=resident, place="房间", harm="none",
            )
        )  # fmt: skip

    station.desk.do_now(Act(write))
    return found[0]


def came_back(station: Station, resident: UUID, moment: datetime) -> None:
    """Back from three days in hospital."""
    begins = moment - timedelta(days=3)

    def write(unit: Unit) -> None:
        unit.session.add(
            Absence(
                **unit.stamp(at=begins), revision=1, resident=resident, stay=unit.new_id(), code="hospital",
                begins=begins, ends=moment,
            )
        )  # fmt: skip

    station.desk.do_now(Act(write))


def graded(station: Station, resident: UUID, value: str, since: date) -> None:
    """Another care level, or the same again."""

    def write(unit: Unit) -> None:
        said: dict[str, Any] = {"what": "care_level", "value": value}
        unit.session.add(
            Grade(**unit.stamp(at=at(since)), **said, revision=1, resident=resident, since=since)
        )

    station.desk.do_now(Act(write))


def lines(station: Station, resident: UUID, code: str) -> list[DueRow]:
    """What is due of a resident by one instrument, the open line first."""
    return [row for row in station.desk.ask_now(DuesOf(resident)) if row.instrument == code]


def line(station: Station, resident: UUID, code: str) -> DueRow:
    (row,) = lines(station, resident, code)
    return row
