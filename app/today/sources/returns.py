"""Who came back from hospital: returns nobody recorded, assessments to be done, papers to be asked for."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.clock import local
from app.core.roles import Right
from app.referrals.coming_back.listing import OpenReturn
from app.referrals.rules.returning import span_words
from app.today.glance import Glance
from app.today.tiles import Tile, Todo, Way

RANK_LATE, RANK_OPEN, RANK_PAPERS = 90, 190, 240
MOST = 6
"""So many by name; their list has them all."""


def tile(glance: Glance) -> Tile | None:
    """返院评估; nothing while nobody is to be assessed."""
    if not glance.actor.may(Right.REFER):
        return None
    waiting = [one for one in glance.returns if one.row is None or one.row.assessed_at is None]
    if not waiting:
        return None
    late = sum(one.row is not None and one.row.late for one in waiting)
    bare = sum(one.row is None for one in waiting)
    note = f"{late} 位有超时项目" if late else f"{bare} 位返院未登记" if bare else "返院 24 小时内完成"
    urgent = bool(late or bare)
    return Tile("returns", "house", "返院评估", str(len(waiting)), note, Way("returns"), urgent=urgent)


def todos(glance: Glance) -> Iterator[Todo]:
    if not glance.actor.may(Right.REFER):
        return
    for place, one in enumerate(glance.returns[:MOST]):
        way = {"resident": one.resident, "back": ("today", {})}
        if one.row is not None:
            way["record"] = one.row.rid
        yield from _todo(glance, one, place, Way("referral-return", way))


def _todo(glance: Glance, one: OpenReturn, place: int, way: Way) -> Iterator[Todo]:
    row = one.row
    came = f"{local(glance.settings.zone, one.at):%m-%d %H:%M} 返院"
    if row is None:
        if one.referral is not None:
            return  # told among the referrals
        words = " · ".join(part for part in (one.bed, came, one.hospital) if part)
        title = f"{one.name} 返院未登记"
        yield Todo(RANK_LATE + place, "返院未登记", title, words, "未登记", "danger", way, "house")
    elif row.assessed_at is None and row.due is not None:
        waiting = _some([item.label for item in row.waiting], 4, "项") or "各项已完成，待确认"
        badge, tone = ("超时", "danger") if row.late else ("返院评估", "warn")
        rank = (RANK_LATE if row.late else RANK_OPEN) + place
        when = span_words(row.due, glance.now, short=True)
        yield Todo(rank, when, f"{one.name} 返院评估", f"{came} · {waiting}", badge, tone, way, "house")
    elif row.chase is not None and row.chase.on <= glance.today:
        lacking = _some([paper.label for paper in row.owed], 3, "份")
        when = f"{row.chase.on:%m-%d} 应追要" if row.chase.late else "今天追要"
        badge, tone = ("逾期", "orange") if row.chase.late else ("追资料", "warn")
        yield Todo(RANK_PAPERS + place, when, f"{one.name} 回转资料", lacking, badge, tone, way, "file-text")


def _some(words: list[str], most: int, unit: str) -> str:
    """The first of them, and how many there are in all."""
    more = f"等 {len(words)} {unit}" if len(words) > most else ""
    return f"{'、'.join(words[:most])}{more}"
