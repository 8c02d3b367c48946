"""Referrals that wait: an answer, an approval, consent, the arrival, the bed, the return; each to whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from app.core.clock import local
from app.core.roles import Right
from app.referrals.queries.list import open_lines
from app.referrals.queries.work import to_be_told
from app.referrals.rules.waiting import LATE, RED, TOLD, Wait, What, span
from app.today.glance import Glance
from app.today.tiles import Tile, Todo, Way

RANK_TOLD, RANK_LATE, RANK_OPEN = 60, 110, 210
MOST = 6
"""So many by name; their list has them all."""
_ICON = "ambulance"
_BADGES = {
    What.ANSWER: "待回复",
    What.APPROVAL: "待审批",
    What.CONSENT: "待补签",
    What.ARRIVAL: "待登记到达",
    What.BED: "留床",
    What.RETURN: "待登记回转",
}


def tile(glance: Glance) -> Tile | None:
    """For whoever works on referrals or approves them: those that are open, and how many are late."""
    if not _concerned(glance):
        return None
    opened = open_lines(glance)
    late = sum(one.late >= LATE for one in opened)
    outside = sum(one.status.outside and not one.back for one in opened)
    note = f"{late} 份有超时事项" if late else f"{outside} 位在外" if outside else "没有人在外"
    return Tile("referrals", _ICON, "进行中转诊", str(len(opened)), note, Way("referrals"), urgent=bool(late))


def todos(glance: Glance) -> Iterator[Todo]:
    """What waits for this person; an answer that is very late stands above all else."""
    for place, one in enumerate(to_be_told(glance)[:MOST] if _concerned(glance) else ()):
        late = one.late
        rank = (RANK_TOLD if late >= TOLD else RANK_LATE if late >= LATE else RANK_OPEN) + place
        tone = "danger" if late >= RED else "orange" if late >= LATE else "warn"
        line, wait = one.line, one.wait
        yield Todo(
            rank,
            _when(glance, wait),
            f"{line.name} 转诊{line.status.words}",
            f"{line.number} {line.partner_words}".strip() + f" · {wait.words(glance.now)}",
            _BADGES.get(wait.what, wait.what.words),
            tone,
            Way("referral-follow", {"referral": line.rid, "back": ("today", {})}),
            _ICON,
        )


def _concerned(glance: Glance) -> bool:
    return glance.actor.may(Right.REFER) or glance.actor.may(Right.APPROVE_REFERRALS)


def _when(glance: Glance, wait: Wait) -> str:
    """超时 6 分钟, 14:04 前, 11-25 前; 今天 of what only waits."""
    if wait.by is None:
        return f"{wait.on:%m-%d}" if wait.on is not None else "今天"
    if wait.by <= glance.now:
        minutes = (glance.now - wait.by) // timedelta(minutes=1)
        return f"超时 {minutes} 分钟" if minutes < 60 else f"超时 {span(timedelta(hours=minutes // 60))}"
    shown = local(glance.settings.zone, wait.by)
    return f"{shown:%H:%M} 前" if shown.date() == glance.today else f"{shown:%m-%d} 前"
