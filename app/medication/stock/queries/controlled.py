"""麻精药品: every shelf of a controlled medicine, when it was last counted by two, and whether this shift has yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.care.derived import hours_of
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.drugs.catalogue import drug_list
from app.medication.rules.drug import CONTROLS
from app.medication.stock.balance import Which
from app.medication.stock.keeping import CONTROLLED
from app.medication.stock.queries.cupboard import StockRow, rows_of
from db.models import StockMove


@dataclass(frozen=True)
class LastCount:
    """When a shelf was last counted at a hand-over, by whom, and whether it differed."""

    at: datetime
    who: str
    second: str
    differed: bool


@dataclass(frozen=True)
class ControlledRow:
    """A shelf of a controlled medicine; `counted`: in the shift that goes on."""

    row: StockRow
    last: LastCount | None
    counted: bool

    @property
    def key(self) -> tuple[str, UUID | None]:
        return self.row.key


@dataclass(frozen=True)
class ControlledShelves(Question[tuple[ControlledRow, ...]]):
    """Every one of them, the ward's first."""


@answers(ControlledShelves)
def controlled_shelves(reader: Reader, question: ControlledShelves) -> tuple[ControlledRow, ...]:
    del question
    reader.require(Right.KEEP_STOCK)
    listed = drug_list(reader.session)
    codes = [code for code, drug in listed.by_code.items() if drug.control in CONTROLLED]
    rows = [row for row in rows_of(reader, Which(codes)) if row.lots or row.balance]
    last = _last_counts(reader, codes)
    hours = hours_of(reader)
    begun = hours.at(reader.now)
    found = []
    for row in sorted(rows, key=_order):
        count = last.get(row.key)
        found.append(ControlledRow(row, count, count is not None and hours.at(count.at) == begun))
    return tuple(found)


def _order(row: StockRow) -> tuple[bool, int, str, str]:
    """The ward's first, the strictest first."""
    return (row.owner is not None, CONTROLS.index(row.control), row.words, row.bed)


def _last_counts(reader: Reader, codes: list[str]) -> dict[tuple[str, UUID | None], LastCount]:
    names = author_names(reader)
    statement = (
        select(StockMove)
        .where(StockMove.what == "shift_count", StockMove.drug.in_(codes))
        .where(StockMove.current, StockMove.state != "retracted")
        .order_by(StockMove.at)
    )
    found: dict[tuple[str, UUID | None], LastCount] = {}
    for row in reader.session.scalars(statement):
        key = (row.drug, row.owner)
        before = found.get(key)
        count = LastCount(
            row.at,
            names.get(row.author, ""),
            names.get(row.second, "") if row.second else "",
            bool(row.quantity),
        )
        same = before is not None and before.at == row.at
        found[key] = replace(count, differed=count.differed or (same and found[key].differed))
    return found
