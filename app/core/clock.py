"""The only place where time comes from: instants in UTC milliseconds, dates in the institution's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Where time comes from. `offset_ms` is this PC's clock minus the platform's; None means unmeasured."""

    @property
    def offset_ms(self) -> int | None: ...

    def now(self) -> datetime: ...


class SystemClock:
    """The PC's clock, cut to milliseconds, always aware UTC."""

    offset_ms: int | None = None

    def now(self) -> datetime:
        return to_milliseconds(datetime.now(UTC))


class SetClock:
    """A clock that stands where it was put: for the demo institution and for tests."""

    offset_ms: int | None = None

    def __init__(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("an instant without a zone")
        self._moment = to_milliseconds(moment.astimezone(UTC))

    def now(self) -> datetime:
        return self._moment

    def put(self, moment: datetime) -> None:
        self._moment = to_milliseconds(moment.astimezone(UTC))

    def forward(self, step: timedelta) -> None:
        self._moment += step


def to_milliseconds(moment: datetime) -> datetime:
    """Cut an instant to whole milliseconds, the precision everything is kept in."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def date_in(zone: str, moment: datetime) -> date:
    """The institution's date at an instant; `zone` is an IANA name such as Asia/Shanghai."""
    return moment.astimezone(ZoneInfo(zone)).date()


def local(zone: str, moment: datetime) -> datetime:
    """An instant as the institution's wall clock shows it."""
    return moment.astimezone(ZoneInfo(zone))
