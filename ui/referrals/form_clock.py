"""Times in a referral's form: as the wall clock has them, and how long something lasts or may still wait."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.clock import local
from app.core.form_times import read_moment


def clock_words(since: datetime | None, until: datetime | None, now: datetime) -> str:
    """`已 36 分`, or what is left of a window: `剩 2 时 10 分`; empty while nobody knows since when."""
    if until is not None:
        left = until - now
        return f"剩 {span_words(left)}" if left > timedelta(0) else "时间窗已过"
    return f"已 {span_words(now - since)}" if since is not None and since <= now else ""


def span_words(span: timedelta) -> str:
    """`36 分`, `2 时 10 分`, `3 天`."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} 分"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} 时 {rest} 分" if rest and hours < 10 else f"{hours} 时"
    return f"{hours // 24} 天"


def moment_of(said: str, zone: str) -> datetime | None:
    """A kept moment (`2026-11-24 13:10`) as an instant; None if it is none."""
    kept = read_moment(said, None)
    if kept is None:
        return None
    return datetime.strptime(kept, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def wall(zone: str, at: datetime, today: date) -> str:
    """`13:54`; of another day `11-23 22:10`."""
    there = local(zone, at)
    return f"{there:%H:%M}" if there.date() == today else f"{there:%m-%d %H:%M}"
