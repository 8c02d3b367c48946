"""Plans that do not run yet, with what each still needs: a doctor, a therapist, consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.planning.signing import missing_of
from app.residents.stating import Seen
from db.models import RehabPlan, Resident


@dataclass(frozen=True)
class UnsignedRow:
    """One plan; `missing` in words, in the order they are usually given; `refused`: somebody said no."""

    plan: Seen
    resident: UUID
    name: str
    title: str
    drawn_up: datetime
    missing: tuple[str, ...]
    refused: bool


@dataclass(frozen=True)
class Unsigned(Question[tuple[UnsignedRow, ...]]):
    """All of the house, the oldest first."""


@answers(Unsigned)
def unsigned(reader: Reader, _question: Unsigned) -> tuple[UnsignedRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    waiting = (
        select(RehabPlan, Resident.name)
        .join(Resident, Resident.rid == RehabPlan.resident)
        .where(RehabPlan.current, RehabPlan.state != "retracted", RehabPlan.status == "drawn_up")
        .order_by(RehabPlan.at)
    )
    return tuple(
        UnsignedRow(
            Seen(plan.rid, plan.revision),
            plan.resident,
            name,
            plan.words,
            plan.at,
            missing_of(plan.doctor_at, plan.therapist_at, plan.consent_at),
            plan.consent.get("agreed") is False,
        )
        for plan, name in reader.session.execute(waiting)
    )
