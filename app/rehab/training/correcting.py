"""Acts on what was recorded of a session: correct, retract, take back within ten minutes; the original stays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.rehab.planning.goals import RetractRating, retract_rating
from app.rehab.revising import standing
from app.rehab.rules.sessions import SessionKey
from app.rehab.training.ending import Ended as Corrected
from app.rehab.training.ending import Taken, ended, incidents_of, rate
from app.rehab.training.forms import SessionForm, check_why
from app.rehab.training.guarding import stops
from app.rehab.training.values import values_of
from app.rehab.training.writing import go_on, session_for
from app.residents.rules.stated import RETRACTED, UNDO_MINUTES, reason_wrong
from app.residents.stating import Seen
from app.residents.stating.revising import retract as retract_vital
from db.models import GoalRating, RehabSession, Vital


@dataclass(frozen=True)
class CorrectSession(Order[Corrected]):
    """What really was; `reason`: one of `CORRECTION_REASONS`. `begun` None leaves when it began.

    One that was not held stays so, with another attendance or reason; values at rest are corrected as vitals.
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
    _refuse_others(unit, row)
    if (wrong := reason_wrong(order.reason)) is not None:
        raise Refusal(f"{wrong}。", field="reason_words" if order.reason.startswith("其他") else "reason")
    if row.ended_at is None:
        raise Refusal("这次训练还在进行，结束后再更正。")
    if row.attendance not in ("done", "partly"):
        return _correct_absence(unit, row, order)
    held = session_for(unit, _key(row))
    at = order.begun or row.at
    skin = {"before": row.skin["before"]} if "before" in row.skin else {}
    taken = Taken(at, values_of(row.before), values_of({}), _earlier(row), skin)
    content, found = ended(unit, held, taken, replace(order.form, ended=order.form.ended or row.ended_at))
    if at == row.at and all(getattr(row, name) == value for name, value in content.items()):
        raise Refusal("内容没有变化，不用更正。")
    goals_before = dict(row.goals)
    seen = go_on(unit, row, order.reason, {**content, "at": at, "state": "corrected"})
    if goals_before != content["goals"]:
        _retract_ratings(unit, row.rid, "训练记录更正")
        rate(
            unit,
            _key(row),
            {UUID(goal): value for goal, value in content["goals"].items()},
            content["ended_at"],
        )
    return Corrected(seen, found, stops(found), incidents_of(content["reactions"]))


@performs(RetractSession)
def retract_session(unit: Unit, order: RetractSession) -> Seen:
    """By whoever recorded it, or who may correct others' records."""
    unit.require(Right.TRAIN)
    row = standing(unit, RehabSession, order.seen)
    _refuse_others(unit, row)
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
        if row.author != unit.actor.rid:
            raise Refusal("只有记录的人可以撤销。要改请更正并写明原因。")
        if unit.now - row.recorded_at > timedelta(minutes=UNDO_MINUTES):
            raise Refusal(f"记录已超过 {UNDO_MINUTES} 分钟，不能撤销。要改请更正并写明原因。")
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


def _retract_ratings(unit: Unit, session: UUID, why: str) -> None:
    rated = select(GoalRating).where(
        GoalRating.session == session, GoalRating.current, GoalRating.state != "retracted"
    )
    for one in list(unit.session.scalars(rated)):
        retract_rating(unit, RetractRating(Seen(one.rid, one.revision), why))


def _earlier(row: RehabSession) -> dict[str, Any]:
    """What fired before it began, and why it went on: a correction of what followed leaves that."""
    fired = [one for one in row.stopped.get("all", ()) if one["effect"] != "stop"]
    said = {"overruled": row.stopped["overruled"]} if "overruled" in row.stopped else {}
    return {"all": fired, **said} if fired or said else {}


def _key(row: RehabSession) -> SessionKey:
    return (row.item, row.service_date, row.slot)


def _refuse_others(unit: Unit, row: RehabSession) -> None:
    if row.author != unit.actor.rid:
        unit.require(Right.CORRECT_RECORDS)
