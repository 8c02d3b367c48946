"""Acts on the cupboard: something comes, goes, is moved, opened; a wrong entry is retracted and both stay readable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from app.access.proof import Proof
from app.core.blobs import keep_blob, media_of
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.medication.rules.drug import Drug
from app.medication.rules.shelf import NOTHING
from app.medication.stock.balance import renew, shelf_of
from app.medication.stock.issuing import ISSUE
from app.medication.stock.keeping import (
    CONTROLLED,
    in_lot,
    keep_move,
    keeper,
    moment,
    read_quantity,
    said,
    witness,
)
from app.residents.stating import Seen
from app.residents.stating.revising import retract, standing_of
from db.models import StockMove


@dataclass(frozen=True)
class ReceiveStock(Order[UUID]):
    """A lot came in. `owner` None: for the ward. `packs` and `units` as typed; together they are the quantity."""

    drug: str
    owner: UUID | None = None
    packs: str = ""
    units: str = ""
    lot: str = ""
    expires: date | None = None
    supplier: str = ""
    photo: bytes = b""
    note: str = ""


@dataclass(frozen=True)
class DisposeStock(Order[UUID]):
    """Something was destroyed or thrown away, before a witness; `way`: how."""

    drug: str
    owner: UUID | None
    lot: str
    quantity: str
    why: str
    way: str = ""
    second: Proof | None = None


@dataclass(frozen=True)
class HandBack(Order[UUID]):
    """A resident's own medicine goes back to the family."""

    drug: str
    owner: UUID
    lot: str
    quantity: str
    receiver: str
    why: str = ""


@dataclass(frozen=True)
class TransferStock(Order[UUID]):
    """From one shelf to another: ward to resident, or back."""

    drug: str
    owner: UUID | None
    target: UUID | None
    lot: str
    quantity: str
    why: str = ""


@dataclass(frozen=True)
class OpenPack(Order[UUID]):
    """A pen, bottle or tube was opened; `days`: for how long it may be used, as typed (empty: as the list says)."""

    drug: str
    owner: UUID | None
    lot: str
    opened_on: date
    days: str = ""


@dataclass(frozen=True)
class ReturnEmpties(Order[UUID]):
    """Empty ampoules or used patches of a controlled medicine went back."""

    drug: str
    quantity: str
    lot: str = ""
    receiver: str = ""
    second: Proof | None = None


@dataclass(frozen=True)
class RetractMove(Order[int]):
    """An entry was an error; what belongs to it (the other half of a transfer, the lots of a count) goes with it."""

    seen: Seen
    why: str


@performs(ReceiveStock)
def receive_stock(unit: Unit, order: ReceiveStock) -> UUID:
    drug = keeper(unit, order.drug, order.owner)
    quantity = _received(drug, order)
    lot = said(order.lot, "lot", "麻醉和精神药品要记批号。" if drug.control in CONTROLLED else "")
    if order.expires is None:
        raise Refusal("请填写有效期至。", field="expires")
    if order.expires < unit.today:
        raise Refusal("这一批已过有效期，不能入库。", field="expires")
    photo = keep_blob(unit, order.photo, media_of(order.photo)) if order.photo else ""
    content = {"packs": order.packs.strip()}
    return keep_move(
        unit, drug, order.owner, "receipt", quantity, lot=lot, expires=order.expires, photo=photo,
        supplier=said(order.supplier, "supplier"), note=said(order.note, "note"), content=content,
    )  # fmt: skip


def _received(drug: Drug, order: ReceiveStock) -> Decimal:
    """Packs and loose units in base units."""
    if not order.packs.strip() and not order.units.strip():
        raise Refusal("请填写数量。", field="packs" if drug.pack else "units")
    if order.packs.strip() and not drug.pack:
        raise Refusal(f"目录里没有这个药的包装数，请填散装的{drug.unit}数。", field="packs")
    packs = read_quantity(order.packs, "packs") if order.packs.strip() else NOTHING
    if packs != int(packs):
        raise Refusal(f"整{drug.pack_unit or '盒'}数请填整数，零头填在散装里。", field="packs")
    units = read_quantity(order.units, "units") if order.units.strip() else NOTHING
    return packs * drug.pack + units


