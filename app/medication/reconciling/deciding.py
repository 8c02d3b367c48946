"""A named decision for one medicine: it goes on, it is changed, it stops; one of the hospital's is taken or not.

What releases, stops or writes an order is the order's own act, so that its rules hold here as anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.names import author_names
from app.access.prescribers import prescribes, refuse_no_doctor
from app.access.proof import Proof
from app.care.revising import follow
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.medication.orders.forms import OrderForm
from app.medication.orders.issuing import doctor, issue
from app.medication.orders.moving import CancelOrder, StopOrder, cancel_order, stop_order
from app.medication.orders.moving import follow as follow_order
from app.medication.orders.replacing import ReplaceOrder, replace_order
from app.medication.orders.transcribing import ReadBack, transcribe
from app.medication.orders.writing import Asked, Issued
from app.medication.reconciling.case import Case, case_for, decision_rid, over
from app.medication.reconciling.lists import reconcile_lists
from app.medication.reconciling.matching import beside, same_on_both
from app.medication.reconciling.signed import reopen
from app.medication.rules.reconcile import CHANGE, DROP, KEEP, STOP, TAKE, WORDS
from app.medication.rules.states import ISSUED, STOPPED
from app.residents.stating import Seen
from app.residents.stating.revising import newest
from db.models import MedDecision, MedOrder

OF_ORDER, OF_LINE = (KEEP, CHANGE, STOP), (TAKE, CHANGE, DROP)
LONGEST = 100
AFTERWARDS = "完成以后又作决定"


@dataclass(frozen=True)
class Decide(Order["Decision"]):
    """About an order of before (`order`) or a line of the hospital's list (`item`), one of the two.

    `change`: the new order, of change and take; a doctor signs it (`signer`), a nurse transcribes it and names the
    doctor who decided (`doctor_name`). `second`: what the checks ask. `seen`: a decision this one takes the place of.
    """

    resident: UUID
    absence: UUID
    decision: str
    order: UUID | None = None
    item: str = ""
    why: str = ""
    doctor_name: str = ""
    change: OrderForm | None = None
    signer: Proof | None = None
    second: Proof | None = None
    seen: Seen | None = None


@dataclass(frozen=True)
class DecideAll(Order[tuple[Seen, ...]]):
    """相同的全部保留: what both sides write alike goes on; still one named decision for each medicine."""

    resident: UUID
    absence: UUID
    orders: tuple[UUID, ...]
    doctor_name: str = ""


@dataclass(frozen=True)
class Decision:
    """What was written: the decision, and the order that came of it."""

    seen: Seen
    issued: Issued | None = None


@performs(Decide)
def decide(unit: Unit, order: Decide) -> Decision:
    """Refuses what is decided already, and whatever the order itself may not do."""
    case = case_for(unit, order.resident, order.absence)
    if (order.order is None) == (not order.item):
        raise Refusal("请选要决定的药。")
    if order.decision not in (OF_ORDER if order.order else OF_LINE):
        raise Refusal("请选保留、更改或停用。" if order.order else "请选采用、更改或不用。", field="decision")
    about: UUID | str = order.order or order.item
    before = _before(unit, case, about, order.seen)
    by = _by(unit, order.doctor_name)
    why = order.why.strip()
    if len(why) > LONGEST:
        raise Refusal(f"原因最多 {LONGEST} 个字。", field="why")
    if order.decision in (STOP, DROP, CHANGE) and not why:
        raise Refusal(f"请写明为什么{WORDS[order.decision]}。", field="why")
    issued = _of_order(unit, case, order.order, order) if order.order else _of_line(unit, case, order)
    drug, words = _medicine(case, order)
    content = {
        "decision": order.decision,
        "drug": drug,
        "words": words,
        "med_order": order.order,
        "item": order.item,
        "med_order_after": None if issued is None else issued.rid,
        "why": why,
        **by,
    }
    reopen(unit, case, AFTERWARDS)
    return Decision(_keep(unit, case, about, content, before), issued)


@performs(DecideAll)
def decide_all(unit: Unit, order: DecideAll) -> tuple[Seen, ...]:
    """Refuses all of them where one is not the same on both sides, or was decided meanwhile."""
    case = case_for(unit, order.resident, order.absence)
    if not order.orders:
        raise Refusal("没有两边相同、还没决定的药。")
    by = _by(unit, order.doctor_name)
    alike = same_on_both(case)
    reopen(unit, case, AFTERWARDS)
    done = []
    for rid in order.orders:
        row = case.order(rid)
        if rid not in alike:
            raise Refusal(f"{row.words} 两边不一样，请单独决定。")
        _refuse_over(unit, row)
        before = _before(unit, case, rid, None)
        content = {
            "decision": KEEP,
            "drug": row.drug,
            "words": row.words,
            "med_order": rid,
            "item": alike[rid],
        }
        content |= {"med_order_after": None, "why": "与出院清单相同", **by}
        done.append(_keep(unit, case, rid, content, before))
    return tuple(done)


def _before(unit: Unit, case: Case, about: UUID | str, seen: Seen | None) -> MedDecision | None:
    """The decision that stands; refuses to pass over one that was not seen, or that already moved an order."""
    row = case.decisions.get(about)
    if row is None:
        return None
    who = row.doctor_name or author_names(unit).get(row.author, "别的人")
    when = local(unit.settings.zone, row.at)
    if seen is None or (seen.rid, seen.revision) != (row.rid, row.revision):
        raise Refusal(
            f"{row.words} 已由{who}在 {when:%m-%d %H:%M} 决定“{WORDS[row.decision]}”，请看新的决定。"
        )
    if row.decision not in (KEEP, DROP):
        raise Refusal(f"{row.words} 已决定“{WORDS[row.decision]}”，医嘱已跟着变了；要改请先撤销。")
    return row


def _by(unit: Unit, doctor_name: str) -> dict[str, Any]:
    """Who decides: the doctor at the desk; else the doctor a nurse names, who signs within the time."""
    if prescribes(unit.actor):
        return {
            "doctor": unit.actor.rid,
            "doctor_name": unit.actor.name,
            "doctor_by": None,
            "doctor_at": unit.now,
        }
    name = doctor_name.strip()
    if not name:
        raise Refusal("请写明作决定的医师（出院医师或本站医师）。", field="doctor_name")
    if len(name) > 20:
        raise Refusal("医师姓名最多 20 个字。", field="doctor_name")
    refuse_no_doctor(unit, name, "作决定的医师（出院医师或本站医师）")
    by = unit.now + reconcile_lists().sign_within
    return {"doctor": None, "doctor_name": name, "doctor_by": by, "doctor_at": None}


def _of_order(unit: Unit, case: Case, rid: UUID, order: Decide) -> Issued | None:
    """What becomes of an order of before."""
    row = case.order(rid)
    _refuse_over(unit, row)
    seen = Seen(row.rid, row.revision)
    why = order.why.strip()
    if order.decision == KEEP:
        return None
    if order.decision == CHANGE:
        if order.change is None:
            raise Refusal("请填写改成什么。", field="change")
        fresh = replace_order(unit, ReplaceOrder(seen, order.change, why, order.signer, order.second))
        _end_now(unit, row.rid, f"返院重整：改为 {fresh.number}")
        return fresh
    said = f"返院重整：{why}"[:LONGEST]
    if row.status == ISSUED:
        cancel_order(unit, CancelOrder(seen, said))
    elif row.status == STOPPED:  # it had its end already; now it ends at once
        _end_now(unit, row.rid, said)
    else:
        stop_order(unit, StopOrder(seen, said, None, order.doctor_name))
    return None


def _of_line(unit: Unit, case: Case, order: Decide) -> Issued | None:
    """A medicine only the hospital wrote: taken as a new order, or not."""
    case.line(order.item)
    if any(one.order is not None and one.line.key == order.item for one in beside(case) if one.line):
        raise Refusal("这一种就是返院前的一条医嘱，请在那条医嘱上决定。")
    if order.decision == DROP:
        return None
    if order.change is None:
        raise Refusal("请填写医嘱。", field="change")
    asked = Asked(case.resident, order.change, order.second)
    if order.signer is not None:
        unit.require(Right.ORDER_MEDICINES)
        return issue(unit, asked, doctor(unit, order.signer))
    unit.require(Right.TRANSCRIBE_ORDERS)
    return transcribe(unit, asked, ReadBack(None, ""))


def _end_now(unit: Unit, rid: UUID, why: str) -> None:
    """The old order asks for nothing more from this moment, also where the new one begins later."""
    row = newest(unit, MedOrder, rid)
    if row is not None and row.ends is not None and row.ends > unit.now:
        follow_order(unit, row, why, {"ends": unit.now, "ended_by": unit.actor.rid, "ended_at": unit.now})


def _refuse_over(unit: Unit, row: MedOrder) -> None:
    if over(row, unit):
        raise Refusal(f"{row.words} 的医嘱已停止，不用再决定。请刷新。")


def _medicine(case: Case, order: Decide) -> tuple[str, str]:
    if order.order is not None:
        row = case.order(order.order)
        return row.drug, row.words
    line = case.line(order.item)
    return line.drug, line.words


def _keep(
    unit: Unit, case: Case, about: UUID | str, content: dict[str, Any], before: MedDecision | None
) -> Seen:
    """A decision, or the next revision of one, retracted ones of the same name among them."""
    rid = decision_rid(unit, case.back.absence, about)
    last = before or newest(unit, MedDecision, rid)
    if last is not None:
        return follow(unit, last, "重新决定", {**content, "at": unit.now, "state": "corrected"})
    row = MedDecision(
        **unit.stamp(rid=rid), revision=1, resident=case.resident, absence=case.back.absence, **content
    )
    unit.session.add(row)
    unit.session.flush()
    return Seen(rid, 1)
