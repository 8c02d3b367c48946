"""What a goal is measured by, from measures.toml: instruments, and plain counts, metres, minutes, millilitres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.rehab.lists.entry import ListEntry, by_code, read_list

UP, DOWN, NEAR = "higher_is_better", "lower_is_better", "none"
DIRECTIONS = (UP, DOWN, NEAR)


@dataclass(frozen=True)
class Measure:
    """One measure. `instrument`: it is one of resources/instruments and its values come from assessments; otherwise
    it is counted at a session. `low` and `high` bound what a goal may say."""

    code: str
    words: str
    unit: str
    direction: str
    low: float
    high: float
    decimals: int = 0
    instrument: bool = False


@cache
def measures() -> Mapping[str, Measure]:
    """Instruments first, then what is counted, by code, each in the order of the file."""
    return read_list("measures", build_measures)


def measure_words(code: str) -> str:
    """`Barthel`; a code the list does not have as it is."""
    known = measures().get(code)
    return known.words if known is not None else code


def instrument_codes() -> tuple[str, ...]:
    """Codes of the instruments goals and templates name."""
    return tuple(one.code for one in measures().values() if one.instrument)


def build_measures(top: ListEntry) -> dict[str, Measure]:
    found = by_code(top.tables("instrument"), lambda entry: _measure(entry, instrument=True))
    plain = by_code(top.tables("plain"), lambda entry: _measure(entry, instrument=False))
    if twice := set(found) & set(plain):
        top.refuse("plain", f"“{'、'.join(sorted(twice))}”与量表的编号相同")
    return {**found, **plain}


def _measure(entry: ListEntry, *, instrument: bool) -> Measure:
    read = Measure(
        entry.text("code"),
        entry.text("words"),
        entry.text("unit"),
        entry.one_of("direction", DIRECTIONS),
        entry.decimal("low"),
        entry.decimal("high"),
        entry.number_or_none("decimals", 0, 2) or 0,
        instrument,
    )
    if read.low >= read.high:
        entry.refuse("high", "应大于 low")
    return read
