"""The acts on one shelf as tasks of the sheet: which form each shows, and which order its values make."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from app.core.errors import Refusal
from app.core.form import Choice, Value, read_date
from app.incidents.queries import Somebody, find
from app.medication.drugs.catalogue import DrugList
from app.medication.rules.drug import Drug
from app.medication.stock.form import (
    Offers,
    disposal_form,
    drug_label,
    drug_meant,
    drug_offers,
    empties_form,
    hand_back_form,
    issue_form,
    lot_key,
    lot_said,
    opening_form,
    reading_form,
    receipt_form,
    text,
    transfer_form,
)
from app.medication.stock.issuing import IssueMedicines
from app.medication.stock.moving import (
    DisposeStock,
    HandBack,
    OpenPack,
    ReceiveStock,
    ReturnEmpties,
    TransferStock,
)
from app.medication.stock.queries import StockRow
from app.medication.stock.stores import RecordReading, StoreRow
from ui.medication.stock_sheet import StockTask

NEW = "data:image/jpeg;base64,"


def receipt_task(
    today: date,
    listed: DrugList,
    people: tuple[Somebody, ...] | None,
    known: tuple[Drug | None, StockRow | None] = (None, None),
) -> StockTask:
    """`people` None: for the ward. `known`: the medicine, and the shelf where there is one."""
    drug, row = known
    own = people is not None
    needs_person = people if own and (row is None or row.owner is None) else None
    form = receipt_form(
        today,
        drug,
        None if row is not None else drug_offers(listed),
        None if needs_person is None else people_offers(needs_person),
    )

    def order(values: Mapping[str, Value], _proof: object) -> ReceiveStock:
        meant = drug if row is not None else drug_meant(listed, text(values, "drug"))
        if meant is None:
            raise Refusal("请从列表选择药品：输入名称、拼音首字母，或扫条码。", field="drug")
        owner = row.owner if row is not None else None
        if needs_person is not None:
            owner = person_meant(needs_person, text(values, "owner"), "owner")
        return ReceiveStock(
            meant.code,
            owner,
            text(values, "packs"),
            text(values, "units"),
            text(values, "lot"),
            read_date(text(values, "expires")),
            text(values, "supplier"),
            _photo(values.get("photo", ())),
            text(values, "note"),
        )

    title = "自备药入库" if own else "入库"
    about = row_words(row) if row is not None else "核对药名、规格、批号和有效期，与实物一致再保存。"
    values = {"drug": drug_label(drug)} if drug is not None and row is None else {}
    return StockTask(title, about, "入库", form, order, "已入库。", values)


def disposal_task(row: StockRow) -> StockTask:
    return StockTask(
        "报损销毁",
        row_words(row),
        "报损",
        disposal_form(row.lots, row.unit),
        lambda values, proof: DisposeStock(
            row.drug,
            row.owner,
            lot_said(values),
            text(values, "quantity"),
            text(values, "why"),
            text(values, "way"),
            proof,
        ),
        "已报损，账面已减。",
        first_lot(row),
        second=f"{row.words}：报损销毁，请另一位在场的人签名。",
        grave=True,
    )


def hand_back_task(row: StockRow, relatives: tuple[str, ...] = ()) -> StockTask:
    owner = row.owner
    if owner is None:
        raise Refusal("只有自备药可以退还家属。")
    return StockTask(
        "退还家属",
        row_words(row),
        "退还",
        hand_back_form(row.lots, row.unit, relatives),
        lambda values, _proof: HandBack(
            row.drug,
            owner,
            lot_said(values),
            text(values, "quantity"),
            text(values, "receiver"),
            text(values, "why"),
        ),
        "已退还，账面已减。",
        first_lot(row),
    )


def transfer_task(row: StockRow, people: tuple[Somebody, ...]) -> StockTask:
    own = row.owner is not None

    def order(values: Mapping[str, Value], _proof: object) -> TransferStock:
        label = text(values, "target")
        target = None if own and not label else person_meant(people, label, "target")
        return TransferStock(
            row.drug, row.owner, target, lot_said(values), text(values, "quantity"), text(values, "why")
        )

    form = transfer_form(row.lots, row.unit, people_offers(people), own=own)
    return StockTask("调拨", row_words(row), "调拨", form, order, "已调拨。", first_lot(row))


def opening_task(row: StockRow, today: date) -> StockTask:
    days = f"{row.opened_days}" if row.opened_days else ""
    return StockTask(
        "开封",
        row_words(row),
        "登记开封",
        opening_form(row.lots, today, row.opened_days),
        lambda values, _proof: OpenPack(
            row.drug,
            row.owner,
            lot_said(values),
            read_date(text(values, "opened_on")) or today,
            text(values, "days"),
        ),
        "已登记开封，到期会提醒。",
        {**first_lot(row), "opened_on": today.isoformat(), "days": days},
    )


def empties_task(row: StockRow) -> StockTask:
    return StockTask(
        "空瓶、废贴回收",
        row_words(row),
        "登记回收",
        empties_form(row.lots),
        lambda values, proof: ReturnEmpties(
            row.drug, text(values, "quantity"), lot_said(values), text(values, "receiver"), proof
        ),
        "已登记回收。",
        first_lot(row),
        second=f"{row.words}：空瓶、废贴回收，请另一位签名。",
    )


def issue_task(resident: UUID, name: str, begins: date) -> StockTask:
    return StockTask(
        "发药",
        f"{name}：按在用医嘱发给本人或家属，发出即从药柜扣减；针剂不在内。",
        "发药",
        issue_form(begins),
        lambda values, _proof: IssueMedicines(
            resident,
            read_date(text(values, "begins")) or begins,
            int(text(values, "days") or 0),
            text(values, "receiver"),
            text(values, "note"),
        ),
        f"已发给{name}，药柜已扣减。",
        {"begins": begins.isoformat(), "days": "1"},
    )


def reading_task(row: StoreRow) -> StockTask:
    store = row.store
    return StockTask(
        f"{store.words}：记录温度",
        f"应为 {store.limits}",
        "保存",
        reading_form(humid=store.humid),
        lambda values, _proof: RecordReading(
            store.key, text(values, "celsius"), text(values, "humidity"), text(values, "act")
        ),
        f"{store.words}的温度已记录。",
    )


def row_words(row: StockRow) -> str:
    """`李桂兰 2号楼 301-1　氨氯地平片 5 mg/片　账面 28 片`."""
    who = " ".join(part for part in (row.name, row.bed) if part) or "病区"
    return f"{who}　{row.words}　账面 {row.balance_words}"


def first_lot(row: StockRow) -> dict[str, Value]:
    """The lot that is to be used first is the one meant unless somebody says otherwise."""
    return {"lot": lot_key(row.lots[0].lot)} if row.lots else {}


def people_offers(people: tuple[Somebody, ...]) -> Offers:
    """Residents a typed text may mean."""
    return lambda typed: tuple(Choice(one.label, one.label) for one in find(people, typed))


def person_meant(people: tuple[Somebody, ...], label: str, field: str) -> UUID:
    """Who a label names; refuses words that are nobody's."""
    found = [one for one in people if one.label == label]
    found = found or [one for one in find(people, label) if one.label.split(" ")[0] == label]
    if len(found) != 1:
        raise Refusal("请从列表选择老人：输入姓名、拼音首字母或床位。", field=field)
    return found[0].rid


def _photo(value: Value) -> bytes:
    """The bytes of the new photo; none where none was added."""
    first = next(iter(value), "") if isinstance(value, tuple) else ""
    return base64.b64decode(first.removeprefix(NEW)) if first.startswith(NEW) else b""
