"""What is seen of a member of a group: skin and reactions in the row, as the form of one alone has them."""

from __future__ import annotations

from PySide6.QtCore import Qt

from db.models import RehabSession
from tests.app.rehab.house import Gym
from tests.app.rehab.test_session import rows
from tests.ui.rehab.session_room import focused, measured, training

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


async def test_reactions_and_skin_of_a_member_are_said_in_the_row(gym: Gym) -> None:
    item = gym.item(code="fes", words="功能性电刺激", week=("2 14:00",), together="周二小组")
    gym.plan(item)
    gym.plan(item, resident=gym.wang)
    gym.put(14, 35)
    measured(gym, hour=13)
    async with training(gym) as trainer:
        group = trainer.view.pieces.group
        first, second = group.rows.values()
        second.attendance.choose("absent")
        second.why.setCurrentIndex(1)
        await trainer.press(ENTER, SPACE)
        assert "皮肤" in first.seen.error.text()
        assert focused() is first.seen.skin
        first.seen.skin.choose("red")
        first.setFocus()
        await trainer.press("F")
        assert first.seen.chips.isVisibleTo(first)
        await trainer.press(SPACE)
        on = first.seen.chips.keys
        assert len(on) == 1
        first.setFocus()
        await trainer.press(SPACE)
        row = next(one for one in rows(gym, RehabSession) if one.resident == gym.li)
        assert tuple(row.reactions) == on
        assert row.skin["after"] == "red"
        recorded = next(iter(group.rows.values()))
        assert "皮肤发红" in recorded.told.text()


async def test_broken_skin_forbids_in_the_row_as_in_the_form(gym: Gym) -> None:
    item = gym.item(code="fes", words="功能性电刺激", week=("2 14:00",), together="周二小组")
    gym.plan(item)
    gym.plan(item, resident=gym.wang)
    gym.put(14, 35)
    measured(gym, hour=13)
    async with training(gym) as trainer:
        first = next(iter(trainer.view.pieces.group.rows.values()))
        assert first.state.text() != "不能开始"
        first.seen.skin.choose("broken")
        assert "皮肤" in first.told.text()
