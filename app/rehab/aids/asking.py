"""What is lent, in the whole house or to one resident, and what plans prescribe that nobody has lent yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.stating import Seen
from db.models import AidLoan, RehabPlan, Resident


@dataclass(frozen=True)
class LoanRow:
    """One loan. `overdue`: it was to be back before today."""

    seen: Seen
    resident: UUID
    name: str
    code: str
    words: str
    tag: str
    lent_at: datetime
    by: str
    due_on: date | None
    condition: str
    taught: bool
    returned_at: datetime | None
    returned_condition: str
    note: str
    overdue: bool


@dataclass(frozen=True)
class AidsRow:
    """Loans, those that are out first, overdue ones before the others; `wanted`: (resident, name, aid in words) that a
    running plan prescribes and that is not out to that resident."""

    loans: tuple[LoanRow, ...]
    wanted: tuple[tuple[UUID, str, str], ...]

    @property
    def out(self) -> tuple[LoanRow, ...]:
        return tuple(one for one in self.loans if one.returned_at is None)

    @property
    def overdue(self) -> tuple[LoanRow, ...]:
        return tuple(one for one in self.loans if one.overdue)


@dataclass(frozen=True)
class Aids(Question[AidsRow]):
    """Of one resident with everything returned, or of the house with what is out; `returned`: with that too."""

    resident: UUID | None = None
    returned: bool = False


@answers(Aids)
def aids_lent(reader: Reader, question: Aids) -> AidsRow:
    reader.require(Right.READ_RESIDENTS)
    statement = (
        select(AidLoan, Resident.name)
        .join(Resident, Resident.rid == AidLoan.resident)
        .where(AidLoan.current, AidLoan.state != "retracted")
    )
    if question.resident is not None:
        statement = statement.where(AidLoan.resident == question.resident)
    elif not question.returned:
        statement = statement.where(AidLoan.returned_at.is_(None))
    names = author_names(reader)
    rows = [_row(reader, loan, name, names) for loan, name in reader.session.execute(statement)]
    rows.sort(key=lambda one: (one.returned_at is not None, not one.overdue, one.lent_at, one.name))
    return AidsRow(tuple(rows), _wanted(reader, question.resident, rows))


def _row(reader: Reader, loan: AidLoan, name: str, names: dict[UUID, str]) -> LoanRow:
    return LoanRow(
        seen=Seen(loan.rid, loan.revision),
        resident=loan.resident,
        name=name,
        code=loan.code,
        words=loan.words,
        tag=loan.tag,
        lent_at=loan.at,
        by=names.get(loan.author, "别的站点"),
        due_on=loan.due_on,
        condition=loan.condition,
        taught=loan.taught,
        returned_at=loan.returned_at,
        returned_condition=loan.returned_condition,
        note=loan.note,
        overdue=loan.returned_at is None and loan.due_on is not None and loan.due_on < reader.today,
    )


def _wanted(reader: Reader, resident: UUID | None, rows: list[LoanRow]) -> tuple[tuple[UUID, str, str], ...]:
    statement = (
        select(RehabPlan.resident, Resident.name, RehabPlan.content)
        .join(Resident, Resident.rid == RehabPlan.resident)
        .where(RehabPlan.current, RehabPlan.state != "retracted", RehabPlan.status == "running")
    )
    if resident is not None:
        statement = statement.where(RehabPlan.resident == resident)
    out = {(one.resident, one.words) for one in rows if one.returned_at is None}
    return tuple(
        (whose, name, words)
        for whose, name, content in reader.session.execute(statement.order_by(Resident.name))
        for words in content.get("aids", ())
        if (whose, words) not in out
    )
