"""Reads when something was measured, as it is typed: 8:30, 0830, 11-23 22:00, 24:00 of a day."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from app.vitals.rules.wrong import Wrong

_SHAPE = re.compile(
    r"(?:(?:(?P<year>\d{4})[-./年])?(?P<month>\d{1,2})[-./月](?P<day>\d{1,2})日?\s+)?"
    r"(?P<hour>\d{1,2})(?::|时|点)?(?P<minute>\d{2})分?"
)
_SENTENCE = "时间请按 08:30 或 11-23 22:00 这样填写。"


def read_moment(text: str, now: datetime) -> datetime:
    """A typed time in the zone of `now`: today's without a date, 24:00 the midnight at the end of the day.

    A date without a year is the last one that is not still to come. Refuses (Wrong) what is none.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _SHAPE.fullmatch(plain)
    if found is None:
        raise Wrong(_SENTENCE)
    hour, minute = int(found["hour"]), int(found["minute"])
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise Wrong(_SENTENCE)
    day = _day(found, now.date())
    if hour == 24:
        day, hour = day + timedelta(days=1), 0
    return datetime.combine(day, time(hour, minute), now.tzinfo)


def moment_words(at: datetime, now: datetime) -> str:
    """As `read_moment` reads it again: the year only where it is another one."""
    return f"{at:%m-%d %H:%M}" if at.year == now.year else f"{at:%Y-%m-%d %H:%M}"


def _day(found: re.Match[str], today: date) -> date:
    if found["day"] is None:
        return today
    try:
        if found["year"] is not None:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        day = date(today.year, int(found["month"]), int(found["day"]))
        return day if day <= today else day.replace(year=today.year - 1)
    except ValueError as wrong:
        raise Wrong("没有这一天，请核对日期。") from wrong
