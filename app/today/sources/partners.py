"""Agreements with partners and the station's own papers that run out, for whoever keeps them."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.roles import Right
from app.referrals.partners import Expiring, ExpiringRow
from app.referrals.partners.expiring import expiring
from app.today.glance import Glance
from app.today.tiles import Todo, Way

RANK_OVER, RANK_SOON = 330, 420
MOST = 3
"""So many by name; the place of partners has them all."""


def todos(glance: Glance) -> Iterator[Todo]:
    """The first few by name, the rest as one line."""
    if not glance.actor.may(Right.KEEP_PARTNERS):
        return
    rows = expiring(glance, Expiring())
    for place, row in enumerate(rows[:MOST]):
        rank = (RANK_OVER if row.over else RANK_SOON) + place
        tone = "danger" if row.over else "warn"
        badge = "已过期" if row.over else "将到期"
        yield Todo(rank, f"{row.ends:%m-%d}", row.title, _words(row), badge, tone, _way(row), "file-check")
    if len(rows) > MOST:
        rest = f"还有 {len(rows) - MOST} 份协议、备案过期或将到期"
        way = Way("partners")
        yield Todo(RANK_SOON + MOST, "", "协议与备案到期", rest, "将到期", "warn", way, "file-check")


def _words(row: ExpiringRow) -> str:
    return " · ".join(part for part in (row.whose, row.stands.days) if part)


def _way(row: ExpiringRow) -> Way:
    if row.partner is None:
        return Way("partners", {"licence": row.rid})
    return Way("partners", {"partner": row.partner})
