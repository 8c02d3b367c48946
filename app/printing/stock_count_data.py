"""From the counts of the cupboard to the 药品盘点表: each lot with what the books had and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.access.names import author_names
from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.drugs.catalogue import DrugList, drug_list
from app.medication.rules.amounts import amount_words
from app.printing.amounts_said import exact, product_words
from app.printing.sheets.stock_count import Counted, StockCount
from db.models import Resident, StockMove

WARD = "机构药品"
_COUNTS = ("count", "shift_count")


@dataclass(frozen=True)
class StockCountOf(Question[StockCount]):
    """The counts of some days, both included (None: this month so far).

    The cupboard is the station's: what a sheet is usually of (`place`) says nothing here.
    """

    place: UUID
    first: date | None = None
    last: date | None = None


@answers(StockCountOf)
def stock_count_of(reader: Reader, question: StockCountOf) -> StockCount:
    reader.require(Right.PRINT_RECORDS)
    first = question.first or reader.today.replace(day=1)
    last = question.last or reader.today
    zone = ZoneInfo(reader.settings.zone)
    rows = reader.session.execute(
        select(StockMove, Resident.name)
        .outerjoin(Resident, Resident.rid == StockMove.owner)
        .where(
            StockMove.what.in_(_COUNTS),
            StockMove.current,
            StockMove.state != "retracted",
            StockMove.at >= datetime.combine(first, time(), zone),
            StockMove.at < datetime.combine(last + timedelta(days=1), time(), zone),
        )
        .order_by(StockMove.at, StockMove.words, StockMove.lot)
    )
    names, known = author_names(reader), drug_list(reader.session)
    return StockCount(
        institution=reader.settings.institution_name,
        station=reader.settings.station_name,
        first=first,
        last=last,
        lines=tuple(_counted(reader, row, owner or WARD, (names, known)) for row, owner in rows),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _counted(
    reader: Reader, row: StockMove, owner: str, known: tuple[Mapping[UUID, str], DrugList]
) -> Counted:
    names, products = known
    expected, change = exact(row.expected or 0.0), exact(row.quantity)
    shift = str(row.content.get("shift", ""))
    drug = products.get(row.drug)
    unit = "" if drug is None else drug.unit
    return Counted(
        at=local(reader.settings.zone, row.at),
        words=product_words(products, row.drug, row.words),
        owner=owner,
        lot=row.lot,
        expires=row.expires,
        expected=f"{amount_words(expected)} {unit}".strip(),
        found=f"{amount_words(expected + change)} {unit}".strip(),
        difference=f"{'+' if change > 0 else '−'}{amount_words(abs(change))}" if change else "",
        why=row.note,
        by=names.get(row.author, ""),
        second=names.get(row.second, "") if row.second else "",
        kind=f"{shift}清点" if row.what == "shift_count" else "盘点",
    )
