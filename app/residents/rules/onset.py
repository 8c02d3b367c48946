"""When an illness began, as exactly as it is known: a year, a month, a day, or people's own words."""

from __future__ import annotations

import re
from datetime import date

from app.residents.rules.folding import fold, tidy
from app.residents.rules.wrong import Wrong

LONGEST = 40
EARLIEST_YEAR = 1880
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SHAPES = (
    re.compile(r"(\d{4}) ?年?"),
    re.compile(r"(\d{4}) ?[-./年] ?(\d{1,2}) ?月?"),
    re.compile(r"(\d{4}) ?[-./年] ?(\d{1,2}) ?[-./月] ?(\d{1,2}) ?[日号]?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)


def read_onset(said: str, latest: date, earliest: date | None = None) -> str:
    """`2019`, `2019-05`, `2019-05-12`, or the words as said (`10余年前`); empty stays empty.

    Refuses days that do not exist, what lies after `latest` or before `earliest` (the birth date), and over 40 signs.
    """
    text = fold(said)
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            return _partial([int(part) for part in found.groups()], text, (earliest, latest))
    words = tidy(said)
    if len(words) > LONGEST:
        raise Wrong(f"发病时间最多{LONGEST}个字")
    return words


def is_partial(onset: str) -> bool:
    """Whether an onset is a date, whole or in part, and not words."""
    return _PARTIAL.fullmatch(onset) is not None


def _partial(parts: list[int], text: str, bounds: tuple[date | None, date]) -> str:
    first, last = [*parts, 1, 1][:3], [*parts, *(12, 31)[len(parts) - 1 :]]
    try:
        date(*first)
    except ValueError:
        raise Wrong(f"日期“{text}”不存在，请核对") from None
    earliest, latest = bounds
    if parts[0] < EARLIEST_YEAR:
        raise Wrong(f"“{text}”太早了，请核对")
    if tuple(first) > (latest.year, latest.month, latest.day):
        raise Wrong("发病时间不能晚于今天")
    if earliest is not None and tuple(last) < (earliest.year, earliest.month, earliest.day):
        raise Wrong("发病时间早于出生日期，请核对")
    return "-".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])])
