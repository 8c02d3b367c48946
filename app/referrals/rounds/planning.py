"""A round is planned, changed, cancelled; its number is given once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.referrals.moving.move import LONGEST_WHY, minute
from app.referrals.revising import Seen, follow, revise, standing
from app.referrals.rounds.forms import RoundForm, check_round
from app.referrals.rules.rounds import RoundState, state_of
from app.residents.rules.windows import When
from app.residents.stays.forms import words
from db.models import DoctorRound, RoundVisit


@dataclass(frozen=True)
class PlanRound(Order[UUID]):
    """A round that is to come."""

    form: RoundForm


@dataclass(frozen=True)
class ChangeRound(Order[Seen]):
    """Another day, doctor, way. Of a round that was held the times may be set right too, with `reason`."""

    seen: Seen
    form: RoundForm
    arrived: When | None = None
    left: When | None = None
    reason: str = ""


@dataclass(frozen=True)
class CancelRound(Order[Seen]):
    """It will not be: what was asked stays readable, and goes to the next round that is planned, if there is one."""

    seen: Seen
    why: str


@performs(PlanRound)
def plan_round(unit: Unit, order: PlanRound) -> UUID:
    """Refuses the same doctor twice on a day."""
    unit.require(Right.HOLD_ROUNDS)
    return plan(unit, order.form).rid


def plan(unit: Unit, form: RoundForm, asked: list[dict[str, Any]] | None = None) -> DoctorRound:
    """As the order; `asked`: what goes over from a round before it, None: what the last one left, if no other waits."""
    content = check_round(unit, form)
    _refuse_twice(unit, content, None)
    if asked is None:
        asked = _left_over(unit) if next_planned(unit) is None else []
    row = DoctorRound(
        **unit.stamp(at=content.pop("at")), revision=1, number=unit.next_number("doctor-round"), status="planned",
        asked={"all": asked}, **content,
    )  # fmt: skip
    unit.session.add(row)
    unit.session.flush()
    return row


@performs(ChangeRound)
def change_round(unit: Unit, order: ChangeRound) -> Seen:
    """Refuses one that was cancelled, and another doctor once somebody was seen."""
    row = round_to_change(unit, order.seen)
    content = check_round(unit, order.form)
    if row.status == "planned":
        _refuse_twice(unit, content, row.rid)
        if all(getattr(row, name) == said for name, said in content.items()):
            raise Refusal("内容没有变化，不用保存。")
        return follow(unit, row, "修改安排", content)
    if content["doctor_name"] != row.doctor_name and visits_of(unit, row.rid):
        raise Refusal("已经有巡诊记录，不能换医师；请先撤销记录。", field="doctor")
    zone = unit.settings.zone
    arrived = order.arrived.instant(zone) if order.arrived is not None else row.arrived
    left = order.left.instant(zone) if order.left is not None else row.left
    if arrived is not None:
        check_times(unit, arrived, left)
        content["at"] = arrived
    return revise(unit, row, order.reason, content | {"arrived": arrived, "left": left})


@performs(CancelRound)
def cancel_round(unit: Unit, order: CancelRound) -> Seen:
    """Refuses one on which somebody was seen."""
    row = round_to_change(unit, order.seen)
    if visits_of(unit, row.rid):
        raise Refusal("已经有巡诊记录，不能取消。")
    why = words(order.why, "why", "原因", required=True, longest=LONGEST_WHY)
    after = next_planned(unit, but=row.rid)
    if after is not None:
        hand_over(unit, after, list(row.asked.get("all", ())))
    return follow(unit, row, f"取消：{why}", {"status": "cancelled", "arrived": None, "left": None})


def round_to_change(unit: Unit, seen: Seen) -> DoctorRound:
    """The round as it was seen; refuses one that was cancelled."""
    unit.require(Right.HOLD_ROUNDS)
    row = standing(unit, DoctorRound, seen)
    if row.status == "cancelled":
        raise Refusal("这次巡诊已取消，请另行安排。")
    return row


def round_of(reader: Reader, rid: UUID) -> DoctorRound:
    """The round as it stands, whatever was seen of it; refuses one that is gone or cancelled."""
    row = reader.session.scalar(
        select(DoctorRound)
        .where(DoctorRound.rid == rid, DoctorRound.current, DoctorRound.state != "retracted")
        .order_by(DoctorRound.recorded_at.desc())
        .limit(1)
    )
    if row is None:
        raise Refusal("没有找到这次巡诊。")
    if row.status == "cancelled":
        raise Refusal("这次巡诊已取消，请另行安排。")
    return row


def round_state(row: DoctorRound) -> RoundState:
    """How it stands."""
    return state_of(row.status, left=row.left is not None)


def next_planned(reader: Reader, *, but: UUID | None = None) -> DoctorRound | None:
    """The next round of any doctor that is planned for today or later, or goes on now."""
    statement = select(DoctorRound).where(
        DoctorRound.current,
        DoctorRound.state != "retracted",
        ((DoctorRound.status == "planned") & (DoctorRound.planned_on >= reader.today))
        | ((DoctorRound.status == "held") & DoctorRound.left.is_(None)),
    )
    if but is not None:
        statement = statement.where(DoctorRound.rid != but)
    return reader.session.scalar(statement.order_by(DoctorRound.at).limit(1))


def visits_of(reader: Reader, round_rid: UUID) -> list[RoundVisit]:
    """The visits of a round that stand, in the order they were made."""
    statement = select(RoundVisit).where(
        RoundVisit.doctor_round == round_rid, RoundVisit.current, RoundVisit.state != "retracted"
    )
    return list(reader.session.scalars(statement.order_by(RoundVisit.at, RoundVisit.recorded_at)))


def hand_over(unit: Unit, row: DoctorRound, lines: list[dict[str, Any]]) -> None:
    """What was asked of another round is asked of this one too; whoever asked stays named."""
    before = list(row.asked.get("all", ()))
    more = [one for one in lines if one not in before]
    if more:
        follow(unit, row, "转入未看的老人", {"asked": {"all": [*before, *more]}})


def check_times(unit: Unit, arrived: Any, left: Any) -> None:
    """Refuses times to come, and a doctor who leaves before arriving."""
    if minute(arrived) > unit.now:
        raise Refusal("到达时间在现在之后，请核对。", field="arrived")
    if left is not None and left > unit.now:
        raise Refusal("离开时间在现在之后，请核对。", field="left")
    if left is not None and left < minute(arrived):
        shown = local(unit.settings.zone, arrived)
        raise Refusal(f"{shown:%m-%d %H:%M} 到达，离开不能更早，请核对。", field="left")


def _left_over(unit: Unit) -> list[dict[str, Any]]:
    """What was asked of the last round and not answered, because it was cancelled or nobody came to it."""
    last = unit.session.scalar(
        select(DoctorRound)
        .where(
            DoctorRound.current,
            DoctorRound.state != "retracted",
            (DoctorRound.status == "cancelled") | DoctorRound.left.is_not(None),
        )
        .order_by(DoctorRound.at.desc())
        .limit(1)
    )
    if last is None:
        return []
    seen_then = {str(one.resident) for one in visits_of(unit, last.rid)}
    return [one for one in last.asked.get("all", ()) if one["resident"] not in seen_then]


def _refuse_twice(unit: Unit, content: dict[str, Any], but: UUID | None) -> None:
    statement = select(DoctorRound).where(
        DoctorRound.planned_on == content["planned_on"],
        DoctorRound.doctor_name == content["doctor_name"],
        DoctorRound.current,
        DoctorRound.state != "retracted",
        DoctorRound.status != "cancelled",
    )
    for other in unit.session.scalars(statement):
        if other.rid != but and (other.visitor, other.staff) == (content["visitor"], content["staff"]):
            raise Refusal(f"{other.doctor_name}在 {other.planned_on} 已有巡诊 {other.number}。", field="day")
