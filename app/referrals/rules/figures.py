"""Figures: counts, shares that say of how many, spreads of times; each with the records behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from statistics import median
from uuid import UUID

from app.referrals.rules.waiting import span

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Behind:
    """One record behind a figure. `words`: what of it counts; `bad`: what somebody has to see to, listed first;
    `whole`: what it is a part of (the round of a visit)."""

    kind: str
    rid: UUID
    resident: UUID | None
    name: str
    under: str
    words: str
    at: datetime | None = None
    bad: bool = False
    whole: UUID | None = None


@dataclass(frozen=True)
class Measure:
    """In what is counted, and from how many on a share is told in per cent."""

    unit: str
    least: int


@dataclass(frozen=True)
class Figure:
    """`value` in words; `of`: of how many, or what is missing; `part` 0–1 for a bar, None without; `bad`: red."""

    code: str
    words: str
    value: str
    of: str
    part: float | None = None
    bad: bool = False
    records: tuple[Behind, ...] = ()


@dataclass(frozen=True)
class Spread:
    """Times of `n` cases; of `missing` ones they are not known. P90 by nearest rank, only from `least` cases on."""

    n: int
    missing: int
    median: timedelta | None = None
    p90: timedelta | None = None
    longest: timedelta | None = None


def spread(times: Iterable[timedelta | None], least: int) -> Spread:
    every = list(times)
    known = sorted(one for one in every if one is not None)
    missing = len(every) - len(known)
    if not known:
        return Spread(0, missing)
    seconds = median(one.total_seconds() for one in known)
    p90 = known[ceil(0.9 * len(known)) - 1] if len(known) >= least else None
    return Spread(len(known), missing, timedelta(seconds=seconds), p90, known[-1])


def spread_figure(
    code: str, words: str, cases: Sequence[tuple[timedelta | None, Behind]], least: int
) -> Figure:
    """The median, and beside it P90, the longest, how many, how many without times."""
    found = spread((one for one, _record in cases), least)
    records = sorted(cases, key=lambda case: (case[0] is None, -(case[0] or timedelta()).total_seconds()))
    said = [
        "" if found.p90 is None else f"P90 {span(found.p90)}",
        "" if found.longest is None else f"最长 {span(found.longest)}",
        f"n = {found.n}{'，例数少' if 0 < found.n < least else ''}",
        f"缺时间 {found.missing}" if found.missing else "",
    ]
    value = "—" if found.median is None else span(found.median)
    return Figure(
        code,
        words,
        value,
        " · ".join(part for part in said if part),
        records=tuple(record for _time, record in records),
    )


def share_words(part: int, whole: int, measure: Measure) -> str:
    """`40 %（12 / 30 人次）`; with few cases no per cent."""
    if not whole:
        return f"没有可以计算的{measure.unit}"
    if whole < measure.least:
        return f"{part} / {whole} {measure.unit}，例数少，不算百分比"
    return f"{per_cent(part, whole)}（{part} / {whole} {measure.unit}）"


def per_cent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %"


def counted(code: str, words: str, records: Sequence[Behind], whole: int, measure: Measure) -> Figure:
    """How many of a whole."""
    part = len(records) / whole if whole else None
    value = f"{len(records)} {measure.unit}"
    return Figure(
        code, words, value, share_words(len(records), whole, measure), part, records=ordered(records)
    )


def rated(code: str, words: str, met: int, whole: int, seen: tuple[Measure, Sequence[Behind]]) -> Figure:
    """A share: how many met of a whole; behind it every record of the whole, or those that are owed."""
    measure, records = seen
    if not whole:
        return Figure(code, words, "—", f"没有可以计算的{measure.unit}", records=ordered(records))
    few = whole < measure.least
    value = f"{met} / {whole}" if few else per_cent(met, whole)
    of = f"{measure.unit}，例数少，不算百分比" if few else f"{met} / {whole} {measure.unit}"
    return Figure(code, words, value, of, met / whole, records=ordered(records))


def parted(
    code: str, groups: Mapping[tuple[str, str], Sequence[Behind]], measure: Measure
) -> tuple[Figure, ...]:
    """A whole in its parts, by (key, words): the numbers add up to it."""
    whole = sum(len(records) for records in groups.values())
    return tuple(
        counted(f"{code}:{key}", words, records, whole, measure) for (key, words), records in groups.items()
    )


def by_size(groups: Mapping[tuple[str, str], list[Behind]]) -> dict[tuple[str, str], list[Behind]]:
    """The largest first, then by words."""
    return dict(sorted(groups.items(), key=lambda one: (-len(one[1]), one[0][1])))


def ordered(records: Iterable[Behind]) -> tuple[Behind, ...]:
    """What somebody has to see to first, then the newest; those without an instant as they came."""
    newest = sorted(records, key=lambda one: one.at or _NEVER, reverse=True)
    return tuple(sorted(newest, key=lambda one: not one.bad))
