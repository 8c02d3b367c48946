"""How a score moved within a day, in words: 由 3 升到 16（6 小时）."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.referrals.rules.chart_facts import Scored

DAY = timedelta(hours=24)


def before_of(scores: Sequence[Scored]) -> Scored | None:
    """The score of the day before the newest one to compare it with: the lowest where it rose, the highest where it
    fell, the earliest where it stayed; of several alike the last one."""
    ordered = sorted(scores, key=lambda one: one.at)
    if not ordered:
        return None
    now = ordered[-1]
    earlier = [one for one in ordered[:-1] if now.at - one.at <= DAY]
    if not earlier:
        return None
    low = min(one.total for one in earlier)
    high = max(one.total for one in earlier)
    if now.total > low:
        return max((one for one in earlier if one.total == low), key=lambda one: one.at)
    if now.total < high:
        return max((one for one in earlier if one.total == high), key=lambda one: one.at)
    return earlier[0]


def trend_words(scores: Sequence[Scored]) -> str:
    """Empty with one score only."""
    before = before_of(scores)
    if before is None:
        return ""
    ordered = sorted(scores, key=lambda one: one.at)
    now = ordered[-1]
    took = span_words(now.at - before.at)
    if now.total == before.total:
        return f"{took}内均为 {now.total}"
    way = "升到" if now.total > before.total else "降到"
    peak = max(one.total for one in ordered if now.at - one.at <= DAY)
    most = f"，最高 {peak}" if now.total > before.total and peak > now.total else ""
    return f"由 {before.total} {way} {now.total}（{took}{most}）"


def span_words(span: timedelta) -> str:
    """`40 分钟`, `6 小时`: hours are rounded from an hour and a half on."""
    minutes = int(span.total_seconds() // 60)
    return f"{minutes} 分钟" if minutes < 90 else f"{round(minutes / 60)} 小时"


def moment_words(at: datetime, now: datetime) -> str:
    """`13:46` of the same day, `11-13 18:00`, with the year where it is another; both by the same wall clock."""
    if at.date() == now.date():
        return f"{at:%H:%M}"
    return f"{at:%m-%d %H:%M}" if at.year == now.year else f"{at:%Y-%m-%d %H:%M}"
