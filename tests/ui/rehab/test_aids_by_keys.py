"""Aids by keys: what a plan prescribes is lent, an aid comes back, a slip is put right or taken back, refusals."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from app.core.roles import Role
from app.rehab.aids import Aids, LendAid, LoanForm
from tests.app.rehab.house import DAY, Gym
from tests.support.hands import type_text
from tests.support.layout import lint
from tests.ui.rehab.room import back, hit, press, sheet, standing_at, until
from ui.kit.why_sheet import WhySheet
from ui.rehab.aid_sheets import CorrectLoanSheet, LendSheet, ReturnSheet
from ui.rehab.aids_view import AidsView
from ui.rehab.people_sheet import PeopleSheet

ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down
CHAIR = LoanForm("wheelchair", tag="LY-012", due_on=DAY + timedelta(days=5), condition="完好", taught=True)


def stands(view: AidsView) -> list[tuple[str, str]]:
    return [(row.name, row.words) for row in view.table.rows_model.rows]


async def test_nothing_is_lent_yet(gym: Gym) -> None:
    async with standing_at(gym, "rehab-aids") as (_stage, view):
        assert "没有借出的辅具" in view.state.words
        assert lint(_stage.frame) == []


async def test_what_a_plan_prescribes_is_lent_with_few_keys(gym: Gym) -> None:
    gym.plan(content={"aids": ["轮椅", "减压坐垫"]})
    async with standing_at(gym, "rehab-aids") as (stage, view):
        assert (
            view.pieces.chips.findChildren(type(view.pieces.chips.group.buttons()[0]))[2].text() == "未领 2"
        )
        hit(stage, view, "3")
        assert stands(view) == [("李桂兰", "轮椅"), ("李桂兰", "减压坐垫")]
        hit(stage, view, ENTER)
        asked = await sheet(LendSheet)
        await until(lambda: asked.form.input("tag").hasFocus())
        assert asked.form.values()["code"] == "轮椅"
        type_text(asked.form.input("tag"), "LY-012")
        asked.save()
        await back(stage)
        assert stands(view) == [("李桂兰", "减压坐垫")]
        (loan,) = gym.ask(Aids()).out
        assert (loan.code, loan.tag, loan.taught) == ("wheelchair", "LY-012", True)
        assert stage.frame.notice.text() == "轮椅已借给李桂兰。"


async def test_an_aid_is_found_by_pinyin_for_somebody_picked(gym: Gym) -> None:
    gym.do(LendAid(gym.li, CHAIR))
    async with standing_at(gym, "rehab-aids") as (stage, view):
        hit(stage, view, "n")
        people = await sheet(PeopleSheet)
        type_text(people.search, "wsf")
        await until(lambda: len(people.table.rows_model.rows) == 1 and not people.errands.running)
        press(people.search, ENTER)
        asked = await sheet(LendSheet)
        await until(lambda: asked.form.input("code").hasFocus())
        type_text(asked.form.input("code"), "lunyi")
        press(asked.form.input("code"), ENTER)
        await until(lambda: asked.form.values()["code"] == "轮椅")
        type_text(asked.form.input("tag"), "LY-012")
        asked.save()
        await until(lambda: "借给李桂兰，还没有归还" in asked.form.error("tag"))
        assert asked.form.values()["tag"] == "LY-012"  # stays as typed
        asked.form.set_values({"tag": "LY-013"})
        asked.save()
        await back(stage)
        assert stands(view) == [("李桂兰", "轮椅"), ("王素芬", "轮椅")]


async def test_an_overdue_aid_comes_back_with_its_condition(gym: Gym) -> None:
    gym.do(LendAid(gym.li, CHAIR))
    gym.put(9, day=DAY + timedelta(days=6))
    async with standing_at(gym, "rehab-aids", {"view": "overdue"}) as (stage, view):
        assert stands(view) == [("李桂兰", "轮椅")]
        hit(stage, view, "r")
        asked = await sheet(ReturnSheet)
        asked.save()
        await until(lambda: asked.form.error("condition") != "")
        type_text(asked.form.input("condition"), "左刹车松")
        asked.save()
        await back(stage)
        assert "没有逾期" in view.state.words
        hit(stage, view, "4")
        assert [row.loan.returned_condition for row in view.table.rows_model.rows] == ["左刹车松"]
        await stage.settle()
        assert lint(stage.frame) == []


async def test_a_slip_is_put_right_or_taken_back(gym: Gym) -> None:
    gym.do(LendAid(gym.li, CHAIR))
    async with standing_at(gym, "rehab-aids", {"resident": gym.li}) as (stage, view):
        assert view.pieces.scope.text() == "只看 李桂兰"
        hit(stage, view, "e")
        asked = await sheet(CorrectLoanSheet)
        asked.form.set_values({"tag": "LY-099"})
        asked.save()
        await until(lambda: "更正原因" in asked.form.error("reason"))
        asked.form.set_values({"reason": "笔误"})
        asked.save()
        await back(stage)
        assert [row.loan.tag for row in view.table.rows_model.rows] == ["LY-099"]
        hit(stage, view, "x")
        why = await sheet(WhySheet)
        type_text(why.words, "录错老人")
        press(why.words, ENTER)
        await back(stage)
        assert gym.ask(Aids(gym.li)).loans == ()
        hit(stage, view, "a")
        await stage.settle()
        assert not view.pieces.scope.isVisible()


async def test_who_may_not_lend_is_told(gym: Gym) -> None:
    gym.do(LendAid(gym.li, CHAIR))
    gym.become(Role.CAREGIVER)
    async with standing_at(gym, "rehab-aids") as (stage, view):
        hit(stage, view, "n")
        assert "借还辅具" in stage.frame.notice.text()


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (911, 512)])
async def test_it_fits(gym: Gym, size: tuple[int, int]) -> None:
    gym.plan(content={"aids": ["可后倾高靠背轮椅", "减压坐垫"]})
    gym.do(LendAid(gym.li, CHAIR))
    async with standing_at(gym, "rehab-aids", {"resident": gym.li}, size=size) as (stage, view):
        assert lint(stage.frame) == []
        hit(stage, view, "3", ENTER)
        asked = await sheet(LendSheet)
        assert lint(asked) == []
        press(asked, Qt.Key.Key_Escape)
        await back(stage)
