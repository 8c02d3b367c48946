"""A goal is attained by its standing ratings, whatever was changed or retracted; none is rated once it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.errors import Refusal
from app.rehab.planning import ChangeGoal, ClosePlan, DropGoal, Ending, RateGoal, RetractRating
from app.rehab.planning.goals import goal_called
from app.residents.stating import Seen
from tests.app.rehab.house import DAY, GOAL, Gym, at
from tests.support.acts import Act


def _stands(gym: Gym, goal: UUID) -> tuple[str, date | None, int]:
    row = gym.do(Act(lambda unit: goal_called(unit, goal)))
    return row.status, row.attained_on, row.revision


def test_a_goal_stands_as_its_ratings_say(gym: Gym) -> None:
    goal = gym.plan().goals[0]
    gym.put(9)
    first = gym.do(RateGoal(goal, 5))
    gym.put(9, day=DAY + timedelta(days=1))
    gym.do(RateGoal(goal, 6))
    assert _stands(gym, goal) == ("attained", DAY, 2)
    gym.do(RetractRating(Seen(first, 1), "看错"))
    assert _stands(gym, goal) == ("attained", DAY + timedelta(days=1), 3)
    gym.put(10, day=DAY + timedelta(days=1))
    harder = replace(GOAL, target=10)
    seen = gym.do(ChangeGoal(Seen(goal, 3), harder, "补充"))
    assert _stands(gym, goal) == ("open", None, seen.revision)
    gym.do(ChangeGoal(seen, replace(GOAL, target=6), "补充"))
    assert _stands(gym, goal)[:2] == ("attained", DAY + timedelta(days=1))


def test_a_step_the_therapist_chose_stays_when_the_goal_is_changed(gym: Gym) -> None:
    goal = gym.plan().goals[0]
    gym.put(9)
    gym.do(RateGoal(goal, 4, gas=0, note="动作质量已达要求"))
    gym.put(10)
    gym.do(ChangeGoal(Seen(goal, 2), replace(GOAL, target=8), "补充"))
    assert _stands(gym, goal)[:2] == ("attained", DAY)


def test_what_is_over_is_neither_rated_nor_dropped(gym: Gym) -> None:
    drawn = gym.plan()
    short, long = drawn.goals
    gym.do(DropGoal(Seen(short, 1), "改为坐位平衡"))
    with pytest.raises(Refusal, match="已经放弃"):
        gym.do(RateGoal(short, 5))
    gym.put(10)
    gym.do(ClosePlan(drawn.plan, Ending("left", "转院")))
    for order in (RateGoal(long, 60, at=at(9)), DropGoal(Seen(long, 1), "结束")):
        with pytest.raises(Refusal, match="已结案"):
            gym.do(order)
