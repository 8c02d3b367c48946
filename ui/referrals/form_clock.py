"""Times in a referral's form: as the wall clock has them, and how long something lasts or may still wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.clock import local
from app.core.form_times import read_moment
from app.referrals.filling import Window, running

_DEADLINE = 60
"""A shorter window is no deadline of a treatment: it says for how long something has to last to count."""


def clock_words(since: datetime | None, windows: Iterable[Window], now: datetime) -> str:
    """`静脉溶栓剩 2 时 10 分` while a window is open, else `已 36 分`; empty while nobody knows since when."""
    if since is None or since > now:
        return ""
    closing = [one for one in windows if one.minutes >= _DEADLINE]
    open_now = next((one for one in running(closing, since, now) if not one.over), None)
    if open_now is not None:
        return f"{open_now.words}剩 {span_words(timedelta(minutes=open_now.left))}"
    return f"已 {span_words(now - since)}"


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


def moment(said: str) -> datetime | None:
    """An instant as a draft keeps it; None where nobody said."""
    return datetime.fromisoformat(said) if said else None


def wall(zone: str, at: datetime, today: date) -> str:
    """`13:54`; of another day `11-23 22:10`."""
    there = local(zone, at)
    return f"{there:%H:%M}" if there.date() == today else f"{there:%m-%d %H:%M}"
