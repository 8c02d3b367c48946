"""Times of a care task as they are typed: `8:00 12:00`, `q2h`, `每班`, `白班`; and how they are said again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from app.care.rules.shifts import DAY, Shift, clock_words, minute_of

WEEKDAYS = {"1": "周一", "2": "周二", "3": "周三", "4": "周四", "5": "周五", "6": "周六", "7": "周日"}
EACH_SHIFT = "每班"
MOST = 24
_CLOCK = re.compile(r"(\d{1,2})(?::?(\d{2}))?")
_EVERY = re.compile(r"q(\d{1,2})h", re.IGNORECASE)


class WrongTimes(Exception):
    """What was typed is no list of times; `text` says why, in words."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read_times(said: str, shifts: Sequence[Shift]) -> tuple[str, ...]:
    """The times as they are kept, in the order of the day, shifts last. `q2h`: from 02:00 to 24:00."""
    found: list[str] = []
    for part in re.split(r"[\s,;、，；/]+", unicodedata.normalize("NFKC", said).replace("点", ":00")):
        if part:
            found += _read(part, shifts)
    if not found:
        raise WrongTimes("请填写时间，如 8:00 12:00，或 每班")
    if len(found) != len(set(found)):
        raise WrongTimes("同一个时间写了两次")
    if {"00:00", "24:00"} <= set(found):
        raise WrongTimes("00:00 和 24:00 只留一个：24:00 记在当天，00:00 记在当天开头")
    if len(found) > MOST:
        raise WrongTimes(f"一天最多 {MOST} 次，现在 {len(found)} 次")
    keys = [shift.key for shift in shifts]
    return tuple(
        sorted(found, key=lambda one: (one in keys, keys.index(one) if one in keys else minute_of(one)))
    )


def times_words(times: Sequence[str], shifts: Sequence[Shift]) -> str:
    """`08:00 12:00`; many at even steps are `每 2 小时`; a shift by its words, all of them 每班."""
    keys = {shift.key: shift.words for shift in shifts}
    clocks = [one for one in times if one not in keys]
    named = [one for one in times if one in keys]
    said = []
    if step := _step([minute_of(one) for one in clocks]):
        said.append(f"每 {step} 小时")
    else:
        said += clocks
    said += [EACH_SHIFT] if len(named) == len(keys) else [keys[one] for one in named]
    return " ".join(said)


def weekdays_words(weekdays: Sequence[str]) -> str:
    """`周一、周四`; empty for every day."""
    return "、".join(WEEKDAYS[one] for one in sorted(weekdays) if one in WEEKDAYS)


def _read(part: str, shifts: Sequence[Shift]) -> list[str]:
    if part == EACH_SHIFT:
        return [shift.key for shift in shifts]
    named = next((shift.key for shift in shifts if part in (shift.key, shift.words)), None)
    if named is not None:
        return [named]
    if every := _EVERY.fullmatch(part):
        hours = int(every[1])
        if not 1 <= hours <= 12 or 24 % hours:
            raise WrongTimes(f"{part} 分不匀一天，请写 q1h、q2h、q3h、q4h、q6h、q8h 或 q12h")
        return [clock_words(minute) for minute in range(hours * 60, DAY + 1, hours * 60)]
    clock = _CLOCK.fullmatch(part)
    if clock is None:
        raise WrongTimes(f"“{part}”不是时间，请写 8:00 这样，或 每班、q2h")
    minute = int(clock[1]) * 60 + int(clock[2] or 0)
    if int(clock[2] or 0) > 59 or minute > DAY:
        raise WrongTimes(f"“{part}”不是一天里的时间")
    return [clock_words(minute)]


def _step(minutes: list[int]) -> int:
    """Hours between even times that fill the day; 0 for others."""
    if len(minutes) < 4:
        return 0
    step = DAY // len(minutes)
    even = all(later - earlier == step for earlier, later in pairwise(minutes))
    return step // 60 if even and step % 60 == 0 and DAY % len(minutes) == 0 else 0
