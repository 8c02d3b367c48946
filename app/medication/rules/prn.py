"""Limits of a medicine that is given when needed: the time since the last dose, and the most in 24 hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(hours=24)


@dataclass(frozen=True)
class PrnLimit:
    """`gap` since the last dose; `most` doses in any 24 hours. None: nothing was ordered."""

    gap: timedelta | None = None
    most: int | None = None


@dataclass(frozen=True)
class PrnNow:
    """Whether a dose may be given at an instant; else since when it may again, and why not now."""

    may: bool
    next_at: datetime | None = None
    why: str = ""
    in_24h: int = 0
    last: datetime | None = None


def prn_now(limit: PrnLimit, given: Iterable[datetime], now: datetime) -> PrnNow:
    """By the doses given so far, at this station and any other. A dose dated after now counts as given now."""
    times = sorted(given)
    lately = [at for at in times if at > now - DAY]
    last = times[-1] if times else None
    waits: list[tuple[datetime, str]] = []
    if limit.gap is not None and last is not None and now < last + limit.gap:
        waits.append((last + limit.gap, f"距上次不足{_span(limit.gap)}"))
    if limit.most is not None and len(lately) >= limit.most:
        free = lately[len(lately) - limit.most] + DAY
        waits.append((free, f"24小时内已给{len(lately)}次，最多{limit.most}次"))
    if not waits:
        return PrnNow(may=True, in_24h=len(lately), last=last)
    latest = max(waits)
    return PrnNow(False, latest[0], latest[1], len(lately), last)


def _span(gap: timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    return f"{minutes // 60}小时" if minutes % 60 == 0 else f"{minutes}分钟"
