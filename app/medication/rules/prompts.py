"""What stands between a slot and the one key that gives it: a value to measure, a second person, a check that said no.

A slot with no prompt is given by one key together with the others; a slot with prompts stops the round at itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

GONE, UNCHECKED, MEASURE, HOLD, SECOND, SELF_CHECK, LATE, SCALE, CALL_DOCTOR, SKIN_TEST, ALERT, DOUBLE = (
    "gone",
    "unchecked",
    "measure",
    "hold",
    "second",
    "self_check",
    "late",
    "scale",
    "call",
    "skin_test",
    "alert",
    "double",
)


@dataclass(frozen=True)
class Hold:
    """What is measured before a medicine is given; under `below` it is held. `part`: value or second of the sign."""

    key: str
    sign: str
    part: str
    below: Decimal
    unit: str
    words: str
    within: timedelta


@dataclass(frozen=True)
class Reading:
    """The latest value of a sign: `text` without its unit."""

    text: str
    value: Decimal | None
    second: Decimal | None
    at: datetime

    def part(self, name: str) -> Decimal | None:
        return self.second if name == "second" else self.value


@dataclass(frozen=True)
class Prompt:
    """One thing in the way. `refuses`: no answer lets the dose be given (an unchecked order, a positive skin test)."""

    what: str
    words: str
    refuses: bool = False
    sign: str = ""
    hold: str = ""


def held_by(
    holds: list[Hold], readings: Mapping[str, Reading], now: datetime, limits: Mapping[str, Decimal]
) -> list[Prompt]:
    """Values that are missing or too old, and values under which it is held; `limits` are the doctor's own."""
    found: list[Prompt] = []
    for hold in holds:
        below = limits.get(hold.key, hold.below)
        reading = readings.get(hold.sign)
        value = reading.part(hold.part) if reading is not None else None
        if reading is None or value is None or now - reading.at > hold.within:
            found.append(Prompt(MEASURE, f"给药前测{hold.words}", sign=hold.sign, hold=hold.key))
        elif value < below:
            said = f"{hold.words} {reading.text} {hold.unit}，低于 {below:f}"
            found.append(Prompt(HOLD, said, sign=hold.sign, hold=hold.key))
    return found
