"""Prescriptions as forms and sheets need them: the orders that may go on one, what was given free in a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, func, select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.drugs.catalogue import drug_known
from app.medication.prescriptions.eligible import on_free_list
from app.medication.prescriptions.free import free_in
from app.medication.prescriptions.policy import long_policy
from app.medication.prescriptions.quantities import Need, line_of, need_of, orders_for
from app.medication.prescriptions.rows import PrescriptionRow, rows_of
from app.medication.prescriptions.rules import may_be_long
from app.medication.prescriptions.writing import EXTENDED, FREE, LONG
from db.models import Prescription


@dataclass(frozen=True)
class Candidate:
    """A running order that may go on one; `objection`: what speaks against a long one, `refuses` for good.

    `control`: it is one of the controlled medicines, which a hospital's prescription does not continue either.
    `covered`: until when it stands on a long prescription. `free`: on the list of free ones; `had`: this month already.
    """

    order: UUID
    need: Need
    objection: str
    refuses: bool
    control: str
    covered: date | None
    free: bool
    had: bool


@dataclass(frozen=True)
class LongCandidates(Question[tuple[Candidate, ...]]):
    """The running orders of a resident, with the amounts for so many days; `month` of free ones, None for this one."""

    resident: UUID
    days: int = 28
    month: date | None = None


@dataclass(frozen=True)
class FreeLine:
    """One medicine one resident got free in a month."""

    name: str
    bed: str
    entitlements: str
    certificate: str
    diseases: str
    words: str
    quantity: str
    amount: str
    receiver: str
    on: date


@dataclass(frozen=True)
class FreeMonth:
    """What was given free in a month; `total` in 元."""

    month: date
    lines: tuple[FreeLine, ...]
    people: int
    total: Decimal


@dataclass(frozen=True)
class FreeList(Question[FreeMonth]):
    """The free medicines of a month."""

    month: date


@answers(LongCandidates)
def candidates(reader: Reader, question: LongCandidates) -> tuple[Candidate, ...]:
    reader.require(Right.READ_RESIDENTS)
    covered = _covered(reader, question.resident)
    had = free_in(reader, question.resident, (question.month or reader.today).replace(day=1))
    found = []
    for fact in orders_for(reader, question.resident).values():
        drug = drug_known(reader.session, fact.drug)
        said = may_be_long([line_of(reader, fact)], long_policy())
        found.append(
            Candidate(
                order=fact.rid,
                need=need_of(reader, fact, question.days),
                objection=said[0].words if said else "",
                refuses=bool(said) and said[0].refuses,
                control=drug.control,
                covered=covered.get(fact.drug),
                free=on_free_list(drug),
                had=drug.code in had,
            )
        )
    return tuple(found)


def _covered(reader: Reader, resident: UUID) -> dict[str, date]:
    """Until when each medicine stands on a long or extended prescription that runs."""
    statement = standing().where(
        Prescription.resident == resident,
        Prescription.what.in_((LONG, EXTENDED)),
        Prescription.status == "active",
        Prescription.ends >= reader.today,
    )
    until: dict[str, date] = {}
    for row in reader.session.scalars(statement):
        for item in row.items["items"]:
            if row.ends is not None:
                until[item["drug"]] = max(row.ends, until.get(item["drug"], row.ends))
    return until


def standing() -> Select[Prescription]:
    """The revisions that stand."""
    return select(Prescription).where(Prescription.current, Prescription.state != "retracted")


@answers(FreeList)
def free_list(reader: Reader, question: FreeList) -> FreeMonth:
    reader.require(Right.READ_RESIDENTS)
    month = question.month.replace(day=1)
    rows = list(
        reader.session.scalars(
            standing()
            .where(
                Prescription.what == FREE,
                func.json_extract(Prescription.content, "$.month") == f"{month:%Y-%m}",
            )
            .order_by(Prescription.number)
        )
    )
    lines = [line for row in rows_of(reader, rows) for line in _free_lines(row)]
    total = sum((Decimal(line.amount) for line in lines if line.amount), Decimal(0))
    return FreeMonth(month, tuple(lines), len({row.resident for row in rows}), total)


def _free_lines(row: PrescriptionRow) -> list[FreeLine]:
    return [
        FreeLine(
            name=row.name,
            bed=row.bed,
            entitlements="、".join(row.content.get("entitlements", ())),
            certificate=str(row.content.get("certificate", "")),
            diseases="、".join(row.content.get("diseases", ())),
            words=item["words"],
            quantity=f"{item['quantity']} {item['unit']}",
            amount=str(item.get("amount", "")),
            receiver=row.signed_by,
            on=row.begins,
        )
        for item in row.items
    ]
