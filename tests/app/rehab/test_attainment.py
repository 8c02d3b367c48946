"""Goal attainment and the way of a goal, at their edges."""

from __future__ import annotations

from datetime import date

import pytest

from app.rehab.rules.attainment import score_of, step_by, step_of, way_of
from app.rehab.rules.verdict import Reading, Turn, Verdict, verdict_of, whole_of

PARTS = (0.0, 0.01, 1.0, 1.25, 1.5)


@pytest.mark.parametrize(
    ("value", "step"),
    [(-1, -2), (0, -2), (0.1, -1), (4.9, -1), (5, 0), (6.24, 0), (6.25, 1), (7.5, 2), (9, 2)],
)
def test_a_value_reaches_its_step(value: float, step: int) -> None:
    assert step_of(value, 0, 5, PARTS) == step
    assert step_of(10 - value, 10, 5, PARTS) == step  # less is better


def test_own_steps_count_before_parts() -> None:
    assert [step_by(value, (0, 2, 4, 6, 8), falling=False) for value in (0, 1.9, 2, 4, 6, 8)] == [
        -2,
        -2,
        -1,
        0,
        1,
        2,
    ]
    assert step_by(3, (10, 8, 5, 3, 1), falling=True) == 1


@pytest.mark.parametrize(
    ("value", "baseline", "target", "falling", "way"),
    [
        (None, 0, 5, False, 0.0),
        (3, 0, 5, False, 0.6),
        (7, 0, 5, False, 1.0),
        (8, 10, 5, True, 0.4),
        (8, None, 3, True, 0.0),  # pain of eight is not at three
        (3, None, 3, True, 1.0),
        (45, None, 60, False, 0.0),
    ],
)
def test_how_much_of_the_way_is_gone(
    value: float | None, baseline: float | None, target: float, *, falling: bool, way: float
) -> None:
    assert way_of(value, baseline, target, falling=falling) == pytest.approx(way)


def test_the_score_of_goals_that_came_out_as_hoped_is_fifty() -> None:
    assert score_of([]) is None
    assert score_of([(1, 0), (3, 0)]) == 50
    assert score_of([(1, 1), (1, 1)]) == pytest.approx(62.4, abs=0.05)


def said(*values: float, least: float | None = 10, falling: bool = False) -> Turn:
    readings = [Reading(date(2026, 11, day + 1), value) for day, value in enumerate(values)]
    return verdict_of("barthel", readings, falling=falling, least=least).turn


def test_a_verdict_says_no_more_than_the_numbers() -> None:
    assert [said(), said(5), said(5, 14), said(5, 15), said(15, 5), said(5, 5)] == [
        "once", "once", "stable", "improved", "declined", "stable",
    ]  # fmt: skip
    assert said(5, 30, least=None) == "changed"
    assert said(30, 14, falling=True) == "improved"


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("improved", "stable"), "improved"),
        (("stable", "improved"), "stable"),
        (("improved", "declined"), "changed"),
        (("stable", "declined"), "declined"),
        (("once", "changed"), "changed"),
        (("once",), "once"),
    ],
)
def test_the_leading_measure_speaks_unless_another_declined(turns: tuple[Turn, ...], whole: Turn) -> None:
    assert whole_of([Verdict("m", turn, None, None, 10) for turn in turns]) == whole
