"""How often an item is done, as Timing: days and times of the week, how long, from when to when; the rest in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.fhir.coding import words
from app.fhir.elements import filled

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHOWN = "一二三四五六日"


def timing(row: Any) -> dict[str, Any]:
    """Less often than every week has no number here: the note says how often."""
    weekly = row.per_week > 0
    repeat = filled(
        boundsPeriod=_bounds(row),
        duration=row.minutes if row.minutes > 0 else None,
        durationUnit="min" if row.minutes > 0 else None,
        frequency=row.per_week if weekly else None,
        period=1 if weekly else None,
        periodUnit="wk" if weekly else None,
        **_days(row.week),
    )
    return filled(repeat=repeat, code=filled(text=_text(row)))


def _bounds(row: Any) -> dict[str, str]:
    over = row.ends is not None and row.ends >= row.begins
    return {"start": row.begins.isoformat(), **({"end": row.ends.isoformat()} if over else {})}


def _days(week: Iterable[str]) -> dict[str, list[str]]:
    """FHIR's days and times hold for each other: times only where every day has the same."""
    days: dict[str, list[str]] = {}
    for number, clock in _times(week):
        days.setdefault(number, []).append(clock)
    alike = len({tuple(one) for one in days.values()}) == 1
    clocks = next(iter(days.values()), []) if alike else []
    return {
        "dayOfWeek": [_WEEK[int(one) - 1] for one in days],
        "timeOfDay": [f"{one}:00" for one in clocks],
    }


def _times(week: Iterable[str]) -> list[tuple[str, str]]:
    """Number of the day and time of day, in their order."""
    parts = (one.partition(" ") for one in sorted(week))
    return [
        (number, clock) for number, _, clock in parts if number in "1234567" and len(number) == 1 and clock
    ]


def _text(row: Any) -> str:
    often = f"每周 {row.per_week} 次" if row.per_week > 0 else words(row.note)
    when = "、".join(f"周{_SHOWN[int(number) - 1]} {clock}" for number, clock in _times(row.week))
    return "，".join(filter(None, (often, f"每次 {row.minutes} 分钟", when)))
