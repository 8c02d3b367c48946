"""An order comes into being: a doctor signs it, or a nurse transcribes what a doctor wrote or said elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access import proof
from app.access.proof import Proof
from app.access.signing import Signable, sign
from app.core.blobs import keep_blob, media_of
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.revising import next_revision
from app.core.roles import Actor, Right
from app.core.unit import Unit
from app.medication.checking.settling import Ordering, settle
from app.medication.lists import matters
from app.medication.orders.forms import Checked, OrderForm, check_order
from app.medication.orders.moving import refuse_no_move, standing
from app.medication.rules.regime import ONCE, STAT
from app.medication.rules.states import CANCELLED, ISSUED, STOPPED
from app.residents.stating import Seen
from db.models import MedOrder, Resident

KIND = "med_order"
_SIGNED = (
    "number", "kind", "drug", "words", "dosing", "dose_unit", "route", "frequency", "times", "weekdays", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Issued:
    """An order that now stands: its record and its number."""

    rid: UUID
    number: str


@dataclass(frozen=True)
class IssueOrders(Order[tuple[Issued, ...]]):
    """A doctor issues orders for one resident and signs them together. `second`: proof for what the checks refuse."""

    resident: UUID
    forms: tuple[OrderForm, ...]
    signer: Proof
    second: Proof | None = None


@dataclass(frozen=True)
class TranscribeOrders(Order[tuple[Issued, ...]]):
    """A nurse writes down orders a doctor signed on paper, a hospital gave, or a doctor gave by word of mouth.

    They wait for a doctor's signature (待医师签) and are checked by another nurse before they run.
    """

    resident: UUID
    forms: tuple[OrderForm, ...]
    second: Proof | None = None


@dataclass(frozen=True)
class SignOrders(Order[int]):
    """A doctor signs what was transcribed."""

    seen: tuple[Seen, ...]
    signer: Proof


@dataclass(frozen=True)
class ReplaceOrder(Order[Issued]):
    """Another dose, time or way is another order: the old one stops when the new one begins. `why` in words."""

    seen: Seen
    form: OrderForm
    why: str
    signer: Proof | None = None
    second: Proof | None = None


@dataclass(frozen=True)
class _Asked:
    """One order to be written: for whom, what, with whose second proof, instead of which."""

    resident: UUID
    form: OrderForm
    second: Proof | None
    instead_of: MedOrder | None = None


@performs(IssueOrders)
def issue_orders(unit: Unit, order: IssueOrders) -> tuple[Issued, ...]:
    """All of them or none. Refuses who may not order, and what the checks refuse without an answer."""
    unit.require(Right.ORDER_MEDICINES)
    signer = doctor(unit, order.signer)
    _resident(unit, order.resident)
    return tuple(
        _issue(unit, _Asked(order.resident, form, order.second), signer) for form in _some(order.forms)
    )


@performs(TranscribeOrders)
def transcribe_orders(unit: Unit, order: TranscribeOrders) -> tuple[Issued, ...]:
    unit.require(Right.TRANSCRIBE_ORDERS)
    _resident(unit, order.resident)
    return tuple(_transcribe(unit, _Asked(order.resident, form, order.second)) for form in _some(order.forms))


@performs(SignOrders)
def sign_orders(unit: Unit, order: SignOrders) -> int:
    """Refuses what is signed already."""
    signer = doctor(unit, order.signer)
    for seen in order.seen:
        row = standing(unit, seen)
        if row.doctor_at is not None:
            raise Refusal(f"{row.words} 已由医师签名。")
        said = {"doctor": signer.rid, "doctor_name": signer.name, "doctor_at": unit.now, "state": "corrected"}
        _seal(unit, next_revision(unit, row, "医师签名", said), signer)
    return len(order.seen)


@performs(ReplaceOrder)
def replace_order(unit: Unit, order: ReplaceOrder) -> Issued:
    """Refuses one that is over, and a change without a reason."""
    row = standing(unit, order.seen)
    why = order.why.strip()
    if not why:
        raise Refusal("请写明为什么改。", field="why")
    asked = _Asked(row.resident, order.form, order.second, instead_of=row)
    if order.signer is not None:
        unit.require(Right.ORDER_MEDICINES)
        fresh = _issue(unit, asked, doctor(unit, order.signer))
    else:
        unit.require(Right.TRANSCRIBE_ORDERS)
        fresh = _transcribe(unit, asked)
    begins = order.form.begins or unit.now
    if row.status == ISSUED:
        change: dict[str, Any] = {"status": CANCELLED, "ended_at": unit.now}
    else:
        refuse_no_move(row, STOPPED)
        ends = begins if row.ends is None else min(begins, row.ends)
        change = {"status": STOPPED, "ends": ends, "ended_at": unit.now}
    change |= {"ended_by": unit.actor.rid, "ended_why": f"改为 {fresh.number}：{why}", "state": "corrected"}
    next_revision(unit, row, why, change)
    return fresh


def doctor(unit: Unit, given: Proof) -> Actor:
    """Who signs as a doctor; refuses whoever is none."""
    person = proof.accept(unit, given)
    if not person.may(Right.ORDER_MEDICINES) or person.profession != "医师":
        raise Refusal(f"医嘱由医师签名，{person.name}不是医师。", field="number")
    return person


def order_content(row: MedOrder) -> dict[str, Any]:
    """What a signature on an order covers: everything that says what is to be given."""
    return {name: getattr(row, name) for name in _SIGNED} | {
        "resident": row.resident,
        "begins": row.begins,
        "facts": {"strength": row.facts.get("strength"), "form": row.facts.get("form")},
    }


def _issue(unit: Unit, asked: _Asked, signer: Actor) -> Issued:
    said = {"doctor": signer.rid, "doctor_name": signer.name, "doctor_at": unit.now}
    row = _row(unit, asked, said, "manual")
    _seal(unit, row, signer)
    return Issued(row.rid, row.number)


def _transcribe(unit: Unit, asked: _Asked) -> Issued:
    """Refuses one without its source: paper, hospital, or the doctor who gave it by word of mouth in a rescue."""
    form, rules = asked.form, matters()
    verbal = form.verbal.strip()
    if verbal and form.kind not in (ONCE, STAT):
        raise Refusal("口头医嘱仅限抢救时，只用一次。", field="kind")
    if not verbal and not form.doctor_name.strip():
        raise Refusal("请写明开医嘱的医师姓名。", field="doctor_name")
    if not verbal and not (form.paper or form.hospital.strip()):
        raise Refusal("转抄医嘱请写明来源（医院或处方单），或附上照片。", field="hospital")
    read_back = {"said_by": verbal, "read_back_by": str(unit.actor.rid), "at": unit.now.isoformat()}
    said: dict[str, Any] = {
        "doctor_name": verbal or form.doctor_name.strip(),
        "doctor_by": unit.now + (rules.verbal_within if verbal else rules.sign_within),
        "verbal": read_back if verbal else {},
    }
    row = _row(unit, asked, said, "transcribed")
    return Issued(row.rid, row.number)


def _row(unit: Unit, asked: _Asked, said: dict[str, Any], source: str) -> MedOrder:
    checked = check_order(unit, asked.form)
    paper = asked.form.paper
    row = MedOrder(
        **unit.stamp(source=source),
        revision=1,
        resident=asked.resident,
        number=unit.next_number(KIND),
        status=ISSUED,
        found=settle(unit, _ordering(asked, checked, said)),
        paper="" if not paper else keep_blob(unit, paper, media_of(paper)),
        replaces=None if asked.instead_of is None else asked.instead_of.rid,
        **checked.columns,
        **said,
    )
    unit.session.add(row)
    unit.session.flush()
    return row


def _ordering(asked: _Asked, checked: Checked, said: dict[str, Any]) -> Ordering:
    replaced = None if asked.instead_of is None else asked.instead_of.rid
    return Ordering(asked.resident, checked, asked.form.answered, asked.second, said.get("doctor"), replaced)


def _seal(unit: Unit, row: MedOrder, signer: Actor) -> None:
    sign(unit, Signable(KIND, row.rid, row.revision, row.station), order_content(row), signer)


def _some(forms: tuple[OrderForm, ...]) -> tuple[OrderForm, ...]:
    if not forms:
        raise Refusal("请至少填写一条医嘱。")
    return forms


def _resident(unit: Unit, rid: UUID) -> None:
    if unit.session.get(Resident, rid) is None:
        raise Refusal("没有找到这位老人。")
