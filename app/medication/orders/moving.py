"""An order is checked, paused, resumed, stopped or cancelled: only the moves of `rules.states`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.access.prescribers import refuse_no_doctor
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.revising import next_revision
from app.core.roles import Right
from app.core.unit import Unit
from app.medication.rules.states import CANCELLED, CHECKED, PAUSED, STOPPED, may_move
from app.residents.stating import Seen
from app.residents.stating.revising import as_seen, newest
from db.models import Dose, MedOrder

LONGEST = 100
_WORDS = {
    "issued": "待核对",
    "checked": "已核对",
    "paused": "暂停中",
    "stopped": "已停止",
    "cancelled": "已取消",
}


@dataclass(frozen=True)
class CheckOrders(Order[int]):
    """A nurse or pharmacist checked what was issued: from now on it runs. Not by whoever wrote it."""

    seen: tuple[Seen, ...]


@dataclass(frozen=True)
class PauseOrder(Order[Seen]):
    """Suspended from now on; `why` in words."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class ResumeOrder(Order[Seen]):
    """A suspended order runs again from now on."""

    seen: Seen


@dataclass(frozen=True)
class StopOrder(Order[Seen]):
    """No dose after `at` (None: from now on); `why` in words. Who is no doctor names the one who ordered it."""

    seen: Seen
    why: str
    at: datetime | None = None
    doctor_name: str = ""


@dataclass(frozen=True)
class CancelOrder(Order[Seen]):
    """取消: it was never to be carried out. It stays readable, in red, with who cancelled it."""

    seen: Seen
    why: str


@performs(CheckOrders)
def check_orders(unit: Unit, order: CheckOrders) -> int:
    unit.require(Right.CHECK_ORDERS)
    for seen in order.seen:
        row = standing(unit, seen)
        refuse_no_move(row, CHECKED)
        if row.status == PAUSED:
            raise Refusal(f"{row.words} 暂停中，请用“恢复”。")
        if unit.actor.rid in writers(unit, row):
            raise Refusal(f"{row.words} 是您写的，请另一位核对。")
        said = {"status": CHECKED, "checked_by": unit.actor.rid, "checked_at": unit.now}
        follow(unit, row, "核对", said)
    return len(order.seen)


@performs(PauseOrder)
def pause_order(unit: Unit, order: PauseOrder) -> Seen:
    _may_stop(unit)
    row = standing(unit, order.seen)
    refuse_no_move(row, PAUSED)
    refuse_over(unit, row)
    why = _why(order.why, "请写明为什么暂停。")
    spans = [*row.pauses.get("spans", ()), [unit.now.isoformat(), None]]
    return follow(unit, row, f"暂停：{why}", {"status": PAUSED, "pauses": {"spans": spans}})


@performs(ResumeOrder)
def resume_order(unit: Unit, order: ResumeOrder) -> Seen:
    _may_stop(unit)
    row = standing(unit, order.seen)
    if row.status != PAUSED:
        raise Refusal(f"{row.words} 没有暂停。")
    spans = [list(span) for span in row.pauses["spans"]]
    spans[-1][1] = unit.now.isoformat()
    return follow(unit, row, "恢复", {"status": CHECKED, "pauses": {"spans": spans}})


