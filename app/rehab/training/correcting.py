"""Acts on what was recorded of a session: correct, retract, take back within ten minutes; the original stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.rehab.derived import Held
from app.rehab.planning.goals import RetractRating, retract_rating
from app.rehab.revising import standing
from app.rehab.rules.sessions import SessionKey
from app.rehab.rules.stopping import STOP, Fired, Values
from app.rehab.training.ending import Ended as Corrected
from app.rehab.training.ending import Taken, ended, incidents_of, rate
from app.rehab.training.forms import DONE, PARTLY, STOPPED, SessionForm, check_why
from app.rehab.training.guarding import guard_of, stops
from app.rehab.training.values import at_rest, kept, values_of
from app.rehab.training.writing import go_on, session_for
from app.residents.rules.stated import RETRACTED, reason_wrong
from app.residents.stating import Seen
from app.residents.stating.own import refuse_others, refuse_take_back
from app.residents.stating.revising import retract as retract_vital
from db.models import GoalRating, RehabSession, Vital


@dataclass(frozen=True)
class CorrectSession(Order[Corrected]):
    """What really was; `reason`: one of `CORRECTION_REASONS`. `begun` None leaves when it began.

    One that was not held stays so, with another attendance or reason; values at rest are corrected as vitals. Of what
    was noted while it ran, RPE is what the form says; other values and symptoms stay where it names none.
    """

    seen: Seen
    form: SessionForm
    reason: str
    begun: datetime | None = None


@dataclass(frozen=True)
class RetractSession(Order[Seen]):
    """A record was an error: the session is blank again, its ratings and values at rest with it; `why` in words."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class TakeBackSessions(Order[int]):
    """What was just recorded was a slip: all of it is retracted, without further words."""

    seen: tuple[Seen, ...]


@performs(CorrectSession)
def correct_session(unit: Unit, order: CorrectSession) -> Corrected:
    """By whoever recorded it, or who may correct others' records; refuses one in which nothing changed."""
    unit.require(Right.TRAIN)
    row = standing(unit, RehabSession, order.seen)
    refuse_others(unit, row)
    if (wrong := reason_wrong(order.reason)) is not None:
        raise Refusal(f"{wrong}。", field="reason_words" if order.reason.startswith("其他") else "reason")
    if row.ended_at is None:
        raise Refusal("这次训练还在进行，结束后再更正。")
    if row.attendance not in ("done", "partly"):
        return _correct_absence(unit, row, order)
    held = session_for(unit, _key(row))
    at = order.begun or row.at
    form = replace(order.form, ended=order.form.ended or row.ended_at)
    content, found = ended(unit, held, _taken(unit, held, row, (at, form)), form)
    _keep_stopped(content)
    if at == row.at and all(getattr(row, name) == value for name, value in content.items()):
        raise Refusal("内容没有变化，不用更正。")
    goals_before = dict(row.goals)
    seen = go_on(unit, row, order.reason, {**content, "at": at, "state": "corrected"})
    _rate_anew(unit, row, goals_before, content)
    return Corrected(seen, found, stops(found), incidents_of(content["reactions"]))


@performs(RetractSession)
def retract_session(unit: Unit, order: RetractSession) -> Seen:
    """By whoever recorded it, or who may correct others' records."""
    unit.require(Right.TRAIN)
    row = standing(unit, RehabSession, order.seen)
    refuse_others(unit, row)
    why = order.why.strip()
    if not why:
        raise Refusal("请写明原因。", field="why")
    return _retract(unit, row, why)


@performs(TakeBackSessions)
def take_back_sessions(unit: Unit, order: TakeBackSessions) -> int:
    """Refuses others' records, those older than ten minutes, and what was changed since; then none is taken back."""
    unit.require(Right.TRAIN)
    for seen in order.seen:
        row = standing(unit, RehabSession, seen)
        refuse_take_back(unit, row)
        _retract(unit, row, "记录后撤销")
    return len(order.seen)


