"""Criteria as tiles, what to take along, the urgency proposed: what the chart offers for a person to tick."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.core.clock import local
from app.referrals.criteria import book
from app.referrals.filling.filled import Criterion, Medicine, Person
from app.referrals.filling.measured import Measured
from app.referrals.filling.medicines import Taken
from app.referrals.filling.standing import Holds
from app.referrals.rules.chart_facts import Facts
from app.referrals.rules.conditions import Found
from app.referrals.rules.criteria import Met, met, running, soonest
from app.referrals.rules.trend import moment_words

_LIMITS = ("≥", "<", "不良事件", "Ⅲ")
_HINTS = {"oxygen": "未记录吸氧，吸氧后复测", "again": "处理后复测", "never": "请核对症状"}
"""What is said of one that is met and not ticked: what is still to be looked at."""


def facts_of(taken: Measured, held: Holds, medicines: Taken, now: datetime) -> Facts:
    """What criteria are held against."""
    return Facts(
        now=now,
        measures=taken.measures,
        scores=taken.scores,
        events=tuple(held.events),
        wounds=tuple(held.wounds),
        flags=medicines.flags,
        stopped=medicines.stopped,
        usual=taken.profile.consciousness,
        scale2=taken.profile.spo2_scale == 2,
    )


def criteria_of(facts: Facts, zone: str) -> tuple[Criterion, ...]:
    """Every criterion: those the chart meets first."""
    return tuple(_criterion(one, facts.now, zone) for one in met(facts, book().up))


def _criterion(one: Met, now: datetime, zone: str) -> Criterion:
    rule, found = one.rule, one.found
    since = found.since if found is not None else None
    clocks = running(rule.windows, since, now)
    left = next((clock for clock in clocks if not clock.over), None)
    return Criterion(
        code=rule.code,
        words=rule.words,
        title=rule.title,
        value=found.value if found is not None else "",
        detail=_detail(found, one, now, zone) if found is not None else rule.words,
        kind=rule.kind,
        red=rule.red,
        cause=rule.code,
        met=found is not None,
        ticked=one.ticked,
        at=found.at if found is not None else None,
        since=since,
        until=left.until if left is not None else None,
        clock="、".join(f"{window.words} {window_words(window.minutes)}" for window in rule.windows),
        asks=rule.asks,
        record=found.record if found is not None else None,
        source=found.source if found is not None else "",
        told=_told(found) if found is not None else "",
        windows=rule.windows,
        thinks=rule.thinks,
        alone=rule.alone,
        asks_for=rule.asks_for,
        department=rule.department,
    )


def window_words(minutes: int) -> str:
    """`15 分钟`, `4.5 小时`."""
    return f"{minutes} 分钟" if minutes < 60 else f"{minutes / 60:g} 小时"


def _told(found: Found) -> str:
    """What a text adds to the value: not the limit, which the reader knows."""
    why = "" if found.why.startswith(_LIMITS) else found.why
    return "；".join(part for part in (why, found.more) if part)


def _detail(found: Found, one: Met, now: datetime, zone: str) -> str:
    """`≥ 7 · 13:46`, `吸氧 3 L/min · 13:10 起 · 新出现`."""
    here = local(zone, now)
    hint = "" if one.ticked else _HINTS["never" if found.asked else one.rule.ticks]
    when = (
        f"{moment_words(local(zone, found.since), here)} 起"
        if found.since is not None and found.since != found.at
        else moment_words(local(zone, found.at), here)
    )
    return " · ".join(part for part in (found.why, found.more, when, hint) if part)


def urgency_of(criteria: Iterable[Criterion]) -> tuple[str, str, str]:
    """Proposed from what is ticked: how soon, the cause (a named one before a score), the department."""
    ticked = [one for one in criteria if one.ticked]
    if not ticked:
        return "h48", "", ""
    urgency = soonest(one.kind for one in ticked)
    first = next((one for one in ticked if one.kind == urgency and not one.alone), None) or next(
        one for one in ticked if one.kind == urgency
    )
    return urgency, first.cause, first.department


def belongings_of(person: Person, medicines: Iterable[Medicine], held: Holds) -> tuple[str, ...]:
    """What usually goes along with this person."""
    taken = [one for one in medicines if not one.over]
    stoma = any(one.short in ("肠造口", "膀胱造瘘管") for one in held.of("tube"))
    true = {
        "": True,
        "insured": bool(person.insurance),
        "medicines": bool(taken),
        "own_supply": any(one.own_supply for one in taken),
        "insulin": any(one.is_("insulin") for one in taken),
        "stoma": stoma,
        "phone": bool(person.phone),
    }
    return tuple(one.words for one in book().belongings if true.get(one.when, False))
