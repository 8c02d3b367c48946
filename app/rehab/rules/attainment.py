"""Goal attainment scaling: the step −2 … +2 a value reaches, how far a goal has come, and the score of several goals.

Source: Kiresuk & Sherman 1968; T = 50 + 10·Σwx / √((1−ρ)·Σw² + ρ·(Σw)²), with ρ = 0.3 as they proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

LOWEST, HIGHEST = -2, 2
_RHO = 0.3


def step_of(value: float, baseline: float, target: float, parts: Sequence[float]) -> int:
    """The step a value reaches; `parts`: where −2 … +2 begin, as parts of the way from baseline (0) to target (1).

    Works for goals in which less is better too: the way leads down then.
    """
    if baseline == target:
        return 0 if value == target else LOWEST
    way = (value - baseline) / (target - baseline)
    reached = [index for index, part in enumerate(parts) if way >= part - 1e-9]
    return LOWEST + max(reached, default=0)


def step_by(value: float, steps: Sequence[float], *, falling: bool) -> int:
    """As `step_of` by five numbers of the goal's own, for −2 … +2."""
    reached = [i for i, step in enumerate(steps) if (value <= step if falling else value >= step)]
    return LOWEST + max(reached, default=0)


def way_of(value: float | None, baseline: float | None, target: float, *, falling: bool) -> float:
    """How much of the way is gone, 0 … 1; where nobody knows where it began, all of it or nothing."""
    if value is None:
        return 0.0
    if baseline is None or baseline == target:
        reached = value <= target if falling else value >= target
        return 1.0 if reached else 0.0
    return min(1.0, max(0.0, (value - baseline) / (target - baseline)))


def score_of(rated: Iterable[tuple[int, int]]) -> float | None:
    """The T score of goals as (weight, step −2 … +2); 50 when they come out as hoped. None without a goal."""
    goals = list(rated)
    if not goals:
        return None
    whole = sum(weight for weight, _ in goals)
    squares = sum(weight * weight for weight, _ in goals)
    sum_up = sum(weight * step for weight, step in goals)
    return 50 + 10 * sum_up / sqrt((1 - _RHO) * squares + _RHO * whole * whole)
