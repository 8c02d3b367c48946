"""Prescriptions as screens and sheets need them: a resident's, those that end soon, what was given free in a month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.drugs.catalogue import drug_called
from app.medication.prescriptions.eligible import Eligible, eligible, on_free_list
from app.medication.prescriptions.policy import long_policy
from app.medication.prescriptions.quantities import Need, need_of, orders_for
from app.medication.prescriptions.rules import Line, may_be_long
from app.medication.prescriptions.writing import EXTENDED, FREE, LONG
from app.residents.queries.who import named_residents
from app.residents.stating import Seen
from db.models import Absence, MedStatement, Prescription

WORDS = {LONG: "长期处方", EXTENDED: "延伸处方", FREE: "免费基本药物"}


@dataclass(frozen=True)
class PrescriptionRow:
    """One prescription. `left`: days until it ends (negative: over), None for free ones."""

    seen: Seen
    resident: UUID
    name: str
    bed: str
    what: str
    title: str
    number: str
    begins: date
    ends: date | None
    left: int | None
    weeks: int
    diagnosis: str
    doctor: str
    doctor_title: str
    ended: bool
    items: tuple[Mapping[str, Any], ...]
    content: Mapping[str, Any]
    again: str
    signed_by: str

    @property
    def soon(self) -> bool:
        """Whether it ends within the days of the reminder, or is over without having been ended."""
        return not self.ended and self.left is not None and self.left <= long_policy().remind.days


@dataclass(frozen=True)
class Candidate:
    """A running order that may go on one; `objection`: what speaks against a long one, `refuses` for good."""

    order: UUID
    need: Need
    objection: str
    refuses: bool
    free: bool


@dataclass(frozen=True)
class Prescriptions(Question[tuple[PrescriptionRow, ...]]):
    """The newest first; `resident` None: the house, `what` empty: all three, `over`: ended ones too."""

    resident: UUID | None = None
    what: str = ""
    over: bool = False


@dataclass(frozen=True)
class PrescriptionsEnding(Question[tuple[PrescriptionRow, ...]]):
    """Those that end within the week, or ended without another after them."""


@dataclass(frozen=True)
class LongCandidates(Question[tuple[Candidate, ...]]):
    """The running orders of a resident, with the amounts for so many days."""

    resident: UUID
    days: int = 28


@dataclass(frozen=True)
class Eligibility(Question[Eligible]):
    """Whether a resident gets free basic medicines, and why not."""

    resident: UUID


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


@answers(Prescriptions)
def prescriptions(reader: Reader, question: Prescriptions) -> tuple[PrescriptionRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    statement = select(Prescription).where(Prescription.current, Prescription.state != "retracted")
    if question.resident is not None:
        statement = statement.where(Prescription.resident == question.resident)
    if question.what:
        statement = statement.where(Prescription.what == question.what)
    if not question.over:
        statement = statement.where(Prescription.status == "active")
    return _rows(
        reader,
        list(
            reader.session.scalars(statement.order_by(Prescription.begins.desc(), Prescription.number.desc()))
        ),
    )


@answers(PrescriptionsEnding)
def ending(reader: Reader, _question: PrescriptionsEnding) -> tuple[PrescriptionRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    statement = select(Prescription).where(
        Prescription.current,
        Prescription.state != "retracted",
        Prescription.status == "active",
        Prescription.ends <= reader.today + long_policy().remind,
    )
    return _rows(reader, list(reader.session.scalars(statement.order_by(Prescription.ends))))


@answers(LongCandidates)
def candidates(reader: Reader, question: LongCandidates) -> tuple[Candidate, ...]:
    reader.require(Right.READ_RESIDENTS)
    found = []
    for fact in orders_for(reader, question.resident).values():
        drug = drug_called(reader.session, fact.drug)
        special = drug.storage_special or drug.storage == "fridge"
        said = may_be_long([Line(fact.words, drug.control, drug.antimicrobial, special)], long_policy())
        found.append(
            Candidate(
                fact.rid,
                need_of(fact, question.days),
                said[0].words if said else "",
                bool(said) and said[0].refuses,
                on_free_list(drug),
            )
        )
    return tuple(found)


@answers(Eligibility)
def eligibility(reader: Reader, question: Eligibility) -> Eligible:
    reader.require(Right.READ_RESIDENTS)
    return eligible(reader, question.resident)


@answers(FreeList)
def free_list(reader: Reader, question: FreeList) -> FreeMonth:
    reader.require(Right.READ_RESIDENTS)
    month = question.month.replace(day=1)
    rows = list(
        reader.session.scalars(
            select(Prescription)
            .where(
                Prescription.what == FREE,
                Prescription.current,
                Prescription.state != "retracted",
                func.json_extract(Prescription.content, "$.month") == f"{month:%Y-%m}",
            )
            .order_by(Prescription.number)
        )
    )
    lines = [line for row in _rows(reader, rows) for line in _free_lines(row)]
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


def _rows(reader: Reader, rows: list[Prescription]) -> tuple[PrescriptionRow, ...]:
    people = named_residents(reader, {row.resident for row in rows})
    signed = _signed(reader, [row.rid for row in rows])
    hospital = _hospital(reader, {row.resident for row in rows})
    return tuple(
        PrescriptionRow(
            seen=Seen(row.rid, row.revision),
            resident=row.resident,
            name=people[row.resident].name,
            bed=people[row.resident].bed,
            what=row.what,
            title=WORDS[row.what],
            number=row.number,
            begins=row.begins,
            ends=row.ends,
            left=None if row.ends is None else (row.ends - reader.today).days,
            weeks=row.weeks,
            diagnosis=row.diagnosis,
            doctor=row.doctor_name,
            doctor_title=row.doctor_title,
            ended=row.status == "ended",
            items=tuple(row.items["items"]),
            content=row.content,
            again=_again(row, hospital.get(row.resident)),
            signed_by=signed.get(row.rid, ""),
        )
        for row in rows
    )


def _again(row: Prescription, hospital: date | None) -> str:
    """须重新评估: 因任何原因住院 (长期处方管理规范（试行）)."""
    if row.what == LONG and row.status == "active" and hospital is not None and hospital >= row.begins:
        return f"{hospital:%m-%d} 住院，须重新评估"
    return ""


def _hospital(reader: Reader, residents: set[UUID]) -> dict[UUID, date]:
    """The day each last went to hospital."""
    rows = reader.session.execute(
        select(Absence.resident, func.max(Absence.begins))
        .where(
            Absence.resident.in_(list(residents)),
            Absence.code == "hospital",
            Absence.current,
            Absence.state != "retracted",
        )
        .group_by(Absence.resident)
    )
    return {resident: local(reader.settings.zone, begins).date() for resident, begins in rows}


def _signed(reader: Reader, about: list[UUID]) -> dict[UUID, str]:
    rows = reader.session.execute(
        select(MedStatement.about, MedStatement.name, MedStatement.relation).where(
            MedStatement.about.in_(about), MedStatement.current, MedStatement.state != "retracted"
        )
    )
    return {rid: f"{name}（{relation}）" for rid, name, relation in rows if rid is not None}
