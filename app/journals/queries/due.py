"""What is to be done by a day: tubes to change, agreements to renew, the next dose; of everybody in the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.journals.journal_file import shelf
from app.journals.queries.rows import line_of
from db.models import Entry, Place, Resident, Stay


@dataclass(frozen=True)
class DueRow:
    """One thing due: `words` is what is to be done (更换管路), `line` what it is about."""

    rid: UUID
    journal: str
    title: str
    icon: str
    words: str
    line: str
    due_on: date
    resident: UUID
    name: str
    number: str
    bed: str


@dataclass(frozen=True)
class DueEntries(Question[tuple[DueRow, ...]]):
    """Due until a day, that day included, the longest due first. People who left the house are left out."""

    until: date


@dataclass(frozen=True)
class CountDueEntries(Question[int]):
    """How many `DueEntries` there are."""

    until: date


@answers(DueEntries)
def due_entries(reader: Reader, question: DueEntries) -> tuple[DueRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    statement = _due(question.until).add_columns(
        Resident.rid, Resident.name, Resident.number, Place.label
    )  # fmt: skip
    return tuple(
        DueRow(
            row.rid,
            row.journal,
            shelf()[row.journal].title,
            shelf()[row.journal].icon,
            due.words,
            line_of(shelf()[row.journal], row.content),
            row.due_on or question.until,
            rid,
            name,
            number,
            bed or "",
        )
        for row, rid, name, number, bed in reader.session.execute(statement.order_by(Entry.due_on))
        if row.journal in shelf() and (due := shelf()[row.journal].due) is not None
    )


@answers(CountDueEntries)
def count_due_entries(reader: Reader, question: CountDueEntries) -> int:
    reader.require(Right.READ_RESIDENTS)
    counted = _due(question.until).with_only_columns(func.count())
    return reader.session.scalar(counted) or 0


def _due(until: date) -> Select[Entry]:
    return (
        select(Entry)
        .join(Resident, Resident.rid == Entry.resident)
        .join(Stay, (Stay.resident == Resident.rid) & Stay.current & Stay.ends.is_(None))
        .outerjoin(Place, Place.rid == Stay.bed)
        .where(
            Entry.due_on <= until,
            Entry.current,
            Entry.ends.is_(None),
            Entry.state != "retracted",
            Stay.state != "retracted",
        )
    )
