"""From what was handed over to the 发药单; the usage of each medicine is that of its order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.care.derived import hours_of
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.derived import OrderFact, orders_of
from app.medication.facts import strength_of
from app.medication.queries.month_orders import usage_parts
from app.medication.rules.written import in_full, unit_words
from app.printing.journal_sheet_data import whose
from app.printing.mar_data import allergies_said
from app.printing.sheets.issue_sheet import Issued, IssueSheet
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from db.models import Dispense


@dataclass(frozen=True)
class IssueSheetOf(Question[IssueSheet]):
    """The sheet of one handing over (`record`: a `Dispense`); without it of the resident's latest."""

    resident: UUID
    record: UUID | None = None


@answers(IssueSheetOf)
def issue_sheet_of(reader: Reader, question: IssueSheetOf) -> IssueSheet:
    """Refuses where nothing was handed over, and what was handed over to somebody else."""
    reader.require(Right.PRINT_RECORDS)
    statement = select(Dispense).where(
        Dispense.resident == question.resident,
        Dispense.what == "issue",
        Dispense.current,
        Dispense.state != "retracted",
    )
    if question.record is not None:
        statement = statement.where(Dispense.rid == question.record)
    row = reader.session.scalar(statement.order_by(Dispense.at.desc()).limit(1))
    if row is None:
        raise Refusal("这位老人没有发药记录，没有发药单可以打印。")
    person = chart(reader, Chart(question.resident))
    names = author_names(reader)
    orders = orders_of(reader, [question.resident], hours_of(reader))
    return IssueSheet(
        whose=whose(reader, person),
        allergies=allergies_said(person),
        number=f"FY-{person.number}-{row.service_date:%Y%m%d}",
        first=row.service_date,
        last=row.service_date + timedelta(days=row.days - 1),
        items=tuple(_issued(one, orders) for one in row.items.get("items", ())),
        giver=names.get(row.author, ""),
        checker=names.get(row.second, "") if row.second else "",
        receiver=row.receiver,
        note=row.note,
        at=local(reader.settings.zone, row.at),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _issued(item: Mapping[str, Any], orders: Mapping[UUID, OrderFact]) -> Issued:
    order = orders.get(UUID(str(item["order"]))) if item.get("order") else None
    strength = in_full(strength_of(order.facts)) if order is not None else ""
    usage = " ".join(usage_parts(order)) if order is not None else ""
    return Issued(
        words=" ".join(part for part in (str(item.get("words", "")), strength) if part),
        usage="\n".join(part for part in (usage, str(item.get("slot", ""))) if part),
        total=f"{item.get('amount', '')} {unit_words(str(item.get('unit', '')))}".strip(),
        lot=str(item.get("lot") or ""),
    )
