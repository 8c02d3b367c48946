"""What waits for the district platform; without a platform nothing is said."""

from __future__ import annotations

from sqlalchemy import func, select

from app.core.roles import Right
from app.core.unit import Reader
from app.today.tiles import Tile, Way
from db.models import Outbox

_ASIDE = ("quarantined", "conflict")


def tile(reader: Reader) -> Tile | None:
    platform = reader.settings.platform_address or reader.environ.get("CARESTATION_PLATFORM", "")
    if not platform or not reader.actor.may(Right.SYNC):
        return None
    counted = reader.session.execute(
        select(Outbox.state, func.count()).where(Outbox.state != "acked").group_by(Outbox.state)
    )
    by_state: dict[str, int] = {row[0]: row[1] for row in counted}
    aside = sum(by_state.get(state, 0) for state in _ASIDE)
    note = f"{aside} 条要人处理" if aside else "都在排队，会自己上传"
    return Tile(
        "outbox", "cloud-upload", "待上传", str(sum(by_state.values())), note, Way("sync"), urgent=bool(aside)
    )
