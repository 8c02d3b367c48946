"""Taking an incident out: retracted with why, moved to the right resident, or taken back within minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.incidents.revising import SAID, known_resident, open_one, reporter_of, spoken_why, standing
from app.incidents.rules import UNDO_MINUTES
from app.residents.stating import Seen
from app.residents.stating.revising import retract
from db.models import Incident


@dataclass(frozen=True)
class RetractIncident(Order[None]):
    """It never happened so: leaves lists and counts, stays readable."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class MoveIncident(Order[UUID]):
    """It was somebody else: retracted here and reported there in one act; gives back the one there."""

    seen: Seen
    resident: UUID
    why: str


@dataclass(frozen=True)
class TakeBackIncident(Order[None]):
    """A slip: within ten minutes, by whoever reported it, before anybody worked on it."""

    seen: Seen


@performs(RetractIncident)
def retract_incident(unit: Unit, order: RetractIncident) -> None:
    """Whoever reported it before the review; afterwards whoever reviews."""
    row = open_one(unit, order.seen)
    _may_take_out(unit, row)
    retract(unit, row, order.why)


@performs(MoveIncident)
def move_incident(unit: Unit, order: MoveIncident) -> UUID:
    """What was told the wrong family and reviewed of the wrong resident does not go along."""
    row = open_one(unit, order.seen)
    _may_take_out(unit, row)
    why = spoken_why(order.why)
    right = known_resident(unit, order.resident)
    if right is None or order.resident == row.resident:
        raise Refusal("请选择另一位老人。", field="resident")
    wrong = known_resident(unit, row.resident)
    retract(unit, row, f"记错人，改报到{right.name}：{why}")
    content: dict[str, Any] = {key: row.content[key] for key in SAID if key in row.content}
    fresh = Incident(
        **unit.stamp(at=row.at, reason=f"由 {row.number}{wrong.name if wrong else ''} 改报：{why}"),
        revision=1,
        number=unit.next_number("incident"),
        code=row.code,
        happened=row.happened,
        resident=order.resident,
        place=row.place,
        harm=row.harm,
        content=content,
    )
    unit.session.add(fresh)
    return fresh.rid


@performs(TakeBackIncident)
def take_back_incident(unit: Unit, order: TakeBackIncident) -> None:
    row = standing(unit, order.seen)
    if row.author != unit.actor.rid or row.revision > 1:
        raise Refusal("只有上报的人、在别人处理以前可以撤销。要作废请写明原因。")
    if unit.now - row.recorded_at > timedelta(minutes=UNDO_MINUTES):
        raise Refusal(f"上报已超过 {UNDO_MINUTES} 分钟，不能撤销。要作废请写明原因。")
    retract(unit, row, "上报后撤销")


def _may_take_out(unit: Unit, row: Incident) -> None:
    if row.status != "reported" or reporter_of(unit, row.rid) != unit.actor.rid:
        unit.require(Right.CLOSE_INCIDENTS)
