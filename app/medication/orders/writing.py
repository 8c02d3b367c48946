"""The row of one order: for whom, what, instead of which; and what a doctor's signature on it covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.proof import Proof
from app.access.signing import Signable, sign
from app.core.blobs import keep_blob, media_of
from app.core.errors import Refusal
from app.core.roles import Actor
from app.core.unit import Unit
from app.medication.checking.settling import Ordering, settle
from app.medication.orders.forms import Checked, OrderForm, check_order
from app.medication.rules.states import ISSUED
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
class Asked:
    """One order to be written: for whom, what, with whose second proof, instead of which."""

    resident: UUID
    form: OrderForm
    second: Proof | None
    instead_of: MedOrder | None = None


def order_row(unit: Unit, asked: Asked, said: dict[str, Any], source: str) -> MedOrder:
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


def _ordering(asked: Asked, checked: Checked, said: dict[str, Any]) -> Ordering:
    replaced = None if asked.instead_of is None else asked.instead_of.rid
    return Ordering(asked.resident, checked, asked.form.answered, asked.second, said.get("doctor"), replaced)


def seal(unit: Unit, row: MedOrder, signer: Actor) -> None:
    sign(unit, Signable(KIND, row.rid, row.revision, row.station), order_content(row), signer)


def order_content(row: MedOrder) -> dict[str, Any]:
    """What a signature on an order covers: everything that says what is to be given."""
    return {name: getattr(row, name) for name in _SIGNED} | {
        "resident": row.resident,
        "begins": row.begins,
        "facts": {"strength": row.facts.get("strength"), "form": row.facts.get("form")},
    }


def some(forms: tuple[OrderForm, ...]) -> tuple[OrderForm, ...]:
    if not forms:
        raise Refusal("请至少填写一条医嘱。")
    return forms


def refuse_nobody(unit: Unit, rid: UUID) -> None:
    if unit.session.get(Resident, rid) is None:
        raise Refusal("没有找到这位老人。")
