"""The institution's own medicines: added, changed (a shipped one too), withdrawn; old orders keep what they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.ids import named
from app.core.orders import Order, performs
from app.core.revising import next_revision
from app.core.roles import Right
from app.core.unit import Unit
from app.medication.drugs.catalogue import DrugList, drug_list
from app.medication.drugs.reading import parse_drug
from app.medication.drugs.writing import content_of
from app.medication.rules.drug import Drug
from db.models import OwnDrug

KIND = "own_drug"
Content = Mapping[str, Any]
"""A medicine as a form says it: keys as in a drug file, group and product in one, amounts as texts."""


@dataclass(frozen=True)
class AddDrug(Order[str]):
    """Add a medicine of the institution; its code is given here. Refuses with the field that is wrong."""

    content: Content


@dataclass(frozen=True)
class ChangeDrug(Order[None]):
    """Say a medicine anew: an own one, or a shipped one (another pack, barcodes, 基本药物), which it stands in for."""

    code: str
    content: Content
    reason: str


@dataclass(frozen=True)
class WithdrawDrug(Order[None]):
    """Take an own medicine out of the list; a shipped one of the same code counts again. Orders stay as they are."""

    code: str
    reason: str


@performs(AddDrug)
def add_drug(unit: Unit, order: AddDrug) -> str:
    unit.require(Right.MANAGE_DRUGS)
    drug = own_content(order.content, f"own-{unit.next_number(KIND)}")
    check(drug_list(unit.session), drug)
    write(unit, drug)
    return drug.code


@performs(ChangeDrug)
def change_drug(unit: Unit, order: ChangeDrug) -> None:
    unit.require(Right.MANAGE_DRUGS)
    if not order.reason.strip():
        raise Refusal("请写明修改的原因", field="reason")
    known = drug_list(unit.session)
    before = known.get(order.code)
    if before is None:
        raise Refusal("药品目录里没有这个药品，可能已经停用")
    drug = own_content({"group": before.group, **order.content}, order.code)
    if (content_of(drug), drug.source) == (content_of(before), before.source if before.own else ""):
        raise Refusal("没有改动")
    check(known, drug)
    write(unit, drug, order.reason.strip())


@performs(WithdrawDrug)
def withdraw_drug(unit: Unit, order: WithdrawDrug) -> None:
    unit.require(Right.MANAGE_DRUGS)
    if not order.reason.strip():
        raise Refusal("请写明停用的原因", field="reason")
    row = own_row(unit, order.code)
    if row is None or row.state == "retracted":
        raise Refusal("这个药品没有本院版本")
    next_revision(unit, row, order.reason.strip(), {"at": unit.now, "state": "retracted"})


def own_content(content: Content, code: str) -> Drug:
    """The medicine of a form under its code; a new substance is a group of its own."""
    said = {key: value for key, value in content.items() if value not in ("", (), [], None, False)}
    return parse_drug({"group": code, **said, "code": code})


def check(known: DrugList, drug: Drug) -> None:
    """Refuse what cannot stand beside the other medicines of the list."""
    for other in known.by_code.values():
        if other.code == drug.code:
            continue
        if twice := set(other.barcodes) & set(drug.barcodes):
            raise Refusal(f"条码 {twice.pop()} 已是“{other.title}”的", field="barcodes")
        if sold_as(other) == sold_as(drug):
            raise Refusal(f"目录里已有“{drug.title}”，规格、包装和商品名都相同", field="strength_words")
    groups = {one.group for one in known.by_code.values()} | {drug.group}
    if unknown := set(drug.look_alike) - groups:
        raise Refusal(f"目录里没有“{unknown.pop()}”", field="look_alike")


def sold_as(drug: Drug) -> tuple[object, ...]:
    """What tells one product from another."""
    strength = (drug.strength, drug.strength_unit)
    return drug.title, strength, drug.strength_words, drug.pack, drug.trade, drug.atc


def write(unit: Unit, drug: Drug, reason: str = "", source: str = "manual") -> None:
    """Write the medicine, or the next revision of its own version."""
    source_said = {"source": drug.source} if drug.source else {}
    said: dict[str, Any] = {"words": drug.title, "content": {**content_of(drug), **source_said}}
    row = own_row(unit, drug.code)
    if row is not None:
        changes = {"at": unit.now, "source": source, "state": "corrected", **said}
        next_revision(unit, row, reason, changes)
        return
    rid = named(unit.settings.institution_id, KIND, drug.code)
    stamp = unit.stamp(rid=rid, source=source, reason=reason or None)
    unit.session.add(OwnDrug(**stamp, revision=1, code=drug.code, **said))
    unit.session.flush()


def own_row(unit: Unit, code: str) -> OwnDrug | None:
    return unit.session.scalar(select(OwnDrug).where(OwnDrug.code == code, OwnDrug.current))
