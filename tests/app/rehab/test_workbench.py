"""Rehab on the workbench and in the timeline: what is still to be held today, reviews, signatures, missed sessions."""

from __future__ import annotations

from datetime import timedelta

from app.core.roles import Role
from app.history.timeline import Timeline
from app.rehab.aids import LendAid, LoanForm, ReturnAid
from app.rehab.planning import RateGoal
from app.rehab.training import NotHeld
from app.residents.stating import Seen
from app.today.board import Today
from app.today.tiles import Tile, Todo
from tests.app.rehab.house import DAY, Gym, at


def tile(gym: Gym) -> Tile | None:
    return next((one for one in gym.ask(Today()).tiles if one.key == "rehab"), None)


def todos(gym: Gym) -> list[Todo]:
    return [one for one in gym.ask(Today()).todos if one.icon == "accessibility"]


def test_the_number_is_what_is_still_to_be_held(gym: Gym) -> None:
    gym.plan()
    gym.put(9)
    before = tile(gym)
    assert before is not None
    assert (before.number, before.note, before.way.place) == ("1", "我的 1 次，已完成 0 次", "rehab-session")
    gym.do(NotHeld(gym.key(), "refused", "tired"))
    after = tile(gym)
    assert after is not None
    assert after.number == "0"
    gym.become(Role.NURSE)
    assert tile(gym) is None


def test_a_plan_waits_for_signatures(gym: Gym) -> None:
    drawn = gym.drawn_up()
    (todo,) = todos(gym)
    assert (todo.title, todo.words) == ("李桂兰 康复计划待签", "还缺医师开立、康复师确认、知情同意")
    assert todo.way.params == {"plan": drawn.plan.rid, "act": "sign"}


def test_missed_sessions_wait(gym: Gym) -> None:
    gym.plan()
    gym.put(9, day=DAY + timedelta(days=1))
    assert [(one.title, one.when) for one in todos(gym)] == [("训练缺次待处理", "1 次")]


def test_reviews_come_by_name(gym: Gym) -> None:
    gym.plan(gym.item(week=()))
    gym.put(9, day=DAY + timedelta(days=22))
    (todo,) = todos(gym)
    assert (todo.title, todo.words, todo.tone) == ("李桂兰 康复复评", "12-15 到期，已过 1 天", "orange")


def test_the_timeline_tells_what_did_not_go_as_planned(gym: Gym) -> None:
    drawn = gym.plan()
    gym.put(9)
    gym.do(NotHeld(gym.key(), "refused", "tired"))
    gym.do(RateGoal(drawn.goals[0], 5))
    gym.do(LendAid(gym.li, LoanForm("wheelchair", tag="LY-1")))
    gym.put(10)
    loan = gym.ask(Timeline(gym.li, at(0), at(23)))[0]
    gym.do(ReturnAid(Seen(loan.rid, 1), "完好"))
    told = [(one.title, one.words) for one in gym.ask(Timeline(gym.li, at(0), at(23))) if one.sort == "康复"]
    assert told[0] == ("归还辅具", "轮椅（LY-1）：完好")
    assert ("领用辅具", "轮椅（LY-1）") in told
    assert ("康复目标达成", "由床坐起至站立（5 次）") in told
    assert ("康复计划由医师开立", "脑卒中后左侧偏瘫，计划 KF-01-000001") in told
    assert any(title == "训练拒绝" for title, _ in told)
