"""Rounds of visiting doctors: today's, orders and referrals that came of them, signatures, the next to be planned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from app.core.clock import local
from app.core.roles import Right
from app.referrals.rounds import RoundLine, RoundWork, RoundWorkNow
from app.referrals.rounds.owed import round_work
from app.referrals.rules.rounds import RoundState
from app.today.glance import Glance
from app.today.tiles import Todo, Way

RANK_LATE, RANK_TODAY, RANK_REFER, RANK_WRITE, RANK_SIGN, RANK_DUE = 120, 150, 155, 170, 335, 350
MOST = 4
"""So many by name; their list has them all."""
_ICON = "stethoscope"


def todos(glance: Glance) -> Iterator[Todo]:
    """For whoever holds rounds."""
    if not glance.actor.may(Right.HOLD_ROUNDS):
        return
    work = round_work(glance, RoundWorkNow())
    yield from _today(glance, work)
    yield from _after(glance, work)
    for place, due in enumerate(one for one in work.due if one.wants_planning):
        words = f"每 {due.every} 天巡诊" + (f"，上次 {due.last:%m-%d}" if due.last else "，还没有巡诊记录")
        late = due.due.on < glance.today
        when = due.due.words(glance.today) if due.last or not late else "待安排"
        tone = "orange" if late else "warn"
        yield Todo(
            RANK_DUE + place,
            when,
            f"{due.partner_name}巡诊",
            words,
            "待安排",
            tone,
            Way("rounds"),
            "calendar",
        )


def _today(glance: Glance, work: RoundWork) -> Iterator[Todo]:
    for line in work.today:
        going = line.state is RoundState.GOING_ON
        words = f"已看 {line.visits}/{line.people} 位" if going else f"名单 {line.people} 位"
        when = f"{local(glance.settings.zone, line.at):%H:%M}"
        badge, tone = ("巡诊中", "warn") if going else ("今天巡诊", "info")
        yield Todo(
            RANK_TODAY, when, f"{line.doctor}巡诊", _words(line, words), badge, tone, _way(line), _ICON
        )
    for line in work.late[:MOST]:
        words = _words(line, f"名单 {line.people} 位")
        yield Todo(
            RANK_LATE, _day(line.on), f"{line.doctor}巡诊未登记", words, "未登记", "danger", _way(line), _ICON
        )


def _after(glance: Glance, work: RoundWork) -> Iterator[Todo]:
    """What a doctor said and nobody did yet."""
    for one in work.to_refer[:MOST]:
        at = _day(local(glance.settings.zone, one.at).date())
        way = Way("referral", {"resident": one.resident, "back": ("today", {})})
        words = f"{one.said_by}：{one.words}"
        yield Todo(RANK_REFER, at, f"{one.name} 建议转诊", words, "建议转诊", "orange", way, "ambulance")
    orders = Way("rounds", {"view": "orders"})
    each = [list(rows) for _rid, rows in groupby(work.to_write, key=lambda one: one.resident)]
    for rows in each[:MOST]:
        first = rows[0]
        at = _day(local(glance.settings.zone, first.at).date())
        words = "；".join(one.words for one in rows)
        title = f"{first.name} 巡诊用药待转医嘱"
        yield Todo(RANK_WRITE, at, title, words, "待转医嘱", "warn", orders, "pill")
    if len(each) > MOST:
        words = f"还有 {len(each) - MOST} 位老人的用药调整待转医嘱"
        yield Todo(RANK_WRITE + 1, "", "巡诊用药待转医嘱", words, "待转医嘱", "warn", orders, "pill")
    for line in work.unsigned[:MOST]:
        lacking = f"{line.unsigned} 位待医师签" if line.unsigned else f"{line.uncosigned} 位待护士签"
        title = f"{line.doctor}巡诊记录待签"
        yield Todo(RANK_SIGN, _day(line.on), title, _words(line, lacking), "待签", "warn", _way(line), _ICON)


def _words(line: RoundLine, said: str) -> str:
    return " · ".join(part for part in (line.partner, f"{line.way_words}巡诊", said) if part)


def _way(line: RoundLine) -> Way:
    params: dict[str, Any] = {"round": line.seen.rid}
    return Way("rounds", params)


def _day(day: date) -> str:
    return f"{day:%m-%d}"
