"""Whether every score an instrument can come to has exactly one level, band or verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.assessments.instruments.model import Instrument
from app.assessments.instruments.reach import reachable_sub, reachable_total, reachable_value

Span = tuple[int, float, float]
"""Number, lowest and highest score, both included."""


def band_faults(instrument: Instrument) -> Iterator[str]:
    """Sentences saying what has no band, or two."""
    if [level.number for level in instrument.levels] != list(range(len(instrument.levels))):
        yield "level 应从0起依次编号"
        return
    if instrument.sums or instrument.measured:
        yield from _of_total(instrument)
    elif any(level.low is not None for level in instrument.levels):
        yield "level 的 low、high 只用于按总分分级的量表"
    if instrument.combination is not None:
        yield from _of_matrix(instrument)
    for one in instrument.decisions:
        if not 0 < one.level < len(instrument.levels):
            yield f"decision 的 level {one.level} 不是已有的等级（0级是其余情形）"
    if not instrument.scales and len(instrument.levels) < 2:
        yield "应有至少2个 level"


def _of_total(instrument: Instrument) -> Iterator[str]:
    if any(level.low is None for level in instrument.levels):
        yield "按总分分级的量表，每个 level 都应写 low 与 high"
        return
    measured = instrument.measured
    reach: frozenset[float] = (
        reachable_value(instrument) if measured else frozenset(reachable_total(instrument))
    )
    most = measured.quantity.most if measured else instrument.maximum
    spans = [(one.number, one.low or 0, one.high or 0) for one in instrument.levels]
    yield from _faults("level", spans, reach, most)
    for banding in instrument.bandings:
        if len(banding.bands) != len(instrument.levels):
            yield f"banding {banding.field} 应为每个 level 写一个分数段"
            return
        other = [(number, low, high) for number, (low, high) in enumerate(banding.bands)]
        yield from _faults("banding 中 level", other, reach, most)
        yield from _best_first(instrument, other)
    yield from _best_first(instrument, spans)


def _of_matrix(instrument: Instrument) -> Iterator[str]:
    combination = instrument.combination
    if combination is None:
        return
    dimensions = {one.code: one for one in instrument.dimensions}
    for code in (combination.rows, *combination.worst_of):
        if code not in dimensions or len(dimensions[code].bands) < 2:
            yield f"combination 所指的 {code} 不存在，或没有分数段"
            return
        one = dimensions[code]
        if [band.number for band in one.bands] != list(range(len(one.bands))):
            yield f"{code} 的 band 应从0起依次编号"
        spans = [(band.number, band.low, band.high) for band in one.bands]
        yield from _faults(f"{code} 的 band", spans, reachable_sub(instrument, one), one.maximum)
    wide = max(len(dimensions[code].bands) for code in combination.worst_of)
    if len(combination.table) != len(dimensions[combination.rows].bands) or any(
        len(row) != wide for row in combination.table
    ):
        yield "combination 的 table 行列数与分数段不符"
    elif any(not 0 <= level < len(instrument.levels) for row in combination.table for level in row):
        yield "combination 的 table 里有不存在的等级"


def _faults(what: str, spans: Sequence[Span], reach: Iterable[float], maximum: float) -> Iterator[str]:
    """Spans may not overlap, nor leave a reachable score out, nor go beyond the maximum."""
    before: Span | None = None
    for number, low, high in sorted(spans, key=lambda one: one[1]):
        if high < low or (before is not None and low <= before[2]):
            yield f"{what} {number} 的分数段与别的重叠，或起止颠倒"
            return
        before = (number, low, high)
    if before is not None and before[2] > maximum:
        yield f"{what} 的分数段到{before[2]:g}分为止，与满分{maximum:g}分不符"
    for score in sorted(reach):
        if not any(low <= score <= high for _number, low, high in spans):
            yield f"{what} 的分数段没有包括{score:g}分，不能空缺"
            return


def _best_first(instrument: Instrument, spans: Sequence[Span]) -> Iterator[str]:
    """Level 0 is the best, and each further one worse, where the instrument has a direction."""
    if instrument.direction == "none":
        return
    lows = [low for _number, low, _high in sorted(spans)]
    wanted = sorted(lows, reverse=instrument.higher_is_better)
    if lows != wanted:
        yield "0级应是最好的分数段，往后依次变差（看 direction）"
