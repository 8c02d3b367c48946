"""What every act on the cupboard shares: the right, the medicine, amounts as typed, the witness, the row it keeps."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.access import proof
from app.access.proof import Proof
from app.core.errors import Refusal
from app.core.roles import Actor, Right
from app.core.unit import Unit
from app.medication.drugs.catalogue import drug_called
from app.medication.facts import facts_of, strength_of
from app.medication.rules.amounts import WrongAmount, amount_words, read_amount
from app.medication.rules.drug import Drug
from app.medication.rules.shelf import NOTHING
from app.medication.stock.balance import renew, shelf_of
from db.models import Resident, StockMove

LONGEST = 200
CONTROLLED = frozenset({"麻", "精一", "精二", "毒"})
_STEP = timedelta(milliseconds=1)


def keeper(unit: Unit, drug: str, owner: UUID | None) -> Drug:
    """The medicine an act is about; refuses whoever may not keep the stock, and a resident who is not known."""
    unit.require(Right.KEEP_STOCK)
    if owner is not None and unit.session.get(Resident, owner) is None:
        raise Refusal("没有找到这位老人。", field="owner")
    return drug_called(unit.session, drug)


def witness(unit: Unit, given: Proof | None, why: str) -> Actor:
    """The second person; refuses none, the same one, and who may not keep the stock."""
    if given is None:
        raise Refusal(f"{why}要两人签名，请另一位输入工号和密码。", field="number")
    person = proof.accept(unit, given)
    if person.rid == unit.actor.rid:
        raise Refusal("要另一位人员签名，不能是本人。", field="number")
    if not person.may(Right.KEEP_STOCK):
        raise Refusal(f"{person.name}没有“{Right.KEEP_STOCK.value}”的权限，不能签名。", field="number")
    return person


def read_quantity(said: str, field: str = "quantity") -> Decimal:
    """A quantity above zero as typed."""
    if not said.strip():
        raise Refusal("请填写数量。", field=field)
    try:
        return read_amount(said)
    except WrongAmount as wrong:
        raise Refusal(f"{wrong.text.replace('剂量', '数量')}。", field=field) from wrong


def read_count(said: str, field: str) -> Decimal:
    """What was counted: zero is a count too."""
    return NOTHING if said.strip() in ("0", "０") else read_quantity(said, field)


def words_of(drug: Drug) -> str:
    """`氨氯地平片 5 mg/片`."""
    return f"{drug.title} {strength_of(facts_of(drug))}".strip()


def said(text: str, field: str, missing: str = "") -> str:
    """A line without white space around; refuses one that is too long, and an empty one where `missing` says so."""
    line = text.strip()
    if missing and not line:
        raise Refusal(missing, field=field)
    if len(line) > LONGEST:
        raise Refusal(f"最多 {LONGEST} 个字。", field=field)
    return line


def in_lot(unit: Unit, drug: Drug, owner: UUID | None, lot: str, quantity: Decimal) -> date | None:
    """The expiry of the lot something is taken from; refuses more than the books have of it."""
    shelf = shelf_of(unit, drug.code, owner)
    left = shelf.left_of(lot)
    if quantity > left:
        text = f"账面上这个批号只有 {amount_words(left)} {drug.unit}。数量不对请先盘点。"
        raise Refusal(text, field="quantity")
    return next((one.expires for one in shelf.lots if one.lot == lot), None)


def moment(unit: Unit, drug: str, owner: UUID | None) -> datetime:
    """Now, or a moment after the last movement of the shelf: their order is their time."""
    last: datetime | None = unit.session.scalar(
        select(func.max(StockMove.at)).where(
            StockMove.drug == drug, StockMove.owner.is_not_distinct_from(owner), StockMove.current
        )
    )
    return unit.now if last is None or last < unit.now else last + _STEP


def keep_move(
    unit: Unit, drug: Drug, owner: UUID | None, what: str, quantity: Decimal, **columns: Any
) -> UUID:
    """The row of one movement, at its own moment unless `at` is among the columns; the shelf is kept anew with it."""
    at = columns.pop("at", None) or moment(unit, drug.code, owner)
    more = {key: value for key, value in columns.pop("content", {}).items() if value}
    content = {"unit": drug.unit, **more}
    row = StockMove(
        **unit.stamp(at=at),
        revision=1,
        drug=drug.code,
        words=words_of(drug),
        what=what,
        owner=owner,
        quantity=float(quantity),
        content=content,
        **columns,
    )
    unit.session.add(row)
    unit.session.flush()
    renew(unit, [(drug.code, owner)])
    return row.rid
