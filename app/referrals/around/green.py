"""The green channel 绿色通道 and the times to the minute that belong to it: called, told, ambulance, expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.moving.move import minute, refuse_disorder, with_times
from app.referrals.revising import Seen, follow, standing
from app.referrals.rules.green_times import BY_MOVES, EXPECTED, GREEN_TIMES
from app.referrals.rules.states import OVER, Status
from app.residents.stays.forms import words
from db.models import Referral

_FURTHEST = timedelta(days=1)


@dataclass(frozen=True)
class StartGreenChannel(Order[Seen]):
    """启用绿色通道: by whoever is at the desk, now or at `at`."""

    seen: Seen
    at: datetime | None = None


@dataclass(frozen=True)
class NoteTime(Order[Seen]):
    """One time of GREEN_TIMES. `who`: whom it was said to or who came (接电话人, 车牌)."""

    seen: Seen
    what: str
    at: datetime | None = None
    who: str = ""


@performs(StartGreenChannel)
def start_green_channel(unit: Unit, order: StartGreenChannel) -> Seen:
    row = _row(unit, order.seen)
    if row.green and row.times.get("started"):
        raise Refusal("绿色通道已经启用。")
    at = _instant(unit, order.at, "started")
    refuse_disorder(unit, row, {"started": at})
    times = with_times(row, started=at, started_by=unit.actor.name)
    return follow(unit, row, "启用绿色通道", {"green": True, "times": times})


@performs(NoteTime)
def note_time(unit: Unit, order: NoteTime) -> Seen:
    """Refuses a time its move writes, and one to come that is no expectation."""
    row = _row(unit, order.seen)
    if order.what not in GREEN_TIMES or order.what in BY_MOVES:
        raise Refusal("这个时间由转诊的步骤记录。", field="what")
    who = words(order.who, "who", "对方人员")
    line = _line(unit, order, who)
    refuse_disorder(unit, row, line)
    times = with_times(row, **line)
    return follow(unit, row, f"{GREEN_TIMES[order.what]}{f'：{who}' if who else ''}", {"times": times})


def _line(unit: Unit, order: NoteTime, who: str) -> dict[str, datetime | str | None]:
    at = _instant(unit, order.at, order.what)
    line: dict[str, datetime | str | None] = {order.what: at, f"{order.what}_whom": who}
    return line


def _row(unit: Unit, seen: Seen) -> Referral:
    unit.require(Right.REFER)
    row = standing(unit, Referral, seen)
    if Status(row.status) in OVER:
        raise Refusal(f"这份转诊{Status(row.status).words}，不能再改。")
    return row


def _instant(unit: Unit, at: datetime | None, what: str) -> datetime:
    moment = minute(at or unit.now)
    if what in EXPECTED:
        if not unit.now - _FURTHEST <= moment <= unit.now + _FURTHEST:
            raise Refusal("预计到达的时间要在前后一天之内。", field="at")
    elif moment > unit.now:
        raise Refusal("时间在现在之后，请核对。", field="at")
    return moment
