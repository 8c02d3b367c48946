"""Changes of medicines that were settled lately: what order was written, or why none is; one by mistake waits again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.rounds.rows import line_row
from app.residents.queries.who import Named, named_residents
from db.models import MedOrder, RoundVisit

LATELY = timedelta(days=7)
"""How long a line stays in sight after it was settled."""
_VISITS = timedelta(days=60)


@dataclass(frozen=True)
class SettledLine:
    """A line nobody waits for any more. `how`: `医嘱 01-000012`, or why none was written; `by`, `when`: who said so."""

    visit: UUID
    resident: UUID
    name: str
    bed: str
    at: datetime
    said_by: str
    words: str
    how: str
    by: str
    when: datetime


@dataclass(frozen=True)
class SettledLines(Question[tuple[SettledLine, ...]]):
    """The lines settled lately, the latest first."""


@answers(SettledLines)
def settled_lines(reader: Reader, _question: SettledLines) -> tuple[SettledLine, ...]:
    reader.require(Right.READ_RESIDENTS)
    rows = [
        (row, line, datetime.fromisoformat(kept["at"]))
        for row in reader.session.scalars(
            select(RoundVisit).where(
                RoundVisit.at >= reader.now - _VISITS, RoundVisit.current, RoundVisit.state != "retracted"
            )
        )
        for kept in row.orders.get("all", ())
        if not (line := line_row(kept)).waits and kept.get("at")
    ]
    lately = [one for one in rows if one[2] >= reader.now - LATELY]
    who = named_residents(reader, {row.resident for row, _line, _when in lately})
    numbers = _numbers(reader, [line.order for _row, line, _when in lately if line.order is not None])
    found = []
    for row, line, when in lately:
        how = line.why if line.order is None else f"医嘱 {numbers.get(line.order, '')}".strip()
        name, bed = _named(who.get(row.resident))
        found.append(
            SettledLine(
                row.rid, row.resident, name, bed, row.at, row.doctor_name, line.words, how, line.by, when
            )
        )
    return tuple(sorted(found, key=lambda one: one.when, reverse=True))


def _numbers(reader: Reader, orders: list[UUID]) -> dict[UUID, str]:
    rows = reader.session.scalars(select(MedOrder).where(MedOrder.rid.in_(orders), MedOrder.current))
    return {row.rid: row.number for row in rows}


def _named(who: Named | None) -> tuple[str, str]:
    return (who.name, who.bed) if who is not None else ("", "")
