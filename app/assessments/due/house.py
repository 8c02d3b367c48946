"""What the tables say that makes assessments due: a handful of statements, for everybody in the house or for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, type_coerce
from sqlalchemy.types import NullType

from app.assessments.due.events import events_since
from app.assessments.due.people import Lodger, lodgers, of
from app.assessments.due.rules import CauseKey, Decision, Event, Last, Rule
from app.core.unit import Reader
from db.base import from_number
from db.models import AssessmentDeferral, AssessmentLatest

Pair = tuple[UUID, str]
"""A resident and the code of an instrument."""
Kept = Sequence[Any]
"""A row of the latest assessments as SQLite keeps it: resident, instrument, record, date, instant, date or nothing."""


@dataclass(frozen=True)
class Decided(Decision):
    """A decision and the record of it."""

    record: UUID
    revision: int
    reason: str
    author: UUID
    at: datetime


Decisions = Mapping[str, Mapping[CauseKey, Decided]]
"""Of one resident, by instrument and cause."""


@dataclass(frozen=True)
class House:
    """Everything that is needed to say what is due.

    `latest` holds rows as they are kept: whoever looks at twenty thousand of them makes values of those that matter.
    """

    lodgers: tuple[Lodger, ...]
    latest: Mapping[bytes, Mapping[str, Kept]]
    events: Mapping[UUID, tuple[Event, ...]] = field(default_factory=dict)
    decisions: Mapping[UUID, Decisions] = field(default_factory=dict)

    def kept(self, resident: UUID, instrument: str) -> Kept | None:
        """The row of the latest assessment that was really done."""
        return self.latest.get(resident.bytes, {}).get(instrument)

    def decided(self, resident: UUID, instrument: str) -> Mapping[CauseKey, Decided]:
        return self.decisions.get(resident, {}).get(instrument, {})


def last_of(kept: Kept) -> Last:
    """The values of a row."""
    _whom, _code, _record, day, signed_at, due_on = kept
    return Last(
        date.fromisoformat(day),
        from_number(signed_at),
        None if due_on is None else date.fromisoformat(due_on),
    )


def house(reader: Reader, rules: Mapping[str, Rule], resident: UUID | None = None, words: str = "") -> House:
    """Everybody in the house, or one of them; `words` narrows it as the search of residents does."""
    people, latest = lodgers(reader, resident, words), _latest(reader, resident)
    events = events_since(reader, resident, _since(people, latest, rules, reader.today))
    return House(people, latest, events, decisions(reader, resident))


def _since(
    people: Sequence[Lodger],
    latest: Mapping[bytes, Mapping[str, Kept]],
    rules: Mapping[str, Rule],
    today: date,
) -> date:
    """The first day whose events may still be unanswered: of the longest assessed, or when the never assessed came."""
    naming = [(code, rule.routine) for code, rule in rules.items() if rule.after]
    first = today.isoformat()
    for one in people:
        kept, begins = latest.get(one.resident.bytes, {}), one.person.begins.isoformat()
        for code, routine in naming:
            row = kept.get(code)
            if row is not None:
                first = min(first, row[3])
            elif routine:
                first = min(first, begins)
    return date.fromisoformat(first)


def decisions(reader: Reader, resident: UUID | None = None) -> Mapping[UUID, Decisions]:
    """Every decision that stands, by resident and instrument, by the cause it answers."""
    asked = select(AssessmentDeferral).where(
        AssessmentDeferral.current,
        AssessmentDeferral.state != "retracted",
        of(AssessmentDeferral.resident, resident),
    )
    stood: dict[UUID, dict[str, dict[CauseKey, Decided]]] = {}
    for row in reader.session.scalars(asked):
        decided = Decided(row.until, row.rid, row.revision, row.reason or "", row.author, row.recorded_at)
        causes = stood.setdefault(row.resident, {}).setdefault(row.instrument, {})
        causes[row.cause, row.caused_on] = decided
    return stood


def _latest(reader: Reader, resident: UUID | None) -> dict[bytes, dict[str, Kept]]:
    """Read from the bare table: the ORM would take as long again for twenty thousand rows."""
    table = AssessmentLatest.__table__.c
    columns = (table.resident, table.instrument, table.rid, table.assessed_on, table.signed_at, table.due_on)
    asked = select(*(type_coerce(one, NullType()) for one in columns)).where(of(table.resident, resident))
    found: dict[bytes, dict[str, Kept]] = {}
    rows: Sequence[Any] = reader.session.connection().execute(asked).all()
    for row in rows:
        found.setdefault(row[0], {})[row[1]] = row
    return found
