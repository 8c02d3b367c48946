"""A doctor issues orders and signs them, or signs afterwards what others transcribed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.access import proof
from app.access.prescribers import prescribes
from app.access.proof import Proof
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Actor, Right
from app.core.unit import Unit
from app.medication.orders.forms import OrderForm
from app.medication.orders.moving import follow, standing
from app.medication.orders.writing import Asked, Issued, order_row, refuse_nobody, seal, some
from app.medication.rules.states import CANCELLED
from app.residents.stating import Seen
from db.models import MedOrder


@dataclass(frozen=True)
class IssueOrders(Order[tuple[Issued, ...]]):
    """A doctor issues orders for one resident and signs them together. `second`: proof for what the checks refuse."""

    resident: UUID
    forms: tuple[OrderForm, ...]
    signer: Proof
    second: Proof | None = None


@dataclass(frozen=True)
class SignOrders(Order[int]):
    """A doctor signs what was transcribed."""

    seen: tuple[Seen, ...]
    signer: Proof


@performs(IssueOrders)
def issue_orders(unit: Unit, order: IssueOrders) -> tuple[Issued, ...]:
    """All of them or none. Refuses who may not order, and what the checks refuse without an answer."""
    unit.require(Right.ORDER_MEDICINES)
    signer = doctor(unit, order.signer)
    refuse_nobody(unit, order.resident)
    return tuple(issue(unit, Asked(order.resident, form, order.second), signer) for form in some(order.forms))


@performs(SignOrders)
def sign_orders(unit: Unit, order: SignOrders) -> int:
    """Refuses what is signed already or was cancelled. Who ordered it elsewhere stays named beside the source."""
    signer = doctor(unit, order.signer)
    for seen in order.seen:
        row = standing(unit, seen)
        if row.doctor_at is not None:
            raise Refusal(f"{row.words} 已由医师签名。")
        if row.status == CANCELLED:
            raise Refusal(f"{row.words} 的医嘱已取消，不用签名。")
        said = {
            "doctor": signer.rid,
            "doctor_name": signer.name,
            "doctor_at": unit.now,
            "hospital": _source(row, signer),
        }
        follow(unit, row, "医师签名", said)
        seal(unit, standing(unit, Seen(row.rid, row.revision + 1)), signer)
    return len(order.seen)


def doctor(unit: Unit, given: Proof) -> Actor:
    """Who signs as a doctor; refuses whoever is none."""
    person = proof.accept(unit, given)
    if not prescribes(person):
        raise Refusal(f"医嘱由医师签名，{person.name}不是医师。", field="number")
    return person


def issue(unit: Unit, asked: Asked, signer: Actor) -> Issued:
    said = {"doctor": signer.rid, "doctor_name": signer.name, "doctor_at": unit.now}
    row = order_row(unit, asked, said, "manual")
    seal(unit, row, signer)
    return Issued(row.rid, row.number)


def _source(row: MedOrder, signer: Actor) -> str:
    """Where it came from, with the doctor who ordered it there."""
    if not row.hospital or row.doctor_name in ("", signer.name) or row.doctor_name in row.hospital:
        return row.hospital
    return f"{row.hospital} {row.doctor_name}医师"
