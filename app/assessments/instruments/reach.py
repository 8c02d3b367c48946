"""Which scores can come about at all: sums over every combination of options, without trying them all."""

from __future__ import annotations

from collections.abc import Iterable

from app.assessments.instruments.items import Dimension, Item
from app.assessments.instruments.levels import Scale
from app.assessments.instruments.model import Instrument


def reachable_total(instrument: Instrument) -> frozenset[int]:
    """Every total some complete set of answers comes to."""
    return _sums(scores for one in instrument.dimensions for scores in _choices(instrument, one.items))


def reachable_value(instrument: Instrument) -> frozenset[float]:
    """Every value an instrument that measures may come to: those of its grades, or each number within its limits."""
    if instrument.measured is None:
        return frozenset()
    items = [item for item in instrument.items.values() if item.quantity is None]
    if items:
        return frozenset(option.value for item in items for option in item.options)
    quantity = instrument.measured.quantity
    digits = range(quantity.digit(quantity.least), quantity.digit(quantity.most) + 1)
    return frozenset(value for digit in digits if quantity.holds(value := quantity.value(digit)))


def reachable_sub(instrument: Instrument, dimension: Dimension) -> frozenset[int]:
    """Every sub-score of a dimension."""
    return _sums(_choices(instrument, dimension.items))


def reachable_scale(instrument: Instrument, scale: Scale) -> frozenset[int]:
    """Every score of a scale."""
    items = (instrument.items[code] for code in scale.items)
    return _sums({points(scale, item, option.score) for option in item.options} for item in items)


def points(scale: Scale, item: Item, score: int) -> int:
    """What an answer counts in a scale: reversed items the other way round."""
    return item.highest + item.lowest - score if item.code in scale.reversed else score


def _choices(instrument: Instrument, items: Iterable[Item]) -> list[set[int]]:
    """The scores of each item; of rivals together, at the place of the first."""
    seen: set[str] = set()
    found = []
    for item in items:
        if item.code in seen:
            continue
        group = [instrument.items[code] for code in (item.code, *instrument.rivals.get(item.code, ()))]
        seen |= {one.code for one in group}
        found.append({option.score for one in group for option in one.options})
    return found


def _sums(choices: Iterable[Iterable[int]]) -> frozenset[int]:
    sums = {0}
    for scores in choices:
        sums = {total + one for total in sums for one in set(scores)}
    return frozenset(sums)
