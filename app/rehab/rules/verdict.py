"""The verdict: improved, stable or declined, by how much, on which measure; never more than the numbers say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Turn = Literal["improved", "stable", "declined", "changed", "once"]
"""`changed`: it changed, and no least change that means something is known; `once`: measured once or never."""


@dataclass(frozen=True)
class Reading:
    """One reading of a measure."""

    day: date
    value: float


@dataclass(frozen=True)
class Verdict:
    """How a measure went between two readings. `least`: the least change that means something, None if not known."""

    measure: str
    turn: Turn
    first: Reading | None
    last: Reading | None
    least: float | None

    @property
    def change(self) -> float:
        return (
            0.0 if self.first is None or self.last is None else round(self.last.value - self.first.value, 3)
        )


def verdict_of(measure: str, readings: Sequence[Reading], *, falling: bool, least: float | None) -> Verdict:
    """From the first to the last of the readings, which come in order of time; `falling`: less is better."""
    if len(readings) < 2:
        only = readings[0] if readings else None
        return Verdict(measure, "once", only, only, least)
    first, last = readings[0], readings[-1]
    change = round(last.value - first.value, 3)
    return Verdict(measure, _turn(-change if falling else change, least), first, last, least)


def _turn(better: float, least: float | None) -> Turn:
    if better == 0:
        return "stable"
    if least is None:
        return "changed"
    if abs(better) < least:
        return "stable"
    return "improved" if better > 0 else "declined"


def whole_of(verdicts: Sequence[Verdict]) -> Turn:
    """What several measures say together: what the leading one says, the first that was measured twice, unless another
    one declined: what improves beside it is told by itself.

    One that declined beside one that improved leaves neither word: `changed`, and each is told by itself.
    """
    turns = [one.turn for one in verdicts if one.turn != "once"]
    if not turns:
        return "once"
    if "declined" in turns:
        return "changed" if "improved" in turns else "declined"
    return turns[0]
