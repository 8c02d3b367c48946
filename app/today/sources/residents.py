"""Who is in the house, and how full it is."""

from __future__ import annotations

from sqlalchemy import func, select

from app.core.roles import Right
from app.core.unit import Reader
from app.today.tiles import Tile, Way
from db.models import Place, ResidentSearch, Stay


def tile(reader: Reader) -> Tile | None:
    if not reader.actor.may(Right.READ_RESIDENTS):
        return None
    session = reader.session
    here = session.scalar(
        select(func.count()).select_from(ResidentSearch).where(ResidentSearch.status == "in")
    )
    beds = session.scalar(select(func.count()).select_from(Place).where(Place.kind == "bed")) or 0
    taken = session.scalar(
        select(func.count())
        .select_from(Stay)
        .where(Stay.current, Stay.ends.is_(None), Stay.bed.is_not(None), Stay.state != "retracted")
    )
    free = beds - (taken or 0)
    note = f"空床 {free} · 入住率 {(beds - free) / beds:.1%}" if beds else "还没有登记床位"
    return Tile("residents", "users-round", "在住老人", str(here or 0), note, Way("residents"))
