"""Where medicines are kept: the limits of a store, what a reading says of them, and when one is due."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

COLDEST, HOTTEST = -40.0, 60.0
"""What a thermometer in a cupboard can show; anything else was mistyped."""
EARLY = 60
"""Minutes before its time from which a reading counts for it."""


@dataclass(frozen=True)
class Store:
    """`keeps`: the storage of `Drug` it is for; limits in ℃ and % relative humidity, None where there is none."""

    key: str
    words: str
    keeps: str
    times: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    humidity_low: float | None = None
    humidity_high: float | None = None

    @property
    def limits(self) -> str:
        """`2–8 ℃`, `≤20 ℃`, with the humidity where one is asked for."""
        return "，".join(
            part
            for part in (
                _span(self.low, self.high, "℃"),
                f"湿度 {_span(self.humidity_low, self.humidity_high, '%')}" if self.humid else "",
            )
            if part
        )

    @property
    def humid(self) -> bool:
        """Whether the humidity is read too."""
        return self.humidity_low is not None or self.humidity_high is not None

    def wrong(self, celsius: float, humidity: float | None = None) -> str:
        """What is out of range, in words; empty when all is well."""
        parts = [_off(celsius, self.low, self.high, "温度")]
        if humidity is not None:
            parts.append(_off(humidity, self.humidity_low, self.humidity_high, "湿度"))
        return "，".join(part for part in parts if part)

    def due(self, clock: str, read: tuple[str, ...]) -> tuple[str, ...]:
        """Times of today (HH:MM) that have passed without a reading since: `read` are the times of today's readings.

        A reading answers the times before it, and one that is at most `EARLY` minutes off.
        """
        last = max((_minute(time) for time in read), default=-EARLY - 1)
        return tuple(time for time in self.times if time <= clock and last + EARLY < _minute(time))


def read_degrees(typed: str) -> float | None:
    """`4.5`, `-1`, `４℃` as a number; None if it is none."""
    plain = unicodedata.normalize("NFKC", typed).replace("−", "-").strip().rstrip("°C%").strip()
    return float(plain) if re.fullmatch(r"[-+]?\d{1,3}(\.\d)?", plain) else None


def _span(low: float | None, high: float | None, unit: str) -> str:
    if low is None:
        return "" if high is None else f"≤{high:g} {unit}"
    return f"≥{low:g} {unit}" if high is None else f"{low:g}–{high:g} {unit}"


def _off(value: float, low: float | None, high: float | None, words: str) -> str:
    if low is not None and value < low:
        return f"{words}偏低"
    return f"{words}偏高" if high is not None and value > high else ""


def _minute(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)
