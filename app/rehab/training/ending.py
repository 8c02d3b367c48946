"""A session ends with its form, or is written down afterwards in one act; goals get the values that were reached."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.rehab.derived import Held, session_rid
from app.rehab.lists.attendance import attendances, reactions
from app.rehab.lists.skin import skin_states
from app.rehab.planning.goals import RateGoal, write_rating
from app.rehab.rules.sessions import SessionKey
from app.rehab.rules.stopping import Fired, Values
from app.rehab.training.beginning import refuse_start, started
from app.rehab.training.forms import (
    DONE,
    PARTLY,
    STOPPED,
    Before,
    SessionForm,
    check_form,
    check_skin,
    check_why,
)
from app.rehab.training.guarding import Guard, guard_of, kept_fired, stops
from app.rehab.training.running import minutes_between, waits_for_form
from app.rehab.training.values import kept, over, values_of
from app.rehab.training.writing import go_on, recorded_words, running_row, session_for, write
from app.residents.stating import Seen

ENDED = "训练结束"


@dataclass(frozen=True)
class EndSession(Order["Ended"]):
    """It ends, or one that was stopped gets its form."""

    key: SessionKey
    form: SessionForm


@dataclass(frozen=True)
class RecordSession(Order["Ended"]):
    """Begun and ended before it was written down; `form.ended` is needed."""

    key: SessionKey
    begun: datetime
    before: Before
    form: SessionForm


@dataclass(frozen=True)
class Ended:
    """`stopped`: a rule made it partly done. `incidents`: kinds of incident its reactions propose."""

    seen: Seen
    fired: tuple[Fired, ...] = ()
    stopped: bool = False
    incidents: tuple[str, ...] = ()


@performs(EndSession)
def end_session(unit: Unit, order: EndSession) -> Ended:
    """Refuses one that does not go on, a form that cannot be, an end before its beginning or to come."""
    unit.require(Right.TRAIN)
    held = session_for(unit, order.key)
    row = running_row(unit, order.key)
    stopped = waits_for_form(row)
    if (row.ended_at is not None or row.attendance) and not stopped:
        said = recorded_words(unit, held.session) if held.session is not None else "已经结束"
        raise Refusal(f"这次训练{said}。要改请更正那一条。")
    form = order.form
    if stopped:
        form = replace(
            form,
            ended=row.ended_at,
            attendance=PARTLY,
            why=form.why or row.why,
            why_words=form.why_words or row.why_words,
        )
    taken = Taken(row.at, values_of(row.before), values_of(row.during), row.stopped, row.skin)
    content, found = ended(unit, held, taken, form)
    seen = go_on(unit, row, ENDED, content)
    return finished(unit, held, seen, content, found)


@performs(RecordSession)
def record_session(unit: Unit, order: RecordSession) -> Ended:
    """Refuses what beginning and ending refuse, and times that are not of that day.

    It really took place: what forbids a session to begin is kept as it fired and wants words (`before.despite`).
    """
    unit.require(Right.TRAIN)
    held = session_for(unit, order.key)
    refuse_start(unit, held)
    return record(unit, held, order, past=True)


def record(unit: Unit, held: Held, order: RecordSession, *, past: bool) -> Ended:
    """One that may be recorded, whole; without `past` what forbids it refuses it."""
    if order.form.ended is None:
        raise Refusal("请填写结束时间。", field="ended")
    if date_in(unit.settings.zone, order.begun) != held.planned.day:
        raise Refusal(f"开始时间要在 {held.planned.day:%m-%d} 这一天。", field="begun")
    if order.begun > unit.now:
        raise Refusal("开始时间还没有到，请核对。", field="begun")
    start, warned = started(unit, held, order.before, order.begun, past=past)
    taken = Taken(order.begun, values_of(start["before"]), Values(), start["stopped"], start["skin"])
    content, found = ended(unit, held, taken, order.form)
    seen = write(unit, held, order.begun, start | content)
    return finished(unit, held, seen, content, (*warned, *found))


@dataclass(frozen=True)
class Taken:
    """What a session has before its form: when it began, its values so far, what fired, the skin."""

    at: datetime
    before: Values
    during: Values
    stopped: dict[str, Any]
    skin: dict[str, Any]


def ended(
    unit: Unit, held: Held, taken: Taken, form: SessionForm
) -> tuple[dict[str, Any], tuple[Fired, ...]]:
    """The columns of a session that ended, and what fired by its values. A rule that stops makes it partly done."""
    guard = guard_of(held.plan, held.item)
    if not attendances().get(form.attendance, attendances()[DONE]).held:
        raise Refusal("没有训练请用“未进行”记录。", field="attendance")
    content = check_form(form, guard.item, held.item.dose)
    at = form.ended or unit.now
    if not taken.at <= at <= unit.now:
        raise Refusal("结束时间要在开始之后，并且不晚于现在。", field="ended")
    during = over(taken.during, form.during)
    found = guard.during(taken.before, form.during)
    later = guard.after(taken.before, form.after)
    attendance = _attendance(form, stopped=stops(found))
    skin = check_skin(guard.item, form.skin, "skin_after")
    seen = skin_states()[skin].reaction if skin else ""
    content["reactions"] += [seen] if seen and seen not in content["reactions"] else []
    content |= attendance | {
        "ended_at": at,
        "minutes": form.minutes or minutes_between(taken.at, at),
        "during": kept(during),
        "after": kept(form.after),
        "stopped": kept_fired((*found, *later), taken.stopped),
        "skin": _skin(taken.skin, skin, content["dose"], guard),
    }
    return content, (*found, *later)


def finished(unit: Unit, held: Held, seen: Seen, content: dict[str, Any], found: tuple[Fired, ...]) -> Ended:
    """After it was written: goals are rated, and what should be reported is named."""
    rate(unit, held.key, {UUID(goal): value for goal, value in content["goals"].items()}, content["ended_at"])
    return Ended(seen, found, stops(found), incidents_of(content["reactions"]))


def rate(unit: Unit, key: SessionKey, goals: dict[UUID, float], at: datetime) -> None:
    """One rating of each goal a value was reached of."""
    for goal, value in goals.items():
        try:
            write_rating(unit, RateGoal(goal, value, session=session_rid(unit, key), at=at))
        except Refusal as refused:
            raise Refusal(refused.text, field=f"goal.{goal}") from refused


def incidents_of(seen: list[str]) -> tuple[str, ...]:
    """The kinds of incident that reactions propose, each once."""
    known = reactions()
    return tuple(dict.fromkeys(known[one].incident for one in seen if one in known and known[one].incident))


def _attendance(form: SessionForm, *, stopped: bool) -> dict[str, str]:
    if stopped and form.attendance == DONE:
        return {"attendance": PARTLY, "why": STOPPED, "why_words": ""}
    return check_why(form.attendance, form.why, form.why_words)


def _skin(before: dict[str, Any], after: str, dose: dict[str, Any], guard: Guard) -> dict[str, Any]:
    said: dict[str, Any] = {**before, **({"after": after} if after else {})}
    if guard.item is not None and guard.item.temperature is not None:
        if dose.get("temperature_c") is None:
            raise Refusal("请填写实际温度。", field="dose.temperature_c")
        said["temperature_c"] = dose["temperature_c"]
    return said
