"""Changes of medicines a doctor said on a round: each waits for an order, or for a word why none is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.moving.move import LONGEST_WHY
from app.referrals.revising import Seen, follow
from app.referrals.rules.rounds import waits
from app.residents.stating.revising import newest
from app.residents.stays.forms import words
from db.models import MedOrder, RoundVisit


@dataclass(frozen=True)
class LinkOrder(Order[Seen]):
    """An order was written, changed or stopped for this line; `line`: its words."""

    visit: UUID
    line: str
    order: UUID


@dataclass(frozen=True)
class SettleLine(Order[Seen]):
    """No order is written for this line, and why."""

    visit: UUID
    line: str
    why: str


@dataclass(frozen=True)
class ReopenLine(Order[Seen]):
    """The line waits again."""

    visit: UUID
    line: str


@performs(LinkOrder)
def link_order(unit: Unit, order: LinkOrder) -> Seen:
    """Refuses an order of somebody else."""
    row, line = _line(unit, order.visit, order.line)
    written = unit.session.scalar(
        select(MedOrder)
        .where(MedOrder.rid == order.order, MedOrder.current, MedOrder.state != "retracted")
        .limit(1)
    )
    if written is None or written.resident != row.resident:
        raise Refusal("没有找到这条医嘱，请重新选择。", field="order")
    _refuse_settled(line)
    said = _by(unit) | {"order": str(written.rid)}
    return _keep(unit, row, line, said, f"转为医嘱 {written.number}")


@performs(SettleLine)
def settle_line(unit: Unit, order: SettleLine) -> Seen:
    row, line = _line(unit, order.visit, order.line)
    _refuse_settled(line)
    why = words(order.why, "why", "原因", required=True, longest=LONGEST_WHY)
    return _keep(unit, row, line, _by(unit) | {"order": None, "why": why}, f"不转医嘱：{why}")


@performs(ReopenLine)
def reopen_line(unit: Unit, order: ReopenLine) -> Seen:
    row, line = _line(unit, order.visit, order.line)
    if waits(line):
        raise Refusal("这条用药调整还没有处理。")
    return _keep(unit, row, {"words": line["words"]}, {"order": None}, "重新待转医嘱")


def _line(unit: Unit, visit: UUID, said: str) -> tuple[RoundVisit, dict[str, Any]]:
    unit.require(Right.HOLD_ROUNDS)
    row = newest(unit, RoundVisit, visit)
    if row is None or row.state == "retracted":
        raise Refusal("没有找到这条巡诊记录，可能已被撤销。")
    line = next((one for one in row.orders.get("all", ()) if one["words"] == said), None)
    if line is None:
        raise Refusal("这条用药调整已被修改，请重新打开。")
    return row, line


def _refuse_settled(line: dict[str, Any]) -> None:
    if not waits(line):
        raise Refusal(f"“{line['words']}”已由{line.get('by_name', '')}处理。")


def _by(unit: Unit) -> dict[str, Any]:
    return {"by_name": unit.actor.name, "at": unit.now.isoformat()}


def _keep(unit: Unit, row: RoundVisit, line: dict[str, Any], said: dict[str, Any], reason: str) -> Seen:
    fresh = {**line, **said}
    lines = [fresh if one["words"] == line["words"] else one for one in row.orders.get("all", ())]
    return follow(unit, row, reason, {"orders": {"all": lines}})
