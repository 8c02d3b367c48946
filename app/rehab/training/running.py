"""While a session goes on: values are noted, and a rule that fires, or the therapist, stops it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.access.names import author_names
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.rehab.lists.stops import stop_rules
from app.rehab.rules.sessions import SessionKey
from app.rehab.rules.stopping import STOP, Fired, Values, rule_words
from app.rehab.training.forms import PARTLY, STOPPED, check_why
from app.rehab.training.guarding import Guard, guard_of, kept_fired, stops
from app.rehab.training.values import NOTHING, check_values, kept, over, values_of
from app.rehab.training.writing import go_on, running_row, session_for
from app.residents.stating import Seen
from db.models import RehabSession

STOPPED_BY_RULE, STOPPED_BY_HAND = "触发停止规则", "中止训练"
NOTED = "训练中记录"


@dataclass(frozen=True)
class NoteDuring(Order["Noted"]):
    """Values while it goes on."""

    key: SessionKey
    values: Values


@dataclass(frozen=True)
class Noted:
    """`stopped`: a rule stopped the session, which is partly done from that moment; its form is still to be filled."""

    seen: Seen
    fired: tuple[Fired, ...]
    stopped: bool


@dataclass(frozen=True)
class StopSession(Order[Seen]):
    """The therapist stops it before its time. `why`: a reason of 部分; `rule`: the stop rule that was seen."""

    key: SessionKey
    why: str = STOPPED
    words: str = ""
    rule: str = ""


@performs(NoteDuring)
def note_during(unit: Unit, order: NoteDuring) -> Noted:
    """Refuses a session that does not go on, and no value at all."""
    unit.require(Right.TRAIN)
    row = _going_on(unit, order.key)
    check_values(order.values, "during")
    if order.values == NOTHING:
        raise Refusal("请填写至少一项。")
    guard = guard_for(unit, order.key)
    during = over(values_of(row.during), order.values)
    # what was noted before and has passed does not stop it again: only what is measured now is held against the rules
    found = guard.during(values_of(row.before), order.values)
    changes: dict[str, Any] = {"during": kept(during), "stopped": kept_fired(found, row.stopped)}
    if stops(found):
        changes |= stopped_at(row, unit.now)
    seen = go_on(unit, row, STOPPED_BY_RULE if stops(found) else NOTED, changes)
    return Noted(seen, found, stops(found))


@performs(StopSession)
def stop_session(unit: Unit, order: StopSession) -> Seen:
    """Refuses a session that does not go on, and no reason."""
    unit.require(Right.TRAIN)
    row = _going_on(unit, order.key)
    columns = check_why(PARTLY, order.why, order.words)
    rule = stop_rules().get(order.rule)
    found: tuple[Fired, ...] = ()
    if rule is not None:
        found = (
            Fired(rule.code, rule_words(rule, guard_for(unit, order.key).limits), STOP, advice=rule.advice),
        )
    changes = stopped_at(row, unit.now) | columns | {"stopped": kept_fired(found, row.stopped)}
    return go_on(unit, row, STOPPED_BY_HAND, changes)


def stopped_at(row: RehabSession, at: datetime) -> dict[str, Any]:
    """A session that ends before its time, at `at`."""
    return {
        "ended_at": at,
        "minutes": minutes_between(row.at, at),
        "attendance": PARTLY,
        "why": STOPPED,
        "why_words": "",
    }


def minutes_between(begun: datetime, ended: datetime) -> int:
    """Whole minutes, at least one."""
    return max(1, round((ended - begun).total_seconds() / 60))


def guard_for(unit: Unit, key: SessionKey) -> Guard:
    held = session_for(unit, key)
    return guard_of(held.plan, held.item)


def waits_for_form(row: RehabSession) -> bool:
    """Whether it was stopped and nobody has said yet how it went."""
    return row.ended_at is not None and row.reason in (STOPPED_BY_RULE, STOPPED_BY_HAND)


def _going_on(unit: Unit, key: SessionKey) -> RehabSession:
    row = running_row(unit, key)
    if row.ended_at is not None or row.attendance:
        who = author_names(unit).get(row.author) or "别的站点"
        raise Refusal(f"这次训练已由{who}结束。")
    return row
