"""Family-doctor contracts and home beds that wait: to be renewed, services behind, rounds late, applications."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.roles import Right
from app.referrals.contracts.asking import waiting
from app.referrals.home_beds import HomeBeds
from app.referrals.home_beds.asking import home_beds
from app.today.glance import Glance
from app.today.tiles import Todo, Way

RANK_ROUND, RANK_BED, RANK_RENEW, RANK_BEHIND = 335, 355, 430, 440
MOST = 3
"""Late rounds by name; their list has them all."""


def todos(glance: Glance) -> Iterator[Todo]:
    """For whoever keeps them; late rounds by name, the rest as numbers."""
    if not glance.actor.may(Right.KEEP_CONTRACTS):
        return
    late = home_beds(glance, HomeBeds("late"))
    for place, line in enumerate(late.lines[:MOST]):
        if line.due is not None:
            when = f"迟 {line.due.late} 天"
            words = f"应在 {line.due.on:%m-%d} 前查床，责任医师 {line.doctor}"
            way = Way("home-beds", {"home_bed": line.seen.rid})
            yield Todo(
                RANK_ROUND + place,
                when,
                f"{line.name} 家庭病床查床",
                words,
                "查床迟",
                "danger",
                way,
                "stethoscope",
            )
    for key, title, badge in (
        ("applied", "家庭病床待评估", "待评估"),
        ("ending", "家庭病床周期将满", "将到期"),
    ):
        if count := late.counts[key]:
            way = Way("home-beds", {"view": key})
            yield Todo(RANK_BED, f"{count} 张", title, "续床、撤床或评估", badge, "warn", way, "bed-single")
    due, behind = waiting(glance)
    for key, whose, (title, badge), rank in (
        ("due", due, ("家庭医生签约待续签", "待续签"), RANK_RENEW),
        ("behind", behind, ("签约服务落后", "落后"), RANK_BEHIND),
    ):
        if whose:
            way = Way("contracts", {"view": key})
            yield Todo(
                rank, f"{len(whose)} 人", title, "按签约的服务项目和进度", badge, "warn", way, "file-check"
            )
