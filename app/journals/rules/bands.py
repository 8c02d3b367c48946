"""What a measured value means against its reference range and its critical values 危急值."""

from __future__ import annotations

from dataclasses import dataclass

FLAGS = {
    "": "",
    "low": "偏低 ↓",
    "high": "偏高 ↑",
    "critical_low": "危急值 ↓↓",
    "critical_high": "危急值 ↑↑",
}
GRAVE = ("critical_low", "critical_high")


@dataclass(frozen=True)
class Band:
    """Bounds of one examination; None where there is none. Critical values lie outside the range."""

    low: float | None = None
    high: float | None = None
    critical_low: float | None = None
    critical_high: float | None = None


def flag_of(value: float, band: Band) -> str:
    """A key of `FLAGS`; empty within the range. A bound itself is still within."""
    if band.critical_low is not None and value < band.critical_low:
        return "critical_low"
    if band.critical_high is not None and value > band.critical_high:
        return "critical_high"
    if band.low is not None and value < band.low:
        return "low"
    return "high" if band.high is not None and value > band.high else ""
