"""A round is held: the doctor arrives and leaves; whoever was not seen goes over to the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.referrals.moving.move import minute
from app.referrals.revising import Seen, follow
from app.referrals.rounds.forms import RoundForm
from app.referrals.rounds.planning import check_times, hand_over, plan, round_to_change, visits_of
from app.residents.rules.windows import When
from db.models import DoctorRound


@dataclass(frozen=True)
class BeginRound(Order[Seen]):
    """到达: the doctor is here, now or at `arrived`."""

    seen: Seen
    arrived: When | None = None


@dataclass(frozen=True)
class TakeBackArrival(Order[Seen]):
    """The doctor had not come: the round is planned again."""

    seen: Seen


@dataclass(frozen=True)
class Ended:
    """A round that is over: `carried` residents went over to `next`, which was `planned` in the same act."""

    seen: Seen
    carried: int = 0
    next: UUID | None = None
    planned: bool = False


@dataclass(frozen=True)
class EndRound(Order[Ended]):
    """离开: the doctor has left; `next_on` is when the next round is, planned at once where nothing is planned."""

    seen: Seen
    left: When | None = None
    next_on: date | None = None


@performs(BeginRound)
def begin_round(unit: Unit, order: BeginRound) -> Seen:
    row = round_to_change(unit, order.seen)
    if row.status != "planned":
        raise Refusal("已经登记到达。")
    arrived = order.arrived.instant(unit.settings.zone) if order.arrived is not None else minute(unit.now)
    check_times(unit, arrived, None)
    return follow(unit, row, "到达", {"status": "held", "arrived": arrived, "at": arrived})


@performs(TakeBackArrival)
def take_back_arrival(unit: Unit, order: TakeBackArrival) -> Seen:
    """Refuses once somebody was seen."""
    row = round_to_change(unit, order.seen)
    if row.status != "held":
        raise Refusal("还没有登记到达。")
    if visits_of(unit, row.rid):
        raise Refusal("已经有巡诊记录，不能收回到达。")
    return follow(unit, row, "收回到达", {"status": "planned", "arrived": None, "left": None})


@performs(EndRound)
def end_round(unit: Unit, order: EndRound) -> Ended:
    """Refuses one that did not begin or is over, and a next round that is not later than this one."""
    row = round_to_change(unit, order.seen)
    if row.status != "held" or row.arrived is None:
        raise Refusal("还没有登记到达。")
    if row.left is not None:
        raise Refusal("已经登记离开。")
    left = order.left.instant(unit.settings.zone) if order.left is not None else minute(unit.now)
    check_times(unit, row.arrived, left)
    if order.next_on is not None and order.next_on <= row.planned_on:
        raise Refusal("下次巡诊应在这次以后，请核对。", field="next_on")
    seen_now = {str(one.resident) for one in visits_of(unit, row.rid)}
    lines = [one for one in row.asked.get("all", ()) if one["resident"] not in seen_now]
    after, planned = _next(unit, row, order.next_on)
    if after is not None:
        hand_over(unit, after, lines)
    ended = follow(unit, row, "离开", {"left": left, "next_on": order.next_on})
    carried = len({one["resident"] for one in lines}) if after is not None else 0
    return Ended(ended, carried, after.rid if after is not None else None, planned)


def _next(unit: Unit, row: DoctorRound, on: date | None) -> tuple[DoctorRound | None, bool]:
    """The next round of this partner or doctor, planned now where none is and a day was said."""
    same = (
        DoctorRound.partner == row.partner
        if row.partner is not None
        else DoctorRound.doctor_name == row.doctor_name
    )
    known = unit.session.scalar(
        select(DoctorRound)
        .where(
            DoctorRound.current, DoctorRound.state != "retracted", DoctorRound.status == "planned", same,
            DoctorRound.planned_on >= row.planned_on, DoctorRound.rid != row.rid,
        )
        .order_by(DoctorRound.planned_on)
        .limit(1)
    )  # fmt: skip
    if known is not None or on is None:
        return known, False
    form = RoundForm(on, row.visitor, row.staff, row.partner, row.way)
    return plan(unit, form, []), True
