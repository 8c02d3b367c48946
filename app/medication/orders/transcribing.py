"""A nurse writes down what a doctor ordered elsewhere: on paper, in a hospital, or by word of mouth in a rescue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access import proof
from app.access.prescribers import refuse_no_doctor
from app.access.proof import Proof
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.medication.lists import matters
from app.medication.orders.forms import OrderForm
from app.medication.orders.moving import follow
from app.medication.orders.writing import Asked, Issued, order_row, refuse_nobody, some
from app.medication.rules.regime import ONCE, STAT
from app.medication.rules.states import CHECKED


@dataclass(frozen=True)
class TranscribeOrders(Order[tuple[Issued, ...]]):
    """A nurse writes down orders a doctor signed on paper, a hospital gave, or a doctor gave by word of mouth.

    They wait for a doctor's signature (待医师签) and are checked by another nurse before they run. `heard`: proof of
    who heard the doctor and the nurse's reading back, for those given by word of mouth: that is their check, and they
    run at once. Who is alone says why in `alone`: the dose is not held up, the doctor's signature is waited for.
    """

    resident: UUID
    forms: tuple[OrderForm, ...]
    second: Proof | None = None
    heard: Proof | None = None
    alone: str = ""


@dataclass(frozen=True)
class ReadBack:
    """An order by word of mouth was read back: who heard it too, or why nobody did."""

    heard: UUID | None
    alone: str


@performs(TranscribeOrders)
def transcribe_orders(unit: Unit, order: TranscribeOrders) -> tuple[Issued, ...]:
    unit.require(Right.TRANSCRIBE_ORDERS)
    refuse_nobody(unit, order.resident)
    back = _read_back(unit, order)
    return tuple(
        transcribe(unit, Asked(order.resident, form, order.second), back) for form in some(order.forms)
    )


def transcribe(unit: Unit, asked: Asked, back: ReadBack) -> Issued:
    """Refuses one without its source: paper, hospital, or the doctor who gave it by word of mouth in a rescue."""
    form, rules = asked.form, matters()
    check_source(unit, form)
    verbal = form.verbal.strip()
    said: dict[str, Any] = {
        "doctor_name": verbal or form.doctor_name.strip(),
        "doctor_by": unit.now + (rules.verbal_within if verbal else rules.sign_within),
    }
    if not verbal:
        row = order_row(unit, asked, said, "transcribed")
        return Issued(row.rid, row.number)
    return _by_word(unit, asked, said, back)


def check_source(reader: Reader, form: OrderForm) -> None:
    """Refuses, with its field, an order written down without saying whose it is and where that stands, and one by
    somebody here who may order nothing."""
    verbal = form.verbal.strip()
    if verbal and form.kind not in (ONCE, STAT):
        raise Refusal("口头医嘱仅限抢救时，只用一次。", field="kind")
    if not verbal and not form.doctor_name.strip():
        raise Refusal("请写明开医嘱的医师姓名。", field="doctor_name")
    if not verbal and not (form.paper or form.hospital.strip()):
        raise Refusal("转抄医嘱请写明来源（医院或处方单），或附上照片。", field="hospital")
    named, field = (verbal, "verbal") if verbal else (form.doctor_name, "doctor_name")
    refuse_no_doctor(reader, named.strip(), "开医嘱的医师", field)


def _by_word(unit: Unit, asked: Asked, said: dict[str, Any], back: ReadBack) -> Issued:
    """Nobody waits in a rescue: read back before a second person, or alone with the reason, it runs at once."""
    if back.heard is None and not back.alone:
        raise Refusal("口头医嘱要复述确认：请第二人签名确认听到，只有一人时写明原因。", field="heard")
    heard = back.heard or unit.actor.rid
    said["verbal"] = {
        "said_by": asked.form.verbal.strip(),
        "read_back_by": str(unit.actor.rid),
        "heard_by": "" if back.heard is None else str(back.heard),
        "alone": back.alone,
        "at": unit.now.isoformat(),
    }
    row = order_row(unit, asked, said, "transcribed")
    follow(
        unit,
        row,
        "复述确认",
        {"status": CHECKED, "checked_by": heard, "checked_at": unit.now, "source": "manual"},
    )
    return Issued(row.rid, row.number)


def _read_back(unit: Unit, order: TranscribeOrders) -> ReadBack:
    """Who heard it besides the nurse; refuses the nurse as second person, and who may not check orders."""
    alone = order.alone.strip()
    if order.heard is None:
        return ReadBack(None, alone)
    person = proof.accept(unit, order.heard)
    if person.rid == unit.actor.rid:
        raise Refusal("第二人要是另一位，请另一位输入工号和密码。", field="number")
    if not (person.may(Right.CHECK_ORDERS) or person.may(Right.ORDER_MEDICINES)):
        raise Refusal(f"{person.name}没有“{Right.CHECK_ORDERS.value}”的权限。", field="number")
    return ReadBack(person.rid, "")
