"""Rehab of the day: sessions that are still to be held, plans to be reviewed or signed, missed sessions that wait."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.clock import local
from app.core.roles import Right
from app.rehab.derived import derive
from app.rehab.queries.missed import MissedSessions, missed_sessions
from app.rehab.queries.open_sessions import still_open
from app.rehab.queries.reviews import Reviews, reviews
from app.rehab.queries.unsigned import Unsigned, unsigned
from app.today.glance import Glance
from app.today.tiles import Tile, Todo, Way

RANK_EVENT, RANK_SIGN, RANK_REVIEW, RANK_MISSED = 160, 340, 345, 360
MOST = 4
"""So many by name; their worklist has them all."""
_ICON = "accessibility"


def tile(glance: Glance) -> Tile | None:
    """For whoever trains: sessions of today that are still to be held."""
    if not glance.actor.may(Right.TRAIN):
        return None
    held = [one for one in derive(glance, None, (glance.today,)) if not one.tentative]
    waiting = [one for one in held if still_open(one)]
    done = sum(one.state.held for one in held)
    mine = sum(one.planned.therapist == glance.actor.rid for one in waiting)
    note = f"我的 {mine} 次，已完成 {done} 次" if held else "今天没有安排训练"
    return Tile("rehab", _ICON, "今日训练", str(len(waiting)), note, Way("rehab-session"))


def todos(glance: Glance) -> Iterator[Todo]:
    """As far as this person may act on it."""
    actor = glance.actor
    if actor.may(Right.PLAN_REHAB):
        yield from _reviews(glance)
        yield from _unsigned(glance)
    if actor.may(Right.SCHEDULE_REHAB) and (missed := missed_sessions(glance, MissedSessions())):
        said = "两周内没有训练，还没有补训或说明"
        way = Way("rehab-work", {"view": "missed"})
        yield Todo(RANK_MISSED, f"{len(missed)} 次", "训练缺次待处理", said, "缺次", "warn", way, _ICON)


def _reviews(glance: Glance) -> Iterator[Todo]:
    for place, row in enumerate(reviews(glance, Reviews())[:MOST]):
        rank = (RANK_EVENT if row.event else RANK_REVIEW) + place
        when = "待复评" if row.event else f"{row.due_on:%m-%d}"
        tone = "danger" if row.event else "orange" if row.overdue else "neutral"
        way = Way("rehab", {"resident": row.resident})
        yield Todo(rank, when, f"{row.name} 康复复评", row.words, "康复复评", tone, way, _ICON)


def _unsigned(glance: Glance) -> Iterator[Todo]:
    for place, row in enumerate(unsigned(glance, Unsigned())[:MOST]):
        since = f"{local(glance.settings.zone, row.drawn_up):%m-%d}"
        words = "家属不同意，待沟通" if row.refused else f"还缺{'、'.join(row.missing)}"
        way = Way("rehab-plan", {"plan": row.plan.rid, "act": "sign"})
        yield Todo(RANK_SIGN + place, since, f"{row.name} 康复计划待签", words, "待签", "warn", way, _ICON)
