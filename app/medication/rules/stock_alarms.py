"""What a shelf warns of: below nothing, expired, opened too long ago, not enough for today, near its expiry, low."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from app.medication.rules.shelf import NOTHING, Shelf

_ROUNDING = 0.0001
"""Four tablets of one a week last 28 days, though a seventh is no decimal."""


D = TypeVar("D", date, str)


class AlarmKind(StrEnum):
    """What a shelf warns of, the gravest first."""

    NEGATIVE = "negative"
    EXPIRED = "expired"
    OPENED = "opened"
    MISSING = "missing"
    NEAR = "near"
    LOW = "low"


_SAID = {
    AlarmKind.NEGATIVE: ("账面为负", "danger"),
    AlarmKind.EXPIRED: ("已过期", "danger"),
    AlarmKind.OPENED: ("开封超期", "danger"),
    AlarmKind.MISSING: ("不够今天", "orange"),
}
GRAVE = frozenset(_SAID)
"""Those somebody has to see to today."""


@dataclass(frozen=True)
class Alarm:
    """`tone` is a tone of the screens; `words` as few as a tag holds."""

    kind: AlarmKind
    words: str
    tone: str

    @property
    def grave(self) -> bool:
        return self.kind in GRAVE


@dataclass(frozen=True)
class Warnings:
    """From when on a shelf warns: days of use left, months until a lot expires with the tone each gives."""

    low_days: int
    near: tuple[tuple[int, str], ...]  # months, tone; the fewest first


@dataclass(frozen=True)
class Use:
    """What running orders take: today still, and on an ordinary day."""

    today: Decimal = NOTHING
    daily: Decimal = NOTHING

    @classmethod
    def of(cls, today: float, daily: float) -> Use:
        return cls(Decimal(str(round(today, 4))), Decimal(str(daily)))


def days_left(balance: Decimal, use: Use) -> int | None:
    """How many whole days the balance lasts; None where nothing is used regularly."""
    return None if use.daily <= 0 else max(0, int(float(balance / use.daily) + _ROUNDING))


@dataclass(frozen=True)
class Limits(Generic[D]):
    """The days a shelf is looked at by: today, and the last day that is near; as dates, or the texts they are kept as.

    Both compare alike, so that one rule serves a row of a screen and ten thousand rows of the file.
    """

    today: D
    soon: D
    low_days: int


def kinds(
    balance: float, lots: Sequence[tuple[D | None, D | None]], use: tuple[float, float], limits: Limits[D]
) -> list[AlarmKind]:
    """What is wrong with a shelf, the gravest first. `lots`: until when each lot that is left may be used, and its
    opened pack; `use`: today still, and a day."""
    found = []
    today, daily = use
    if balance < 0:
        found.append(AlarmKind.NEGATIVE)
    coming = [expires for expires, _ in lots if expires is not None and expires >= limits.today]
    if any(expires is not None and expires < limits.today for expires, _ in lots):
        found.append(AlarmKind.EXPIRED)
    if any(until is not None and until < limits.today for _, until in lots):
        found.append(AlarmKind.OPENED)
    if today > max(balance, 0):
        found.append(AlarmKind.MISSING)
    if coming and min(coming) <= limits.soon:
        found.append(AlarmKind.NEAR)
    if daily > 0 and balance >= today and balance / daily + _ROUNDING < limits.low_days:
        found.append(AlarmKind.LOW)
    return found


def limits_on(today: date, warnings: Warnings) -> Limits[date]:
    furthest = max((months for months, _ in warnings.near), default=0)
    return Limits(today, months_on(today, furthest), warnings.low_days)


def alarms(shelf: Shelf, use: Use, today: date, warnings: Warnings) -> tuple[Alarm, ...]:
    """What is wrong with a shelf today, the gravest first, in words."""
    balance = shelf.balance
    lots = [(one.expires, one.use_until) for one in shelf.lots]
    found = kinds(float(balance), lots, (float(use.today), float(use.daily)), limits_on(today, warnings))
    coming = [expires for expires, _ in lots if expires is not None and expires >= today]
    near = near_expiry(min(coming), today, warnings) if coming else None
    said = {
        AlarmKind.NEAR: (f"近效期 {near[0]} 月内", near[1]) if near else ("", ""),
        AlarmKind.LOW: (f"剩 {days_left(balance, use)} 天", "warn"),
    }
    return tuple(Alarm(kind, *(said.get(kind) or _SAID[kind])) for kind in found)


def near_expiry(expires: date, today: date, warnings: Warnings) -> tuple[int, str] | None:
    """The fewest months a lot expires within, and their tone; None while it is further off."""
    return next(
        ((months, tone) for months, tone in warnings.near if expires <= months_on(today, months)), None
    )


def months_on(day: date, months: int) -> date:
    """The same day so many months later, the last of the month where there is none."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), after - timedelta(days=1))
