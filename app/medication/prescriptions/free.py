"""Free basic medicines of a month: given to who is eligible, each medicine once, signed for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.access.proof import Proof
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.medication.drugs.catalogue import drug_called
from app.medication.orders.issuing import doctor
from app.medication.prescriptions.eligible import eligible, on_free_list
from app.medication.prescriptions.writing import FREE, Signed, prescription_row, statement
from app.medication.rules.amounts import WrongAmount, amount_words, read_amount
from app.residents.stating import Seen
from db.models import Prescription


@dataclass(frozen=True)
class Item:
    """A medicine handed out, by its code: how much in base units, at which price a unit (元, empty: not priced)."""

    drug: str
    quantity: str
    price: str = ""


@dataclass(frozen=True)
class PrescribeFree(Order[Seen]):
    """Free basic medicines for a month, signed for by the resident or family."""

    resident: UUID
    items: tuple[Item, ...]
    month: date
    signer: Proof
    received: Signed | None = None


@performs(PrescribeFree)
def prescribe_free(unit: Unit, order: PrescribeFree) -> Seen:
    """Refuses who is not eligible, a medicine that is not on the list, and the same medicine twice in a month."""
    unit.require(Right.ORDER_MEDICINES)
    signer = doctor(unit, order.signer)
    standing = eligible(unit, order.resident)
    if not standing.yes:
        raise Refusal("；".join(standing.missing) + "，不能领取免费基本药物。", field="resident")
    if not order.items:
        raise Refusal("请至少选一种药。", field="items")
    if order.received is None or not order.received.name.strip():
        raise Refusal("请领取人签字。", field="signature")
    month = order.month.replace(day=1)
    had = _free_in(unit, order.resident, month)
    items = [_free_item(unit, item, had) for item in order.items]
    total = sum((Decimal(item["amount"]) for item in items if item["amount"]), Decimal(0))
    content = {
        "month": f"{month:%Y-%m}", "diseases": list(standing.diseases), "entitlements": list(standing.entitlements),
        "certificate": standing.certificate, "total": amount_words(total) if total else "",
    }  # fmt: skip
    row = prescription_row(unit, order.resident, FREE, signer, {
        "begins": unit.today, "ends": None, "weeks": 0, "diagnosis": "、".join(standing.diseases), "review_on": None,
        "content": content, "items": {"items": items},
    })  # fmt: skip
    statement(unit, row, "free", order.received, f"{month:%Y年%m月} 免费基本药物")
    return Seen(row.rid, 1)


def _free_in(unit: Unit, resident: UUID, month: date) -> set[str]:
    rows = unit.session.scalars(
        select(Prescription.items).where(
            Prescription.resident == resident,
            Prescription.what == FREE,
            Prescription.current,
            Prescription.state != "retracted",
            func.json_extract(Prescription.content, "$.month") == f"{month:%Y-%m}",
        )
    )
    return {item["drug"] for items in rows for item in items["items"]}


def _free_item(unit: Unit, item: Item, had: set[str]) -> dict[str, Any]:
    drug = drug_called(unit.session, item.drug)
    if not on_free_list(drug):
        raise Refusal(f"{drug.title}不在免费基本药物目录里。", field="items")
    if drug.code in had:
        raise Refusal(f"{drug.title}这个月已领过。", field="items")
    try:
        quantity = read_amount(item.quantity)
        price = read_amount(item.price) if item.price.strip() else None
    except WrongAmount as wrong:
        raise Refusal(f"{drug.title}：{wrong.text}。", field="items") from wrong
    amount = "" if price is None else amount_words(round(quantity * price, 2))
    return {
        "drug": drug.code, "words": drug.title, "quantity": amount_words(quantity), "unit": drug.unit,
        "price": "" if price is None else amount_words(price), "amount": amount,
    }  # fmt: skip
