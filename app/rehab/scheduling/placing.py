"""Where a session is to stand: what is kept of it, and what forbids it whatever else stands there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.care.derived import hours_of
from app.care.rules import minute_of
from app.core.errors import Refusal
from app.core.form_times import read_time
from app.core.unit import Reader, Unit
from app.rehab.day import rehab_day
from app.rehab.facts import ItemFact
from app.rehab.reading import plans_of
from app.rehab.rules.conflicts import Placed
from app.rehab.rules.sessions import SessionKey
from app.residents.stating import Seen

SHORTEST, LONGEST = 1, 180
LONGEST_WHY = 80


@dataclass(frozen=True)
class Place:
    """Where a session is to stand."""

    day: date
    time: str
    therapist: UUID | None
    minutes: int


@dataclass(frozen=True)
class Placing:
    """What was written, and in what way it stands though nobody forbids it: at a meal, on a day off."""

    seen: tuple[Seen, ...]
    warned: tuple[str, ...] = ()


def read_place(unit: Unit, place: Place) -> Place:
    """The place as it is kept; refuses a time that is none, the past, and minutes out of measure."""
    time = read_time(place.time)
    if not time:
        raise Refusal("时间不存在，请按 08:30 这样填写。", field="time")
    if not SHORTEST <= place.minutes <= LONGEST:
        raise Refusal(f"时长应在 {SHORTEST} 到 {LONGEST} 分钟之间。", field="minutes")
    begins = minute_of(time)
    if begins < rehab_day().begins or begins + place.minutes > rehab_day().ends:
        raise Refusal(f"{time} 不在康复时间之内。", field="time")
    if place.day < unit.today:
        raise Refusal("不能排到已经过去的日子。", field="day")
    return Place(place.day, time, place.therapist, place.minutes)


def refuse_plan(unit: Unit, item: ItemFact, place: Place) -> None:
    """A plan that does not ask for a session there is no place for one."""
    plan = plans_of(unit, [item.resident]).get(item.plan)
    if plan is None or plan.status not in ("drawn_up", "running"):
        raise Refusal("康复计划已结束，不能再排训练。")
    if plan.paused(place.day):
        raise Refusal("这一天康复计划是暂停的。", field="day")
    if not plan.begins <= place.day <= plan.ends:
        raise Refusal(f"康复计划从 {plan.begins:%m-%d} 到 {plan.ends:%m-%d}，不能排到计划以外。", field="day")
    if item.ends is not None and place.day > item.ends:
        raise Refusal(f"“{item.words}”只做到 {item.ends:%m-%d}。", field="day")


def placed_at(unit: Reader, key: SessionKey, item: ItemFact, place: Place) -> Placed:
    """The session as it would take its people's time there."""
    begins = hours_of(unit).moment(place.day, minute_of(place.time))
    ends = begins + timedelta(minutes=place.minutes)
    return Placed(key, item.resident, place.therapist, begins, ends, item.together)


def why_of(why: str, *, needed: bool) -> str:
    """A reason as it is kept; refuses a missing one where one is needed, and one that is too long."""
    words = why.strip()
    if needed and not words:
        raise Refusal("请写明原因。", field="why")
    if len(words) > LONGEST_WHY:
        raise Refusal(f"原因最多 {LONGEST_WHY} 个字。", field="why")
    return words
