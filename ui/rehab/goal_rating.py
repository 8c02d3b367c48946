"""A rating of a goal said with a way to take it back; a newer reading taken for one."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from app.rehab.planning import RateGoal, RetractRating
from app.rehab.progress.goals import GoalRow
from app.residents.stating import Seen
from ui.kit.view import View


def said_rated(view: View, rating: UUID, words: str) -> None:
    """Say it, with the way back."""
    view.bench.notice.done(words, undo=partial(take_back, view, rating))


async def take_reading(view: View, goal: GoalRow) -> None:
    """The newer reading of the goal's instrument is its rating."""
    if goal.fresh is None:
        return
    order = RateGoal(goal.seen.rid, goal.fresh.value, assessment=goal.fresh.record)
    rating = await view.errands.do(order)
    said_rated(view, rating, f"“{goal.action}”按最新评估记为 {goal.fresh.value:g} {goal.unit}。")


def take_back(view: View, rating: UUID) -> None:
    """It was a slip: the rating is retracted, a goal it had attained is open again."""
    view.errands.start(f"take back {rating}", partial(_take_back, view, rating))


async def _take_back(view: View, rating: UUID) -> None:
    await view.errands.do(RetractRating(Seen(rating, 1), "误记，撤销"))
    view.bench.notice.done("评定已撤销，历次记录里仍可查看。")
