"""A referral that was moved on: its page says when the first hospital was reached, took over, and was left."""

from __future__ import annotations

from app.core.roles import Role
from app.referrals.moving import Arrive, MoveOn
from tests.app.referrals.house import Desk
from tests.support.layout import lint
from tests.ui.referrals.room import standing_at, until
from ui.referrals.follow_view import FollowView


async def test_times_of_both_hospitals_stand_on_the_page(desk: Desk) -> None:
    desk.become(Role.NURSE)
    desk.put(8)
    seen = desk.treated()
    desk.put(9)
    seen = desk.do(MoveOn(seen, "手术", desk.partners["other"]))
    desk.put(9, 40)
    desk.do(Arrive(seen))
    async with standing_at(desk, "referrals", {"view": "all"}) as (stage, _list):
        view = stage.view("referral-follow", {"referral": seen.rid})
        await stage.settle()
        assert isinstance(view, FollowView)
        before = view.pieces.before
        await until(before.isVisible)
        assert before.text() == "安和市第一人民医院：08:00 到达，08:00 接诊（刘志远），09:00 转往他院"
        assert view.pieces.green.faces["arrived"].time == "09:40"
        assert view.pieces.green.faces["taken_over"].time == ""
        assert lint(stage.frame) == []
