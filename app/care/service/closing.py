"""A shift is closed: of each slot that is still blank the person who closes it says why it was not done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.care.derived import hours_of, in_shift
from app.care.floors import lodgers
from app.care.rules import NOT_DONE, SlotState
from app.care.service.recording import Otherwise, check_said, write
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit


@dataclass(frozen=True)
class Blank:
    """A blank slot and the reason's code why it was not done."""

    task: UUID
    service_date: date
    slot: str
    why: str
    note: str = ""


@dataclass(frozen=True)
class CloseShift(Order[int]):
    """The shift of a floor is over. `reasons`: one for every slot that is still blank."""

    floor: UUID
    shift: str
    service_date: date
    reasons: tuple[Blank, ...] = ()


@performs(CloseShift)
def close_shift(unit: Unit, order: CloseShift) -> int:
    """How many slots were confirmed as not done. Refuses while something is still to come or lacks its reason.

    What somebody recorded meanwhile stays as they recorded it.
    """
    unit.require(Right.RECORD_CARE)
    hours = hours_of(unit)
    shift = hours.shift(order.shift)
    if shift is None:
        raise Refusal("没有这个班次。")
    people = {one.rid: one.name for one in lodgers(unit, order.floor, order.service_date)}
    blank = [one for one in in_shift(unit, list(people), order.service_date, order.shift) if one.state.blank]
    coming = [one for one in blank if one.state is SlotState.PLANNED]
    if coming:
        last = local(unit.settings.zone, coming[-1].slot.opens)
        raise Refusal(f"还有 {len(coming)} 项没到时间，{last:%H:%M} 以后再结束本班。")
    said = {(one.task, one.service_date, one.slot): one for one in order.reasons}
    silent = [one for one in blank if one.slot.key not in said]
    if silent:
        names = "、".join(dict.fromkeys(people[one.task.resident] for one in silent[:3]))
        raise Refusal(f"还有 {len(silent)} 项没有说明原因（{names}）。", field="reasons")
    rows = []
    for held in blank:
        one = said[held.slot.key]
        what = Otherwise(*held.slot.key, NOT_DONE, one.why, one.note)
        check_said(held, what)
        rows.append((held, what, min(held.slot.closes, unit.now)))
    write(unit, rows)
    unit.note("close_shift", "care_doing", None, f"{order.service_date} {shift.words}")
    return len(rows)
