"""Referrals in the chart, on the workbench and in the sidebar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.core.roles import Role
from app.referrals.moving import AskApproval, SubmitReferral, Withdraw
from app.today.glance import Glance
from app.today.sources.referrals import tile, todos
from app.today.tiles import Tile, Todo
from tests.app.referrals.house import Desk
from tests.support.acts import Look
from tests.ui.referrals.room import hit, shown, standing_at, until
from ui.referrals.follow_chart import ReferralsTab, ReferralStrip
from ui.referrals.follow_view import FollowView


@pytest.fixture(autouse=True)
def _nurse(desk: Desk) -> None:
    desk.become(Role.NURSE)


def told(desk: Desk) -> list[Todo]:
    found: list[Todo] = desk.ask(Look(lambda reader: list(todos(Glance(reader)))))
    return found


def number(desk: Desk) -> Tile | None:
    found: Tile | None = desk.ask(Look(lambda reader: tile(Glance(reader))))
    return found


async def test_the_tab_lists_them_and_the_strip_says_the_open_one(desk: Desk) -> None:
    desk.do(Withdraw(desk.begun(), "好转"))
    desk.do(SubmitReferral(desk.begun()))
    async with standing_at(desk, "chart", {"resident": desk.li, "tab": "referrals"}) as (stage, view):
        tab = view.findChild(ReferralsTab)
        strip = view.findChild(ReferralStrip)
        await until(lambda: len(tab.table.rows_model.rows) == 2)
        await until(lambda: "转诊已提交" in strip.strip.text())
        hit(stage, view, Qt.Key.Key_Return)
        hit(stage, await shown(stage, FollowView), Qt.Key.Key_Escape)
        await until(lambda: stage.place == "chart")
        assert stage.frame.pages.view is view


async def test_without_one_the_tab_says_how(desk: Desk) -> None:
    async with standing_at(desk, "chart", {"resident": desk.wang, "tab": "referrals"}) as (stage, view):
        tab = view.findChild(ReferralsTab)
        await until(lambda: tab.state.words == "没有转诊")
        assert view.findChild(ReferralStrip).strip.text() == ""
        hit(stage, view, "n")
        await until(lambda: stage.place == "referral")


def test_the_workbench_tells_whom_it_concerns(desk: Desk) -> None:
    desk.do(SubmitReferral(desk.begun()))
    desk.do(AskApproval(desk.begun(desk.wang, urgency="h48")))
    desk.put(6, 20)
    badges = [one.badge for one in told(desk)]
    assert badges[0] == "待回复"
    assert "待审批" not in badges  # not a nurse's to do
    shown = number(desk)
    assert shown is not None
    assert (shown.number, shown.urgent) == ("2", True)
    desk.become(Role.MANAGER)
    assert {one.badge for one in told(desk)} == {"待审批"}
    desk.put(6, 50)
    assert told(desk)[0].badge == "待回复"  # three times its time: the manager is told
    desk.become(Role.CAREGIVER)
    assert told(desk) == []
    assert number(desk) is None
