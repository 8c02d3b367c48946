"""Times of sync as a person reads them: 14:03 today, 11-23 14:03 otherwise."""

from __future__ import annotations

from datetime import datetime

from app.core.clock import local
from ui.kit.view import Bench


def short(bench: Bench, instant: datetime | None, *, seconds: bool = False) -> str:
    """An instant by the institution's clock; empty for none."""
    if instant is None:
        return ""
    zone = bench.station.settings.zone
    here, now = local(zone, instant), local(zone, bench.desk.clock.now())
    time = f"{here:%H:%M:%S}" if seconds else f"{here:%H:%M}"
    if here.date() == now.date():
        return time
    return f"{here:%m-%d} {time}" if here.year == now.year else f"{here:%Y-%m-%d} {time}"
