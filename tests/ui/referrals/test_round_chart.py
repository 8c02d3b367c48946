"""Rounds in the chart and on the workbench."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.roles import Role
from app.referrals.rounds import CancelRound, RoundsOfResident
from app.today.glance import Glance
from app.today.sources.rounds import todos
from app.today.tiles import Todo
from tests.app.referrals.house import DAY, Desk
from tests.app.referrals.rounding import FOUND, Rounding, rounding
from tests.support.acts import Look
from tests.ui.assessments.room import keys
from tests.ui.referrals.room import hit, sheet, standing_at, until
from ui.forms.task_sheet import TaskSheet
from ui.kit import Words
from ui.referrals.round_chart import RoundCard

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def house(desk: Desk) -> Rounding:
    return rounding(desk)


def told(house: Rounding) -> list[Todo]:
    found: list[Todo] = house.desk.ask(Look(lambda reader: list(todos(Glance(reader)))))
    return found


async def test_one_key_in_the_chart_puts_them_on_the_next_round(house: Rounding) -> None:
    desk = house.desk
    async with standing_at(desk, "chart", {"resident": desk.wang}) as (stage, view):
        card = view.findChild(RoundCard)
        await until(lambda: card.rounds is not None)
        assert "还没有列入" in card.next.text()
        hit(stage, view, "w")
        asked = await sheet(TaskSheet)
        keys("皮肤瘙痒 1 周")
        QTest.keyClick(asked, Qt.Key.Key_Return, CTRL)
        await until(lambda: "已列入：皮肤瘙痒 1 周" in card.next.text())
        assert desk.ask(RoundsOfResident(desk.wang)).asked == ("皮肤瘙痒 1 周",)


async def test_without_a_planned_round_the_question_survives_the_refusal(house: Rounding) -> None:
    desk = house.desk
    desk.do(CancelRound(house.seen, "医师请假"))
    async with standing_at(desk, "chart", {"resident": desk.wang}) as (stage, view):
        card = view.findChild(RoundCard)
        await until(lambda: card.rounds is not None)
        hit(stage, view, "w")
        asked = await sheet(TaskSheet)
        keys("皮肤瘙痒")
        QTest.keyClick(asked, Qt.Key.Key_Return, CTRL)
        await until(lambda: "还没有安排下一次巡诊" in asked.notice.text())
        assert asked.form.values()["question"] == "皮肤瘙痒"
        asked.reject()


async def test_the_card_tells_what_the_last_round_found(house: Rounding) -> None:
    house.begin()
    house.visited()
    desk = house.desk
    async with standing_at(desk, "chart", {"resident": desk.li}) as (_stage, view):
        card = view.findChild(RoundCard)
        await until(lambda: card.rounds is not None and card.rounds.visits)
        said = "\n".join(one.text() for one in card.findChildren(Words) if one.isVisibleTo(card))
        assert "高血压控制不佳" in said
        assert "停用布洛芬（待转医嘱）" in said


def test_the_workbench_tells_the_round_of_today_and_what_came_of_it(house: Rounding) -> None:
    house.desk.put(8, 0, DAY + timedelta(days=1))
    assert [(one.title, one.badge) for one in told(house)] == [("欧阳志强巡诊", "今天巡诊")]
    house.begin()
    house.visited(form=replace(FOUND, refers=True, refer="神经内科"))
    badges = {one.badge: one.way.place for one in told(house)}
    assert badges == {"巡诊中": "rounds", "建议转诊": "referral", "待转医嘱": "rounds"}
    house.desk.become(Role.CAREGIVER)
    assert told(house) == []