@performs(StopOrder)
def stop_order(unit: Unit, order: StopOrder) -> Seen:
    """Doses that were given after `at` stay as they are; what had to be given before it still waits for its record."""
    _may_stop(unit)
    row = standing(unit, order.seen)
    refuse_no_move(row, STOPPED)
    why = _why(order.why, "请写明为什么停。")
    if not unit.actor.may(Right.ORDER_MEDICINES) and not order.doctor_name.strip():
        raise Refusal("请写明下达停止医嘱的医师。", field="doctor_name")
    refuse_no_doctor(unit, order.doctor_name.strip(), "下达停止医嘱的医师")
    at = order.at or unit.now
    if at < unit.now and at < row.begins:
        raise Refusal("停止时间不能早于开始时间。没有执行过的请用“取消”。", field="at")
    refuse_over(unit, row)
    if row.ends is not None and at > row.ends:
        raise Refusal("停止时间不能晚于医嘱原定的停止时间。要延长请开新医嘱。", field="at")
    by = f"（{order.doctor_name.strip()}医嘱）" if order.doctor_name.strip() else ""
    said: dict[str, Any] = {"status": STOPPED, "ends": at, "ended_by": unit.actor.rid, "ended_at": unit.now}
    if row.status == PAUSED:
        spans = [list(span) for span in row.pauses["spans"]]
        spans[-1][1] = at.isoformat()
        said["pauses"] = {"spans": spans}
    return follow(unit, row, f"停止：{why}", said | {"ended_why": why + by})


@performs(CancelOrder)
def cancel_order(unit: Unit, order: CancelOrder) -> Seen:
    row = standing(unit, order.seen)
    if unit.actor.rid not in writers(unit, row):
        _may_stop(unit)
    refuse_no_move(row, CANCELLED)
    why = _why(order.why, "请写明为什么取消。")
    if _doses(unit, row):
        raise Refusal(f"{row.words} 已有给药记录，不能取消，请用“停止”。")
    said = {"status": CANCELLED, "ended_by": unit.actor.rid, "ended_at": unit.now, "ended_why": why}
    return follow(unit, row, f"取消：{why}", said)


def standing(unit: Unit, seen: Seen) -> MedOrder:
    """The revision to be moved; refuses one that is gone or was changed since it was seen."""
    row = newest(unit, MedOrder, seen.rid)
    return as_seen(unit, row, seen, "这条医嘱" if row is None else f"{row.words} 的医嘱")


def refuse_no_move(row: MedOrder, to: str) -> None:
    if not may_move(row.status, to):
        raise Refusal(f"{row.words} 的医嘱{_WORDS[row.status]}，不能{_VERBS[to]}。")


def refuse_over(unit: Unit, row: MedOrder) -> None:
    """One whose course is over runs no more: there is nothing to stop, to suspend or to change."""
    if row.ends is not None and row.ends <= unit.now:
        raise Refusal(f"{row.words} 已到停止时间。")


def writers(unit: Unit, row: MedOrder) -> frozenset[UUID]:
    """Who wrote the order down and who signed it: neither of them checks it, whoever changed its state since."""
    first = unit.session.scalar(
        select(MedOrder.author).where(MedOrder.rid == row.rid).order_by(MedOrder.revision).limit(1)
    )
    return frozenset(one for one in (first, row.doctor) if one is not None)


_VERBS = {CHECKED: "核对", PAUSED: "暂停", STOPPED: "停止", CANCELLED: "取消"}


def _may_stop(unit: Unit) -> None:
    """A doctor, or the nurse who transcribes."""
    if not unit.actor.may(Right.TRANSCRIBE_ORDERS):
        unit.require(Right.ORDER_MEDICINES)


def _doses(unit: Unit, row: MedOrder) -> int:
    statement = select(func.count()).where(Dose.med_order == row.rid, Dose.current, Dose.state != "retracted")
    return unit.session.scalar(statement) or 0


def _why(said: str, missing: str) -> str:
    why = said.strip()
    if not why:
        raise Refusal(missing, field="why")
    if len(why) > LONGEST:
        raise Refusal(f"原因最多 {LONGEST} 个字。", field="why")
    return why


def follow(unit: Unit, row: MedOrder, reason: str, changes: dict[str, Any]) -> Seen:
    for one in unit.session.scalars(select(MedOrder).where(MedOrder.rid == row.rid, MedOrder.current)):
        one.current = False  # of two stations' siblings both: what is written now is the decision over them
    fresh = next_revision(unit, row, reason, {"state": "corrected", **changes})
    return Seen(fresh.rid, fresh.revision)
