"""Times of day and moments as people type them, and the one form they are kept in."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

_TIME = re.compile(r"(\d{1,2}) ?[:：时点.] ?(\d{1,2}) ?分?$|(\d{1,2})(\d{2})$|(\d{1,2}) ?[时点]$")
_DAY = re.compile(r"(?:(\d{4}) ?[-./年] ?)?(\d{1,2}) ?[-./月] ?(\d{1,2}) ?日? +|(\d{4})(\d{2})(\d{2}) +")
_NEAR = {"今天": 0, "昨天": 1, "昨晚": 1, "前天": 2}


def read_time(text: str) -> str | None:
    """`8:5`, `0805`, `8点05`, `8点` as `08:05`, `08:00`; `24:00` stays; None if it is no time."""
    found = _TIME.fullmatch(_plain(text))
    if found is None:
        return None
    parts = [part for part in found.groups() if part is not None]
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    good = minute < 60 and (hour < 24 or (hour, minute) == (24, 0))
    return f"{hour:02d}:{minute:02d}" if good else None


def read_moment(text: str, today: date | None) -> str | None:
    """`8:30` (today), `昨天 22:10`, `11-23 22:10` (the last such day), `2026-11-23 22:10` as `2026-11-23 22:10`.

    24:00 is 00:00 of the next day. None if it is no moment, or if it needs `today` and there is none.
    """
    plain = _plain(text)
    day, rest = _day(plain, today)
    time = read_time(rest)
    if day is None or time is None:
        return None
    if time == "24:00":
        day, time = day + timedelta(days=1), "00:00"
    return f"{day.isoformat()} {time}"


def _day(text: str, today: date | None) -> tuple[date | None, str]:
    for word, back in _NEAR.items():
        if text.startswith(word):
            return (today - timedelta(days=back) if today else None), text[len(word) :].strip()
    found = _DAY.match(text)
    if found is None:
        return today, text
    year, month, number, *whole = found.groups()
    if whole[0] is not None:
        return _real(*(int(part) for part in whole)), text[found.end() :].strip()
    rest = text[found.end() :].strip()
    if year is not None:
        return _real(int(year), int(month), int(number)), rest
    if today is None:
        return None, rest
    day = _real(today.year, int(month), int(number))
    return (day if day is None or day <= today else _real(today.year - 1, int(month), int(number))), rest


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace("T", " ")
    return re.sub(r"\s+", " ", folded).strip()
