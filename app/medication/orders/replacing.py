"""Another dose, time or way is another order, linked to the one it takes the place of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.access.proof import Proof
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.medication.orders.forms import OrderForm
from app.medication.orders.issuing import doctor, issue
from app.medication.orders.moving import follow, refuse_no_move, refuse_over, standing
from app.medication.orders.transcribing import ReadBack, transcribe
from app.medication.orders.writing import Asked, Issued
from app.medication.rules.states import CANCELLED, ISSUED, STOPPED
from app.residents.stating import Seen


@dataclass(frozen=True)
class ReplaceOrder(Order[Issued]):
    """Another dose, time or way is another order: the old one stops when the new one begins. `why` in words."""

    seen: Seen
    form: OrderForm
    why: str
    signer: Proof | None = None
    second: Proof | None = None


@performs(ReplaceOrder)
def replace_order(unit: Unit, order: ReplaceOrder) -> Issued:
    """Refuses one that is over, and a change without a reason."""
    row = standing(unit, order.seen)
    why = order.why.strip()
    if not why:
        raise Refusal("请写明为什么改。", field="why")
    if row.status != ISSUED:
        refuse_no_move(row, STOPPED)
    refuse_over(unit, row)
    asked = Asked(row.resident, order.form, order.second, instead_of=row)
    if order.signer is not None:
        unit.require(Right.ORDER_MEDICINES)
        fresh = issue(unit, asked, doctor(unit, order.signer))
    else:
        unit.require(Right.TRANSCRIBE_ORDERS)
        fresh = transcribe(unit, asked, ReadBack(None, ""))
    begins = max(order.form.begins or unit.now, unit.now)
    if row.status == ISSUED:
        change: dict[str, Any] = {"status": CANCELLED, "ended_at": unit.now}
    else:
        ends = begins if row.ends is None else min(begins, row.ends)
        change = {"status": STOPPED, "ends": ends, "ended_at": unit.now}
    change |= {"ended_by": unit.actor.rid, "ended_why": f"改为 {fresh.number}：{why}"}
    follow(unit, row, f"改为 {fresh.number}：{why}", change)
    return fresh
