"""A doctor answers what the checks find between orders that run already: a new allergy, a new kidney value."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.proof import Proof
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.revising import next_revision
from app.core.roles import Right
from app.core.unit import Unit
from app.medication.checking.alerting import standing_of
from app.medication.checking.settling import kept, refuse_unanswered, second_signer
from app.medication.orders.forms import Answered
from app.medication.orders.issuing import doctor
from app.medication.rules.checks import Finding
from db.models import MedOrder

WHY = "答复用药检查"


@dataclass(frozen=True)
class AnswerFindings(Order[int]):
    """Why medicines go on all the same, signed by a doctor; `second` for what is contraindicated. They are given
    without the alert from then on. How many findings were answered."""

    resident: UUID
    answered: tuple[Answered, ...]
    signer: Proof
    second: Proof | None = None


@performs(AnswerFindings)
def answer_findings(unit: Unit, order: AnswerFindings) -> int:
    """Refuses an empty reason, and where nothing of what is answered stands any more."""
    unit.require(Right.ORDER_MEDICINES)
    signer = doctor(unit, order.signer)
    reasons = {one.rule: one.reason.strip() for one in order.answered}
    findings = tuple(
        one
        for one in standing_of(unit, order.resident)
        if one.severity.needs_reason and not one.reason and one.rule in reasons
    )
    if not findings:
        raise Refusal("这些提示已经不在了，请刷新。")
    refuse_unanswered(findings, reasons)
    by = second_signer(unit, findings, order.second, signer.rid)
    said: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    rows = _orders(unit, findings)
    for one in findings:
        newest = max((rows[key] for key in one.about), key=lambda row: row.number)
        second = (
            {} if by is None or not one.severity.needs_second else {"by": str(by.rid), "by_name": by.name}
        )
        said[newest.rid].append({**kept(one, reasons[one.rule]), "answered_by": str(signer.rid), **second})
    for rid, answers in said.items():
        row = rows[str(rid)]
        found = {**row.found, "findings": [*row.found.get("findings", ()), *answers]}
        next_revision(unit, row, WHY, {"found": found, "state": "corrected"})
    return len(findings)


def _orders(unit: Unit, findings: tuple[Finding, ...]) -> dict[str, MedOrder]:
    wanted = {UUID(key) for one in findings for key in one.about}
    rows = unit.session.scalars(select(MedOrder).where(MedOrder.rid.in_(wanted), MedOrder.current))
    return {str(row.rid): row for row in rows}
