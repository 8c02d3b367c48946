"""Service days: the day a moment is counted to, which begins when the night shift hands over and not at midnight."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta


def service_day(moment: datetime, begins: time) -> date:
    """The day of a moment on the institution's wall clock. 06:59 belongs to the day before where it begins at 07:00."""
    day = moment.date()
    return day if moment.time() >= begins else day - timedelta(days=1)
