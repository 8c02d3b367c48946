"""Numbers that are measured: a quantity with unit, decimals and limits, and what several readings come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_CLOSE = ("%", "级", "期")
OF = ("best", "worst", "mean")
"""What of several readings counts, by the direction of the instrument."""


@dataclass(frozen=True)
class Quantity:
    """A number with its unit (`ucum` is the same for machines) and its limits. An answer is kept as a whole number of
    its last decimal place: 12.4 s are 124. Where there is a `step`, the number is a multiple of it."""

    unit: str
    ucum: str
    decimals: int
    least: float
    most: float
    step: float = 0.0

    def digit(self, value: float) -> int:
        """How a value is kept."""
        return round(value * self._places)

    def value(self, digit: int) -> float:
        """The value that is kept so."""
        return digit / self._places

    def figure(self, value: float) -> str:
        """`12.4`."""
        return f"{value:.{self.decimals}f}"

    def words(self, value: float) -> str:
        """`12.4 秒`; a percentage and a grade stand close."""
        return with_unit(self.figure(value), self.unit)

    def holds(self, value: float) -> bool:
        """Whether the value lies within the limits, and on a step."""
        off = bool(self.step) and abs(value / self.step - round(value / self.step)) > 1e-9
        return self.least <= value <= self.most and not off

    @property
    def _places(self) -> int:
        return int(10**self.decimals)

    @property
    def limits(self) -> str:
        """`1～300 秒`."""
        step = f"，每 {self.step:g} 一档" if self.step else ""
        return f"{self.least:g}～{self.most:g} {self.unit}{step}"


@dataclass(frozen=True)
class Measured:
    """What an instrument measures instead of adding points up: `name` is what the number is called, `of` which of the
    readings counts, `fewest` how many there must be. With `over` the readings are times for that much: 10 m over them.
    """

    name: str
    quantity: Quantity
    of: str
    fewest: int = 1
    over: float = 0.0

    def result(self, readings: Sequence[float], *, higher_is_better: bool) -> float:
        """What readings come to, to the decimals of the quantity."""
        if self.of == "mean":
            raw = sum(readings) / len(readings)
        else:
            highest = (self.of == "best") == (higher_is_better != bool(self.over))
            raw = max(readings) if highest else min(readings)
        return round(self.over / raw if self.over else raw, self.quantity.decimals)


@dataclass(frozen=True)
class LeastChange:
    """The least change that means something to the person, and whose finding that is."""

    amount: float
    source: str


def with_unit(figure: str, unit: str) -> str:
    """`12.4 秒`; a percentage and a grade stand close."""
    return f"{figure}{unit}" if unit in _CLOSE else f"{figure} {unit}"


def plain(value: float) -> float:
    """A number as it is kept and signed: whole ones without a decimal point, however they came."""
    return int(value) if value == int(value) else value
