"""A decision is taken back: what was kept is held again; an order that was stopped within minutes stands as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from app.care.revising import follow
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.medication.orders.moving import CancelOrder, cancel_order
from app.medication.orders.moving import follow as follow_order
from app.medication.reconciling.case import case_for
from app.medication.reconciling.lists import reconcile_lists
from app.medication.reconciling.signed import reopen
from app.medication.rules.reconcile import DROP, KEEP, WORDS
from app.medication.rules.states import CANCELLED, STOPPED
from app.residents.rules.stated import RETRACTED
from app.residents.stating import Seen
from app.residents.stating.revising import newest, standing_of
from db.models import MedDecision, MedOrder

_ENDS = ("status", "ends", "pauses", "ended_by", "ended_at", "ended_why")
UNDONE = "撤销重整决定"


@dataclass(frozen=True)
class UndoDecision(Order[Seen]):
    """Within ten minutes by whoever decided, without words; later with `why`, and only where no order was moved."""

    seen: Seen
    why: str = ""


@performs(UndoDecision)
def undo_decision(unit: Unit, order: UndoDecision) -> Seen:
    row = standing_of(unit, MedDecision, order.seen, "这个重整决定", "撤销")
    case = case_for(unit, row.resident, row.absence)
    why, minutes = order.why.strip(), reconcile_lists().undo
    mine = row.author == unit.actor.rid and unit.now - row.recorded_at <= minutes
    if not mine and not why:
        raise Refusal(
            f"已超过 {int(minutes.total_seconds() // 60)} 分钟，或是别人作的决定，请写明原因。", field="why"
        )
    if not mine and row.author != unit.actor.rid and not unit.actor.may(Right.ORDER_MEDICINES):
        unit.require(Right.CORRECT_RECORDS)
    if row.decision not in (KEEP, DROP):
        if not mine:
            said = WORDS[row.decision]
            raise Refusal(f"“{said}”已经变成医嘱，不能撤销；请在医嘱里停用，或开新的医嘱。")
        _orders_back(unit, row)
    reopen(unit, case, UNDONE)
    return follow(unit, row, f"{RETRACTED}：{why or UNDONE}", {"state": "retracted"})


def _orders_back(unit: Unit, row: MedDecision) -> None:
    """The order that was written is cancelled; the old one is again what it was, and stands 待重整."""
    if row.med_order_after is not None:
        fresh = newest(unit, MedOrder, row.med_order_after)
        if fresh is not None and fresh.status not in (STOPPED, CANCELLED):
            cancel_order(unit, CancelOrder(Seen(fresh.rid, fresh.revision), UNDONE))
    if row.med_order is None:
        return
    old = newest(unit, MedOrder, row.med_order)
    if old is None or old.status not in (STOPPED, CANCELLED) or old.ended_at != row.at:
        raise Refusal(f"{row.words} 的医嘱后来又变了，不能撤销；请开新的医嘱。")
    statement = select(MedOrder).where(
        MedOrder.rid == old.rid, or_(MedOrder.ended_at.is_(None), MedOrder.ended_at < row.at)
    )
    before = unit.session.scalars(statement.order_by(MedOrder.revision.desc()).limit(1)).first()
    if before is None:
        raise Refusal(f"{row.words} 停用前的医嘱不在本站，不能撤销；请开新的医嘱。")
    as_was: dict[str, Any] = {name: getattr(before, name) for name in _ENDS}
    follow_order(unit, old, UNDONE, as_was)
