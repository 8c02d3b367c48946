"""What a shelf warns of: below nothing, expired, opened too long ago, not enough for today, near its expiry, low."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from app.medication.rules.shelf import NOTHING, Shelf


class AlarmKind(StrEnum):
    """What a shelf warns of, the gravest first."""

    NEGATIVE = "negative"
    EXPIRED = "expired"
    OPENED = "opened"
    MISSING = "missing"
    NEAR = "near"
    LOW = "low"


@dataclass(frozen=True)
class Alarm:
    """`tone` is a tone of the screens; `words` as few as a tag holds."""

    kind: AlarmKind
    words: str
    tone: str

    @property
    def grave(self) -> bool:
        """Whether somebody has to do something today."""
        return self.kind in (AlarmKind.NEGATIVE, AlarmKind.EXPIRED, AlarmKind.OPENED, AlarmKind.MISSING)


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

    def __add__(self, other: Use) -> Use:
        return Use(self.today + other.today, self.daily + other.daily)


def days_left(balance: Decimal, use: Use) -> int | None:
    """How many whole days the balance lasts; None where nothing is used regularly."""
    return None if use.daily <= 0 else max(0, int(balance / use.daily))


def alarms(shelf: Shelf, use: Use, today: date, warnings: Warnings) -> tuple[Alarm, ...]:
    """What is wrong with a shelf today, the gravest first."""
    found = []
    if shelf.balance < 0:
        found.append(Alarm(AlarmKind.NEGATIVE, "账面为负", "danger"))
    if any(one.expires is not None and one.expires < today for one in shelf.lots):
        found.append(Alarm(AlarmKind.EXPIRED, "已过期", "danger"))
    if any(one.use_until is not None and one.use_until < today for one in shelf.lots):
        found.append(Alarm(AlarmKind.OPENED, "开封超期", "danger"))
    left = days_left(shelf.balance, use)
    if use.today > max(shelf.balance, NOTHING):
        found.append(Alarm(AlarmKind.MISSING, "不够今天", "orange"))
    coming = [one.expires for one in shelf.lots if one.expires is not None and one.expires >= today]
    near = near_expiry(min(coming), today, warnings) if coming else None
    if near is not None:
        found.append(Alarm(AlarmKind.NEAR, f"近效期 {near[0]} 月内", near[1]))
    if left is not None and left < warnings.low_days and shelf.balance >= use.today:
        found.append(Alarm(AlarmKind.LOW, f"剩 {left} 天", "warn"))
    return tuple(found)


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