def _correct_absence(unit: Unit, row: RehabSession, order: CorrectSession) -> Corrected:
    form = order.form
    if form.attendance in ("done", "partly"):
        raise Refusal("没有训练改为训练，请撤销这一条后重新记录。", field="attendance")
    columns = check_why(form.attendance, form.why, form.why_words)
    if all(getattr(row, name) == value for name, value in columns.items()):
        raise Refusal("内容没有变化，不用更正。")
    return Corrected(go_on(unit, row, order.reason, {**columns, "state": "corrected"}))


def _retract(unit: Unit, row: RehabSession, why: str) -> Seen:
    _retract_ratings(unit, row.rid, f"训练记录撤销：{why}")
    visit = row.before.get("set")
    if visit:
        values = select(Vital).where(Vital.set_id == UUID(visit), Vital.current, Vital.state != "retracted")
        for one in list(unit.session.scalars(values)):
            retract_vital(unit, one, f"训练记录撤销：{why}")
    return go_on(unit, row, f"{RETRACTED}：{why}", {"state": "retracted"})


def _rate_anew(unit: Unit, row: RehabSession, before: dict[str, Any], content: dict[str, Any]) -> None:
    """Only goals whose value is another now: a rating that stays as it was leaves its goal reached."""
    after = content["goals"]
    other = {goal for goal in {*before, *after} if before.get(goal) != after.get(goal)}
    _retract_ratings(unit, row.rid, "训练记录更正", {UUID(goal) for goal in other})
    fresh = {UUID(goal): value for goal, value in after.items() if goal in other}
    rate(unit, _key(row), fresh, content["ended_at"])


def _retract_ratings(unit: Unit, session: UUID, why: str, goals: Collection[UUID] | None = None) -> None:
    """Those of a session, or only those of some goals."""
    rated = select(GoalRating).where(
        GoalRating.session == session, GoalRating.current, GoalRating.state != "retracted"
    )
    for one in list(unit.session.scalars(rated)):
        if goals is None or one.goal in goals:
            retract_rating(unit, RetractRating(Seen(one.rid, one.revision), why))


def _taken(unit: Unit, held: Held, row: RehabSession, said: tuple[datetime, SessionForm]) -> Taken:
    """What stands of a session whatever its corrected form says."""
    at, form = said
    skin = {"before": row.skin["before"]} if "before" in row.skin else {}
    during = replace(values_of(row.during), rpe=None)
    return Taken(at, values_of(row.before), during, _standing_rules(unit, held, row, form), skin)


def _standing_rules(unit: Unit, held: Held, row: RehabSession, form: SessionForm) -> dict[str, Any]:
    """What fired and stays: all but a rule that fired by a number said otherwise now, and by which it holds no more.

    What was seen by hand, by a symptom, before it began, or by a value noted in between that passed, stays as it was.
    """
    guard, before, noted = guard_of(held.plan, held.item), values_of(row.before), values_of(row.during)
    restated = {"rpe", *kept(form.during)} - {"symptoms"}
    old = Values(**{name: getattr(noted, name) for name in restated})
    gone = _numbers((*guard.during(before, old), *guard.after(before, values_of(row.after))))
    gone -= _numbers(guard.before(before, at_rest(unit, held.item.resident, row.at).usual))
    holds = {
        (one.code, one.effect)
        for one in (*guard.during(before, form.during), *guard.after(before, form.after))
    }
    stay = [
        one
        for one in row.stopped.get("all", ())
        if (one["code"], one["effect"], one.get("found")) not in gone or (one["code"], one["effect"]) in holds
    ]
    said = {"overruled": row.stopped["overruled"]} if "overruled" in row.stopped else {}
    return {"all": stay, **said} if stay or said else {}


def _numbers(found: Iterable[Fired]) -> set[tuple[str, str, float | None]]:
    """Rules that fired by a number."""
    return {(one.code, one.effect, one.value) for one in found if one.value is not None and not one.symptoms}


def _keep_stopped(content: dict[str, Any]) -> None:
    """One that a rule stopped was not done whole, whatever the corrected form says."""
    if content["attendance"] == DONE and any(
        one["effect"] == STOP for one in content["stopped"].get("all", ())
    ):
        content.update(attendance=PARTLY, why=STOPPED, why_words="")


def _key(row: RehabSession) -> SessionKey:
    return (row.item, row.service_date, row.slot)
