"""What an admission leaves to be done: nine-risk check, care level confirmed, service agreement. Never silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, or_, select, true

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.queries.risks import NINE_RISK, counting
from app.residents.which_stay import in_house
from db.models import Assessment, Entry, Grade, Place, Resident, Stay

AGREEMENT = "agreement"
"""The journal as `resources/journals` names it; the nine-risk check is an instrument, and was a journal."""
TODOS = {
    NINE_RISK: "九防评估未做",
    "care_level": "护理等级未确认",
    AGREEMENT: "服务协议未登记",
}
"""In the order they are said. GB 38600-2019 asks for the nine-risk check before or at admission."""


@dataclass(frozen=True)
class StayTodo:
    """One resident and what is missing, as keys of TODOS; `since` is the day of admission."""

    resident: UUID
    name: str
    bed: str
    since: date | None
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        return "、".join(TODOS[one] for one in self.missing)


@dataclass(frozen=True)
class StayTodos(Question[tuple[StayTodo, ...]]):
    """Everybody in the house of whom something is missing, by bed; `resident` for one person only."""

    resident: UUID | None = None


@answers(StayTodos)
def stay_todos(reader: Reader, question: StayTodos) -> tuple[StayTodo, ...]:
    reader.require(Right.READ_RESIDENTS)
    return tuple(_missing(reader, question.resident))


def _missing(reader: Reader, resident: UUID | None) -> Iterator[StayTodo]:
    """What was not written since the person came, or was first spoken of."""
    stays = (
        select(Stay.resident, Resident.name, Place.label, Stay.begins, Stay.rid)
        .join(Resident, Resident.rid == Stay.resident)
        .outerjoin(Place, Place.rid == Stay.bed)
        .where(in_house(), _whose(Stay, resident))
        .order_by(Place.label.is_(None), Place.label)
    )
    first = select(Stay.rid, func.min(Stay.at)).where(_whose(Stay, resident)).group_by(Stay.rid)
    began: dict[UUID, datetime] = {row[0]: row[1] for row in reader.session.execute(first)}
    written, decided = _written(reader, resident), _decided(reader, resident)
    zone = ZoneInfo(reader.settings.zone)
    for rid, name, label, begins, stay in reader.session.execute(stays):
        since = _since(begins, began[stay], zone)
        day = since.astimezone(zone).date()
        missing = [one for one in (NINE_RISK, AGREEMENT) if _before(written, rid, one, since)]
        if decided.get(rid, date.min) < day:
            missing.append("care_level")
        if missing:
            yield StayTodo(rid, name, label or "", begins, tuple(one for one in TODOS if one in missing))


def _whose(model: Any, resident: UUID | None) -> ColumnElement[bool]:
    return true() if resident is None else model.resident == resident


def _written(reader: Reader, resident: UUID | None) -> dict[tuple[UUID, str], datetime]:
    """When the agreement and the nine-risk check were last made and still hold, by resident."""
    statement = select(Entry.resident, Entry.journal, func.max(Entry.at)).where(
        Entry.journal.in_((NINE_RISK, AGREEMENT)),
        Entry.current,
        Entry.state != "retracted",
        or_(Entry.ends.is_(None), Entry.ends >= reader.today),
        _whose(Entry, resident),
    )
    rows = reader.session.execute(statement.group_by(Entry.resident, Entry.journal))
    written = {(row[0], row[1]): row[2] for row in rows}
    checks = select(Assessment.resident, func.max(Assessment.at)).where(
        Assessment.instrument == NINE_RISK, *counting(), _whose(Assessment, resident)
    )
    for rid, at in reader.session.execute(checks.group_by(Assessment.resident)):
        written[rid, NINE_RISK] = max(at, written.get((rid, NINE_RISK), at))
    return written


def _decided(reader: Reader, resident: UUID | None) -> dict[UUID, date]:
    """Since when the last confirmed care level holds, by resident."""
    statement = select(Grade.resident, func.max(Grade.since)).where(
        Grade.what == "care_level", Grade.current, Grade.state != "retracted", _whose(Grade, resident)
    )
    return {row[0]: row[1] for row in reader.session.execute(statement.group_by(Grade.resident))}


def _since(begins: date | None, first: datetime, zone: Any) -> datetime:
    if begins is None:
        return first
    return min(datetime.combine(begins, time(), zone).astimezone(UTC), first)


def _before(written: dict[tuple[UUID, str], datetime], rid: UUID, journal: str, since: datetime) -> bool:
    """Whether a journal has nothing since."""
    at = written.get((rid, journal))
    return at is None or at < since
