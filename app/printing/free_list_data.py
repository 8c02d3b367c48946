"""From the free prescriptions of a month to the 困难人群免费用药登记表, with the signature of whoever received them."""

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
from app.core.strokes import strokes_of
from app.core.unit import Reader
from app.medication.drugs.catalogue import DrugList, drug_list
from app.medication.rules.written import unit_words
from app.printing.amounts_said import product_words
from app.printing.sheets.free_list import FreeItem, FreeLine, FreeList
from db.models import MedStatement, Prescription, Resident


@dataclass(frozen=True)
class FreeListOf(Question[FreeList]):
    """The list of the month `first` lies in (None: this one), of the whole station; `place` says nothing here."""

    place: UUID
    first: date | None = None
    last: date | None = None


@answers(FreeListOf)
def free_list_of(reader: Reader, question: FreeListOf) -> FreeList:
    reader.require(Right.PRINT_RECORDS)
    month = (question.first or reader.today).replace(day=1)
    rows = reader.session.execute(
        select(Prescription, Resident.name, Resident.id_number)
        .join(Resident, Resident.rid == Prescription.resident)
        .where(
            Prescription.what == "free",
            Prescription.current,
            Prescription.state != "retracted",
            func.json_extract(Prescription.content, "$.month") == f"{month:%Y-%m}",
        )
        .order_by(Prescription.begins, Prescription.number)
    ).all()
    known = drug_list(reader.session)
    signed = _signed(reader, [row.rid for row, _name, _id in rows])
    waived = sum((_waived(item) for row, _name, _id in rows for item in _items(row)), Decimal(0))
    return FreeList(
        institution=reader.settings.institution_name,
        month=month,
        lines=tuple(
            _line(row, (name, id_number or ""), signed.get(row.rid), known) for row, name, id_number in rows
        ),
        people=len({row.resident for row, _name, _id in rows}),
        waived=f"{waived:.2f} 元" if waived else "",
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _line(
    row: Prescription, who: tuple[str, str], statement: MedStatement | None, known: DrugList
) -> FreeLine:
    said = [*row.content.get("entitlements", ()), row.content.get("certificate", "")]
    ground = "　".join(str(part) for part in said if part)
    return FreeLine(
        on=row.begins,
        name=who[0],
        id_number=who[1],
        ground="\n".join(part for part in (ground, row.diagnosis) if part),
        items=tuple(_item(one, known) for one in _items(row)),
        receiver=statement.name if statement is not None else "",
        strokes=strokes_of(statement.drawn) if statement is not None else (),
    )


def _item(item: Mapping[str, Any], known: DrugList) -> FreeItem:
    waived = _waived(item)
    words = product_words(known, str(item.get("drug", "")), str(item.get("words", "")))
    quantity = f"{item.get('quantity', '')} {unit_words(str(item.get('unit', '')))}".strip()
    return FreeItem(words, quantity, f"{waived:.2f}" if waived else "")


def _items(row: Prescription) -> list[Mapping[str, Any]]:
    return [one for one in row.items.get("items", ()) if isinstance(one, dict)]


def _waived(item: Mapping[str, Any]) -> Decimal:
    """What the medicine would have cost, in yuan."""
    return Decimal(str(item.get("amount") or 0))


def _signed(reader: Reader, records: list[UUID]) -> dict[UUID, MedStatement]:
    """Who signed for each prescription."""
    rows = reader.session.scalars(
        select(MedStatement)
        .where(
            MedStatement.what == "free",
            MedStatement.about.in_(records),
            MedStatement.current,
            MedStatement.state != "retracted",
        )
        .order_by(MedStatement.at)
    )
    return {row.about: row for row in rows if row.about is not None}
