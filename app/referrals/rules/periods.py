"""Stretches of time figures are counted over: a month, a quarter, a year, and the ones before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTH, QUARTER, YEAR = "month", "quarter", "year"
_MONTHS = {MONTH: 1, QUARTER: 3, YEAR: 12}


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included."""

    kind: str
    first: date
    last: date

    @property
    def words(self) -> str:
        """`2026 年 11 月`, `2026 年第 4 季度`, `2026 年`."""
        year = f"{self.first.year} 年"
        if self.kind == MONTH:
            return f"{year} {self.first.month} 月"
        return year if self.kind == YEAR else f"{year}第 {(self.first.month + 2) // 3} 季度"

    def step(self, turns: int) -> Period:
        """The one so many after it; before it with a negative number."""
        return _from(self.kind, _later(self.first, turns * _MONTHS[self.kind]))


def period(kind: str, day: date) -> Period:
    """The one a day lies in."""
    months = _MONTHS[kind]
    return _from(kind, date(day.year, (day.month - 1) // months * months + 1, 1))


def _from(kind: str, first: date) -> Period:
    return Period(kind, first, _later(first, _MONTHS[kind]) - timedelta(days=1))


def _later(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)
