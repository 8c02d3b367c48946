"""The plan and its progress stand as they should: in small windows and large texts, with long names and words."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from tests.app.rehab.course import barthel, became, begun
from tests.app.rehab.house import DAY, GOAL, LONG, Gym
from tests.support.layout import lint
from tests.ui.rehab.room import Stage, standing_at
from ui.style import look


def _full(gym: Gym) -> None:
    """A plan with long words, readings, and sessions of some weeks."""
    barthel(gym, DAY - timedelta(weeks=6), 20)
    long_words = "在一名治疗师于患侧监护并口头提示下，由轮椅转移至床并独立调整坐姿至躯干中线"
    items = [
        gym.item(words="坐站转移与站立平衡训练（起立床辅助）", dose={"sets": 3, "reps": 5}),
        gym.item(
            code="adl", words="万能袖套进食训练", discipline="adl", week=("2 10:30", "4 10:30"), per_week=5
        ),
    ]
    goals = (replace(GOAL, action=long_words), LONG, GOAL, GOAL)
    begun(gym, 6, *items, words="重度颅脑损伤后双侧偏瘫并吞咽障碍", goals=goals)
    barthel(gym, DAY - timedelta(weeks=3), 35)
    barthel(gym, DAY, 45)
    became(gym, [DAY - timedelta(days=back) for back in range(42, 0, -1)], {3: {"attendance": "refused"}})


async def _fits(stage: Stage) -> None:
    """A page in a page in a scroller is measured in several turns of the loop."""
    for _turn in range(20):
        if not lint(stage.frame):
            break
        await asyncio.sleep(0.01)
    assert lint(stage.frame) == []


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1000, 620)])
async def test_plan_and_progress_fit(
    gym: Gym, size: tuple[int, int], scale: float, qapp: QApplication
) -> None:
    _full(gym)
    look.apply(qapp, scale=scale)
    async with standing_at(gym, "rehab", size=size) as (stage, view):
        await _fits(stage)
        view.turn_page()
        await stage.settle()
        await _fits(stage)


@pytest.mark.parametrize("size", [(1366, 768), (1000, 620)])
async def test_the_tab_fits(gym: Gym, size: tuple[int, int]) -> None:
    _full(gym)
    async with standing_at(gym, "chart", {"resident": gym.li, "tab": "rehab"}, size=size) as (stage, _view):
        await _fits(stage)
