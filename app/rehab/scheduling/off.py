"""Acts on a therapist's time off: 轮休, 培训, 休假, once or every week; and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from app.care.derived import hours_of
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.rehab.revising import follow, retract, standing
from app.rehab.scheduling.finding import therapist_rid
from app.residents.stating import Seen
from db.models import TherapistTime

LONGEST_WORDS = 20
LONGEST_TIME = timedelta(days=366)


@dataclass(frozen=True)
class NotThere(Order[Seen]):
    """From `begins` to `ends`; with `weekday` (1 is Monday) every week at these times of day, `until` a date or on.

    What stands in that time stays and is shown as a conflict: somebody has to say where it goes.
    """

    staff: UUID
    words: str
    begins: datetime
    ends: datetime
    weekday: int | None = None
    until: date | None = None


@dataclass(frozen=True)
class EndNotThere(Order[Seen]):
    """Back again from now on; one that has not begun was planned in error."""

    seen: Seen
    why: str = ""


@performs(NotThere)
def not_there(unit: Unit, order: NotThere) -> Seen:
    unit.require(Right.SCHEDULE_REHAB)
    if therapist_rid(unit, order.staff) is None:
        raise Refusal("请选择康复师。", field="staff")
    words = order.words.strip()
    if not words:
        raise Refusal("请填写事由，如 轮休、培训、休假。", field="words")
    if len(words) > LONGEST_WORDS:
        raise Refusal(f"事由最多 {LONGEST_WORDS} 个字。", field="words")
    _refuse_times(unit, order)
    fresh = TherapistTime(
        **unit.stamp(),
        revision=1,
        staff=order.staff,
        words=words,
        begins=order.begins,
        ends=order.ends,
        weekday=order.weekday,
        until=order.until,
    )
    unit.session.add(fresh)
    return Seen(fresh.rid, 1)


@performs(EndNotThere)
def end_not_there(unit: Unit, order: EndNotThere) -> Seen:
    unit.require(Right.SCHEDULE_REHAB)
    row = standing(unit, TherapistTime, order.seen)
    why = order.why.strip() or "恢复在岗"
    if row.begins > unit.now:
        return retract(unit, row, why)
    if row.weekday is not None:
        last = unit.today - timedelta(days=1)
        if row.until is not None and row.until <= last:
            raise Refusal(f"这段时间已到 {row.until:%m-%d} 为止。")
        return follow(unit, row, why, {"until": last, "state": "corrected"})
    if row.ends <= unit.now:
        raise Refusal("这段时间已经过去。")
    return follow(unit, row, why, {"ends": unit.now, "state": "corrected"})


def _refuse_times(unit: Unit, order: NotThere) -> None:
    if order.ends <= order.begins:
        raise Refusal("结束要晚于开始。", field="ends")
    if order.ends - order.begins > LONGEST_TIME:
        raise Refusal("一次最多一年。", field="ends")
    if order.weekday is None:
        if order.ends <= unit.now:
            raise Refusal("这段时间已经过去。", field="ends")
        return
    hours = hours_of(unit)
    if not 1 <= order.weekday <= 7:
        raise Refusal("请选择星期几。", field="weekday")
    if hours.wall(order.ends - timedelta(minutes=1)).date() != hours.wall(order.begins).date():
        raise Refusal("每周的时间不能过夜。", field="ends")
    if order.until is not None and order.until < hours.wall(order.begins).date():
        raise Refusal("截止日期不能早于开始。", field="until")