@performs(DisposeStock)
def dispose_stock(unit: Unit, order: DisposeStock) -> UUID:
    drug = keeper(unit, order.drug, order.owner)
    quantity = read_quantity(order.quantity)
    why = said(order.why, "why", "请写明报损原因。")
    way = said(order.way, "way")
    expires = in_lot(unit, drug, order.owner, order.lot, quantity)
    second = witness(unit, order.second, "报损")
    return keep_move(
        unit, drug, order.owner, "disposal", -quantity,
        lot=order.lot, expires=expires, second=second.rid, note=why, content={"way": way},
    )  # fmt: skip


@performs(HandBack)
def hand_back(unit: Unit, order: HandBack) -> UUID:
    """Controlled medicines too: they are the resident's; who took them is kept."""
    drug = keeper(unit, order.drug, order.owner)
    quantity = read_quantity(order.quantity)
    receiver = said(order.receiver, "receiver", "请写明谁领回。")
    expires = in_lot(unit, drug, order.owner, order.lot, quantity)
    return keep_move(
        unit, drug, order.owner, "hand_back", -quantity,
        lot=order.lot, expires=expires, note=said(order.why, "why"), content={"receiver": receiver},
    )  # fmt: skip


@performs(TransferStock)
def transfer_stock(unit: Unit, order: TransferStock) -> UUID:
    """Two rows of one moment that name each other's shelf."""
    drug = keeper(unit, order.drug, order.owner)
    if order.target == order.owner:
        raise Refusal("调出和调入是同一处，请另选。", field="target")
    keeper(unit, order.drug, order.target)
    quantity = read_quantity(order.quantity)
    why = said(order.why, "why")
    expires = in_lot(unit, drug, order.owner, order.lot, quantity)
    at = max(moment(unit, drug.code, order.owner), moment(unit, drug.code, order.target))
    pair = str(unit.new_id())
    for owner, amount, other in (
        (order.owner, -quantity, order.target),
        (order.target, quantity, order.owner),
    ):
        content = {"pair": pair, "other": str(other) if other else "ward"}
        rid = keep_move(
            unit,
            drug,
            owner,
            "transfer",
            amount,
            at=at,
            lot=order.lot,
            expires=expires,
            note=why,
            content=content,
        )
    return rid


@performs(OpenPack)
def open_pack(unit: Unit, order: OpenPack) -> UUID:
    """Refuses a lot that is not there, and a day to come."""
    drug = keeper(unit, order.drug, order.owner)
    if order.opened_on > unit.today:
        raise Refusal("开封日期不能晚于今天。", field="opened_on")
    shelf = shelf_of(unit, drug.code, order.owner)
    lot = next((one for one in shelf.lots if one.lot == order.lot), None)
    if lot is None:
        raise Refusal("账面上没有这个批号，请先入库或盘点。", field="lot")
    days = int(read_quantity(order.days, "days")) if order.days.strip() else drug.opened_days
    if not 0 < days <= 3650:
        raise Refusal("目录里没有开封后可用天数，请填写。", field="days")
    until = order.opened_on + timedelta(days=days)
    return keep_move(
        unit, drug, order.owner, "opened", NOTHING,
        lot=order.lot, expires=lot.expires, opened_on=order.opened_on,
        use_until=min(until, lot.expires) if lot.expires else until,
    )  # fmt: skip


@performs(ReturnEmpties)
def return_empties(unit: Unit, order: ReturnEmpties) -> UUID:
    drug = keeper(unit, order.drug, None)
    quantity = read_quantity(order.quantity)
    receiver = said(order.receiver, "receiver", "请写明交给谁。")
    second = witness(unit, order.second, "空瓶废贴回收")
    content = {"empties": str(quantity), "receiver": receiver}
    return keep_move(
        unit, drug, None, "empties", NOTHING, lot=said(order.lot, "lot"), second=second.rid, content=content
    )


@performs(RetractMove)
def retract_move(unit: Unit, order: RetractMove) -> int:
    """By whoever wrote it, or who may correct others' records; how many rows went."""
    unit.require(Right.KEEP_STOCK)
    row = standing_of(unit, StockMove, order.seen, "这条出入记录")
    if row.author != unit.actor.rid:
        unit.require(Right.CORRECT_RECORDS)
    if row.what == ISSUE:
        raise Refusal("发药要整次作废：在“摆药”按 L 打开发药记录。")
    rows = [row]
    if pair := row.content.get("pair"):
        together = select(StockMove).where(
            StockMove.drug == row.drug, StockMove.current, StockMove.rid != row.rid
        )
        rows += [one for one in unit.session.scalars(together) if one.content.get("pair") == pair]
    for one in rows:
        retract(unit, one, order.why)
    renew(unit, {(one.drug, one.owner) for one in rows})
    return len(rows)
