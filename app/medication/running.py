"""The medicines a resident takes, in words: for assessments, the chart's overview, sheets of other subjects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.facts import strength_of
from app.medication.lists import frequency_words, route_of
from app.medication.returns import last_returns
from app.medication.rules.dosing import dosing_words
from app.medication.rules.regime import LONG, PRN
from db.models import Dose, MedOrder


@dataclass(frozen=True)
class Running:
    """One running order. `last`: when it was last given; `high_alert` and `prn` for how it is shown; `unreconciled`: it
    stands 待重整 after a hospital."""

    order: UUID
    words: str
    strength: str
    route: str
    dose: str
    frequency: str
    times: tuple[str, ...]
    indication: str
    high_alert: bool
    prn: bool
    paused: bool
    last: datetime | None
    unreconciled: bool = False


@dataclass(frozen=True)
class RunningMedicines(Question[tuple[Running, ...]]):
    """What a resident takes now: long orders first, then those for when it is needed."""

    resident: UUID


@answers(RunningMedicines)
def running_medicines(reader: Reader, question: RunningMedicines) -> tuple[Running, ...]:
    reader.require(Right.READ_RESIDENTS)
    return running(reader, question.resident)


def running(reader: Reader, resident: UUID) -> tuple[Running, ...]:
    """As the question, for other subjects."""
    rows = reader.session.scalars(
        select(MedOrder)
        .where(
            MedOrder.resident == resident,
            MedOrder.current,
            MedOrder.state != "retracted",
            MedOrder.kind.in_((LONG, PRN)),
            MedOrder.status.in_(("checked", "paused")),
            or_(MedOrder.ends.is_(None), MedOrder.ends > reader.now),
        )
        .order_by(MedOrder.kind, MedOrder.number)
    ).all()
    last = _last(reader, [row.rid for row in rows])
    back = last_returns(reader, [resident]).get(resident) if rows else None
    return tuple(
        Running(
            order=row.rid,
            words=row.words,
            strength=strength_of(row.facts),
            route=route_of(row.route).words,
            dose=dosing_words(row.dosing, row.dose_unit),
            frequency="必要时" if row.kind == PRN else frequency_words(row.frequency),
            times=tuple(row.times),
            indication=row.indication,
            high_alert=bool(row.facts.get("high_alert")),
            prn=row.kind == PRN,
            paused=row.status == "paused",
            last=last.get(row.rid),
            unreconciled=back is not None and back.holds(row.rid, row.at),
        )
        for row in rows
    )


def _last(reader: Reader, orders: list[UUID]) -> dict[UUID, datetime]:
    """When each was last given; told by the doses of the newest service dates, by its index."""
    found: dict[UUID, datetime] = {}
    for order in orders:
        at = reader.session.scalar(
            select(Dose.at)
            .where(
                Dose.med_order == order,
                Dose.current,
                Dose.state != "retracted",
                Dose.outcome.in_(("given", "partial", "self")),
            )
            .order_by(Dose.service_date.desc(), Dose.at.desc())
            .limit(1)
        )
        if at is not None:
            found[order] = at
    return found
