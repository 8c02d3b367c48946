"""Windows of time of one resident, stays and absences: they never overlap, and each day is the institution's day.

24:00 belongs to the day it ends, 00:00 to the day it begins, though both can be one instant. A window holds its
beginning and not its end, so two may touch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.residents.rules.folding import squeeze
from app.residents.rules.wrong import Wrong

DAY_MINUTES = 24 * 60
_TIME = re.compile(r"(\d{1,2}):?(\d{2})")


@dataclass(frozen=True)
class When:
    """A time as people say it: the institution's day and minutes after its midnight, 0 to 1440 (24:00)."""

    day: date
    minute: int

    def instant(self, zone: str) -> datetime:
        """The instant on the institution's wall clock; in an hour that comes twice, the first."""
        day, minute = self.day, self.minute
        if minute == DAY_MINUTES:
            day, minute = day + timedelta(days=1), 0
        wall = datetime.combine(day, time(minute // 60, minute % 60), ZoneInfo(zone))
        return wall.astimezone(UTC)


@dataclass(frozen=True)
class Window:
    """From an instant to another, or until now; `words` name it in a refusal."""

    begins: datetime
    ends: datetime | None
    words: str = ""


@dataclass(frozen=True)
class Span:
    """The days of a stay; `ends` empty while it lasts."""

    begins: date
    ends: date | None = None
    death: bool = False


def read_time(text: str) -> int:
    """`8:05`, `0805`, `24:00` as minutes after midnight."""
    found = _TIME.fullmatch(squeeze(text).replace("：", ":").replace("点", ":").removesuffix("分"))
    if found is None or int(found[2]) > 59 or int(found[1]) * 60 + int(found[2]) > DAY_MINUTES:
        raise Wrong("时间请写成 08:30 这样，00:00 到 24:00")
    return int(found[1]) * 60 + int(found[2])


def first_day(moment: datetime, zone: str) -> date:
    """The day a window that begins then begins on: midnight is the new day."""
    return moment.astimezone(ZoneInfo(zone)).date()


def last_day(moment: datetime, zone: str) -> date:
    """The day a window that ends then ends on: midnight is the old day's 24:00."""
    return (moment - timedelta(milliseconds=1)).astimezone(ZoneInfo(zone)).date()


def overlap(one: Window, other: Window) -> bool:
    """Whether two windows have time in common. Touching is none; an empty window inside another has."""
    return (other.ends is None or one.begins < other.ends) and (one.ends is None or other.begins < one.ends)


def check_window(fresh: Window, others: Iterable[Window], now: datetime) -> None:
    """Refuse a window that begins or ends in the future, ends before it begins, or overlaps another."""
    if fresh.begins > now:
        raise Wrong("离开的时间在现在之后，请核对")
    if fresh.ends is not None and fresh.ends > now:
        raise Wrong("回来的时间在现在之后，请核对")
    if fresh.ends is not None and fresh.ends < fresh.begins:
        raise Wrong("回来的时间早于离开的时间，请核对")
    for other in others:
        if overlap(fresh, other):
            raise Wrong(f"与{other.words}的时间重叠，请核对")


def check_span(fresh: Span, others: Iterable[Span], today: date) -> None:
    """Refuse a stay in the future, one that ends before it begins, overlaps another, or follows a death."""
    if fresh.begins > today:
        raise Wrong(f"入住日期 {fresh.begins.isoformat()} 在今天之后")
    if fresh.ends is not None and fresh.ends > today:
        raise Wrong(f"退住日期 {fresh.ends.isoformat()} 在今天之后")
    if fresh.ends is not None and fresh.ends < fresh.begins:
        raise Wrong(f"退住日期早于入住日期 {fresh.begins.isoformat()}")
    for other in others:
        if other.death and _outlasts(fresh, other):
            raise Wrong("这位老人已登记去世，不能再入住")
        if fresh.death and _outlasts(other, fresh):
            raise Wrong("之后还有入住记录，不能登记为去世")
        if _share_days(fresh, other):
            until = other.ends.isoformat() if other.ends else "现在"
            raise Wrong(f"与另一次入住（{other.begins.isoformat()} 至 {until}）重叠")


def check_inside(window: Window, span: Span, zone: str) -> None:
    """Refuse an absence that begins before the stay it belongs to, or ends after it."""
    if first_day(window.begins, zone) < span.begins:
        raise Wrong(f"离开的时间早于入住日期 {span.begins.isoformat()}")
    if span.ends is None:
        return
    if window.ends is None:
        raise Wrong(f"已于 {span.ends.isoformat()} 退住，请写明回来或退住的时间")
    if window.ends > window.begins and last_day(window.ends, zone) > span.ends:
        raise Wrong(f"回来的时间晚于退住日期 {span.ends.isoformat()}")
    if first_day(window.begins, zone) > span.ends and last_day(window.begins, zone) > span.ends:
        raise Wrong(f"离开的时间晚于退住日期 {span.ends.isoformat()}")


def _outlasts(one: Span, other: Span) -> bool:
    """Whether a stay goes on after another's last day."""
    return other.ends is not None and (one.ends is None or one.ends > other.ends)


def _share_days(one: Span, other: Span) -> bool:
    """A stay may begin on the day another ended."""
    return (other.ends is None or one.begins < other.ends) and (one.ends is None or other.begins < one.ends)
