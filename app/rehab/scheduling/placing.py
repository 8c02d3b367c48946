"""Putting sessions somewhere: where they are to stand, which conflicts they make there, and which of these were accepted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.care.derived import hours_of
from app.care.rules import minute_of
from app.core.errors import Refusal
from app.core.form_times import read_time
from app.core.unit import Reader, Unit
from app.rehab.facts import ItemFact
from app.rehab.reading import plans_of
from app.rehab.rules.conflicts import Conflict, Placed
from app.rehab.rules.sessions import SessionKey
from app.rehab.scheduling.around import Around, around, resident_names, told_of
from app.residents.stating import Seen

SHORTEST, LONGEST = 5, 240
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


def around_with(
    unit: Reader, days: Collection[date], fresh: Sequence[Placed], items: Sequence[ItemFact]
) -> Around:
    """What stands on these dates, able to tell of the fresh sessions as well."""
    from app.access.names import author_names

    whole = around(unit, sorted(days))
    staff, names = author_names(unit), resident_names(unit, {one.resident for one in items})
    for one, item in zip(fresh, items, strict=True):
        whole = whole.told_too(
            one.key, told_of(item, staff.get(one.therapist, "") if one.therapist else "", names)
        )
    return whole


def settle_conflicts(
    whole: Around, fresh: Sequence[Placed], accept: Collection[str]
) -> tuple[list[str], tuple[str, ...]]:
    """The conflicts that were accepted by name, and those told as a warning; refuses one that blocks and was not."""
    found = whole.with_these(fresh)
    blocking = [one for one in found if one.blocks and one.name not in accept]
    if blocking:
        raise Refusal(refusal_words(whole, blocking), field="accept")
    accepted = [one.name for one in found if one.name in accept]
    return accepted, tuple(dict.fromkeys(whole.words(one) for one in found if not one.blocks))


def refusal_words(whole: Around, blocking: Sequence[Conflict]) -> str:
    more = f"；另有 {len(blocking) - 1} 处" if len(blocking) > 1 else ""
    return f"有冲突：{whole.words(blocking[0])}{more}。"


def why_of(why: str, *, needed: bool) -> str:
    """A reason as it is kept; refuses a missing one where one is needed, and one that is too long."""
    words = why.strip()
    if needed and not words:
        raise Refusal("请写明原因。", field="why")
    if len(words) > LONGEST_WHY:
        raise Refusal(f"原因最多 {LONGEST_WHY} 个字。", field="why")
    return words
