"""What a doctor found in one resident is written down, set right, taken out; a change takes the signatures with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local
from app.core.errors import Refusal
from app.core.ids import named
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.referrals.moving.move import minute
from app.referrals.revising import Seen, follow, retract, revise, standing
from app.referrals.rounds.forms import VisitForm, check_visit
from app.referrals.rounds.planning import round_of
from app.referrals.rules.rounds import asked_of
from app.residents.rules.windows import When
from app.residents.stating.revising import newest
from app.residents.stays.steps import here
from db.models import DoctorRound, MedOrder, RoundVisit

UNSIGNED: dict[str, Any] = {"doctor": None, "doctor_at": None, "nurse": None, "nurse_at": None, "drawn": {}}


@dataclass(frozen=True)
class Visit(Order[Seen]):
    """A resident was seen on a round, now or at `when`."""

    round: UUID
    resident: UUID
    form: VisitForm
    when: When | None = None


@dataclass(frozen=True)
class ChangeVisit(Order[Seen]):
    """Other content. Until the doctor signed no reason is asked; afterwards one of `CORRECTION_REASONS`, and both sign
    again."""

    seen: Seen
    form: VisitForm
    reason: str = ""


@dataclass(frozen=True)
class RetractVisit(Order[Seen]):
    """It was somebody else, or never was. Refused where an order was written for it."""

    seen: Seen
    why: str


@performs(Visit)
def visit(unit: Unit, order: Visit) -> Seen:
    """Refuses before the doctor arrived, a second visit on one round, and a time outside of it."""
    unit.require(Right.HOLD_ROUNDS)
    row = round_of(unit, order.round)
    if row.arrived is None:
        raise Refusal("还没有登记医师到达，请先登记到达。")
    name = here(unit, order.resident).resident.name
    rid = visit_rid(unit, row.rid, order.resident)
    before = newest(unit, RoundVisit, rid)
    if before is not None and before.state != "retracted":
        raise Refusal(f"{name}这次已有巡诊记录，请打开修改。")
    at = _at(unit, row, order.when)
    asked = asked_of(row.asked.get("all", ()), str(order.resident))
    content = check_visit(unit, order.form) | {
        "question": "；".join(one["question"] for one in asked),
        "doctor_name": row.doctor_name,
    }
    if before is not None:
        return follow(unit, before, "重新登记", {**content, **UNSIGNED, "at": at, "state": "signed"})
    fresh = RoundVisit(
        **unit.stamp(rid=rid, at=at), revision=1, resident=order.resident, doctor_round=row.rid, **content
    )
    unit.session.add(fresh)
    unit.session.flush()
    return Seen(rid, 1)


@performs(ChangeVisit)
def change_visit(unit: Unit, order: ChangeVisit) -> Seen:
    """Refuses one in which nothing changed; a change of medicines an order was written for stays in it."""
    unit.require(Right.HOLD_ROUNDS)
    row = standing(unit, RoundVisit, order.seen)
    content = check_visit(unit, order.form, row)
    kept = [one["words"] for one in content["orders"]["all"]]
    written = [one["words"] for one in row.orders.get("all", ()) if one.get("order")]
    if lost := [one for one in written if one not in kept]:
        raise Refusal(f"“{lost[0]}”已转为医嘱，不能改；请先取消关联。", field="orders")
    if all(getattr(row, name) == said for name, said in content.items()):
        raise Refusal("内容没有变化，不用保存。")
    if row.doctor_at is None:
        return follow(unit, row, "修改", content)
    return revise(unit, row, order.reason, content | UNSIGNED)


@performs(RetractVisit)
def retract_visit(unit: Unit, order: RetractVisit) -> Seen:
    unit.require(Right.HOLD_ROUNDS)
    row = standing(unit, RoundVisit, order.seen)
    for line in row.orders.get("all", ()):
        if line.get("order") and _runs(unit, UUID(line["order"])):
            raise Refusal(f"“{line['words']}”已转为医嘱，不能撤销；请先停这条医嘱，或取消关联。")
    return retract(unit, row, order.why)


def visit_rid(reader: Reader, round_rid: UUID, resident: UUID) -> UUID:
    """The rid of a visit, named by round and resident, so that two stations name it alike."""
    return named(reader.settings.institution_id, "round-visit", round_rid.hex, resident.hex)


def _at(unit: Unit, row: DoctorRound, when: When | None) -> datetime:
    """While the round goes on now; afterwards its end, unless a time was said."""
    if when is None:
        return row.left or minute(unit.now)
    at, zone = when.instant(unit.settings.zone), unit.settings.zone
    if at > unit.now:
        raise Refusal("时间在现在之后，请核对。", field="at")
    if row.arrived is not None and at < minute(row.arrived):
        raise Refusal(f"医师 {local(zone, row.arrived):%H:%M} 到达，时间不能更早，请核对。", field="at")
    if row.left is not None and at > row.left:
        raise Refusal(f"医师 {local(zone, row.left):%H:%M} 离开，时间不能更晚，请核对。", field="at")
    return at


def _runs(unit: Unit, order: UUID) -> bool:
    return (
        unit.session.scalar(
            select(MedOrder.rid).where(
                MedOrder.rid == order, MedOrder.current, MedOrder.state != "retracted",
                MedOrder.status.in_(("issued", "checked", "paused")),
            )
        )
        is not None
    )  # fmt: skip
