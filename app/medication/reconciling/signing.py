"""A doctor signs what a nurse wrote down by a doctor's word, and the whole list as finished."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.proof import Proof
from app.access.signing import Signable, sign
from app.care.revising import follow
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Actor, Right
from app.core.unit import Unit
from app.medication.orders.issuing import SignOrders, doctor, sign_orders
from app.medication.reconciling.case import Case, case_for, record_rid
from app.medication.reconciling.listing import MISSING
from app.medication.reconciling.signed import finished, undecided
from app.medication.rules.states import CANCELLED
from app.residents.stating import Seen
from app.residents.stating.revising import standing_of
from db.models import MedDecision, MedOrder, MedReconciliation

KIND = "med_reconciliation"


@dataclass(frozen=True)
class SignDecisions(Order[int]):
    """A doctor signs decisions a nurse wrote down."""

    seen: tuple[Seen, ...]
    signer: Proof


@dataclass(frozen=True)
class SignReconciliation(Order[Seen]):
    """完成重整并签名: everything is decided; a doctor signs the whole, with what was still unsigned of it."""

    resident: UUID
    absence: UUID
    signer: Proof
    note: str = ""


@performs(SignDecisions)
def sign_decisions(unit: Unit, order: SignDecisions) -> int:
    unit.require(Right.RECONCILE)
    signer = doctor(unit, order.signer)
    rows = [standing_of(unit, MedDecision, seen, "这个重整决定", "撤销") for seen in order.seen]
    for row in rows:
        if row.doctor_at is not None:
            raise Refusal(f"{row.words} 的决定已由医师签名。")
    _sign(unit, rows, signer)
    return len(rows)


@performs(SignReconciliation)
def sign_reconciliation(unit: Unit, order: SignReconciliation) -> Seen:
    """Refuses while a medicine is not decided, naming it."""
    case = case_for(unit, order.resident, order.absence)
    signer = doctor(unit, order.signer)
    if left := undecided(unit, case):
        raise Refusal(f"还不能完成：{'、'.join(left[:4])}{'等' if len(left) > 4 else ''}没有决定。")
    if case.record is not None and finished(unit, case):
        raise Refusal(f"这次重整已由{case.record.doctor_name}签名完成。")
    decisions = list(case.decisions.values())
    _sign(unit, [row for row in decisions if row.doctor_at is None], signer)
    _sign_orders(unit, decisions, order.signer)
    said: dict[str, Any] = {"doctor": signer.rid, "doctor_name": signer.name, "doctor_at": unit.now}
    note = "\n".join(
        part for part in ("" if case.record is None else case.record.note, order.note.strip()) if part
    )
    if case.record is None:
        rid = record_rid(unit, case.back.absence)
        row = MedReconciliation(
            **unit.stamp(rid=rid, at=case.back.ends), revision=1, resident=case.resident, absence=case.back.absence,
            came_with=MISSING, listed={"all": []}, note=note, **said,
        )  # fmt: skip
        unit.session.add(row)
        unit.session.flush()
        seen = Seen(rid, 1)
    else:
        seen = follow(unit, case.record, "完成重整", {**said, "note": note, "state": "signed"})
    what = Signable(KIND, seen.rid, seen.revision, unit.station)
    sign(unit, what, content_of(case), signer)
    return seen


def content_of(case: Case) -> list[list[str]]:
    """What the signature covers: each medicine with its decision."""
    rows = [[str(key), row.decision, row.words, row.doctor_name] for key, row in case.decisions.items()]
    return sorted(rows)


def _sign(unit: Unit, rows: Iterable[MedDecision], signer: Actor) -> None:
    for row in rows:
        follow(unit, row, "医师签名", {"doctor": signer.rid, "doctor_at": unit.now, "state": "signed"})


def _sign_orders(unit: Unit, decisions: list[MedDecision], signer: Proof) -> None:
    """Orders the decisions wrote that wait for a doctor are signed with them."""
    after = [row.med_order_after for row in decisions if row.med_order_after is not None]
    statement = select(MedOrder).where(
        MedOrder.rid.in_(after), MedOrder.current, MedOrder.doctor_at.is_(None), MedOrder.status != CANCELLED
    )
    waits = tuple(Seen(row.rid, row.revision) for row in unit.session.scalars(statement))
    if waits:
        sign_orders(unit, SignOrders(waits, signer))
