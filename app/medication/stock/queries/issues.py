"""The book of what was handed over 发药: who got which medicines for which days, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.stock.issuing import ISSUE
from app.residents.queries.who import Named, named_residents
from app.residents.stating import Seen
from db.models import Dispense

BACK = 31


@dataclass(frozen=True)
class IssueRow:
    """One handing over, its first and last day, its medicines each with how much."""

    seen: Seen
    at: datetime
    resident: UUID
    name: str
    bed: str
    first: date
    last: date
    medicines: tuple[str, ...]
    receiver: str
    giver: str

    @property
    def span(self) -> str:
        """`11-24 至 11-26`; one day alone."""
        first = f"{self.first:%m-%d}"
        return first if self.first == self.last else f"{first} 至 {self.last:%m-%d}"


@dataclass(frozen=True)
class Issues(Question[tuple[IssueRow, ...]]):
    """What was handed over for days since so many days ago."""

    days: int = BACK


@answers(Issues)
def issues(reader: Reader, question: Issues) -> tuple[IssueRow, ...]:
    reader.require(Right.KEEP_STOCK)
    statement = (
        select(Dispense)
        .where(
            Dispense.service_date >= reader.today - timedelta(days=question.days),
            Dispense.what == ISSUE,
            Dispense.current,
            Dispense.state != "retracted",
            Dispense.station == reader.settings.station_number,
        )
        .order_by(Dispense.at.desc())
    )
    rows = reader.session.scalars(statement).all()
    names = author_names(reader)
    people = named_residents(reader, {row.resident for row in rows})
    return tuple(
        _row(row, people.get(row.resident, Named("", "")), names.get(row.author, "")) for row in rows
    )


def _row(row: Dispense, whose: Named, giver: str) -> IssueRow:
    items = row.items.get("items", ())
    return IssueRow(
        Seen(row.rid, row.revision),
        row.at,
        row.resident,
        whose.name,
        whose.bed,
        row.service_date,
        row.service_date + timedelta(days=row.days - 1),
        tuple(f"{one['words']} {one['amount']} {one['unit']}".strip() for one in items),
        row.receiver,
        giver,
    )
