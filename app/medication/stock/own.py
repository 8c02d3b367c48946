"""自备药: the family agrees to how the medicines they bring are kept and given; by drawn signature or name."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.strokes import Strokes, check_drawn, kept_strokes
from app.core.unit import Reader, Unit
from app.medication.stock.keeping import said
from app.residents.stating import Seen
from app.residents.stating.revising import retract, standing_of
from db.models import MedStatement, Resident

OWN_SUPPLY = "own_supply"


@dataclass(frozen=True)
class AgreeOwnSupply(Order[UUID]):
    """Who agreed for the resident, in which relation; `words`: what was agreed beyond the usual."""

    resident: UUID
    name: str
    relation: str
    words: str = ""
    drawn: Strokes = ()


@dataclass(frozen=True)
class EndAgreement(Order[Seen]):
    """The agreement was an error, or is withdrawn; `why` in words. It stays readable."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class Agreement:
    """An agreement that stands."""

    seen: Seen
    name: str
    relation: str
    words: str


@performs(AgreeOwnSupply)
def agree_own_supply(unit: Unit, order: AgreeOwnSupply) -> UUID:
    unit.require(Right.KEEP_STOCK)
    if unit.session.get(Resident, order.resident) is None:
        raise Refusal("没有找到这位老人。", field="resident")
    if agreements(unit, [order.resident]):
        raise Refusal("已有自备药协议。要改请先作废原来的。")
    name = said(order.name, "name", "请填写签字人姓名。")
    relation = said(order.relation, "relation", "请填写与老人的关系。")
    check_drawn(order.drawn)
    row = MedStatement(
        **unit.stamp(),
        revision=1,
        resident=order.resident,
        what=OWN_SUPPLY,
        name=name,
        relation=relation,
        words=said(order.words, "words"),
        drawn=kept_strokes(order.drawn),
    )
    unit.session.add(row)
    return row.rid


@performs(EndAgreement)
def end_agreement(unit: Unit, order: EndAgreement) -> Seen:
    unit.require(Right.KEEP_STOCK)
    row = standing_of(unit, MedStatement, order.seen, "这份协议")
    return retract(unit, row, order.why)


def agreements(reader: Reader, residents: list[UUID] | None = None) -> dict[UUID, Agreement]:
    """Agreements that stand, by resident."""
    statement = select(MedStatement).where(
        MedStatement.what == OWN_SUPPLY, MedStatement.current, MedStatement.state != "retracted"
    )
    if residents is not None:
        statement = statement.where(MedStatement.resident.in_(residents))
    return {
        row.resident: Agreement(Seen(row.rid, row.revision), row.name, row.relation, row.words)
        for row in reader.session.scalars(statement)
    }
