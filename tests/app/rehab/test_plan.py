"""A plan: drawn up, signed by two and consented to, its sessions derived; what is refused, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.rehab.planning import (
    CancelPlan,
    ChangeItem,
    ChangePlan,
    ConfirmPlan,
    Consent,
    DrawUpPlan,
    EndItem,
    GoalForm,
    IssuePlan,
    PausePlan,
    PlaceItem,
    RateGoal,
    ResumePlan,
    RetractItem,
    ReviewPlan,
    StateConsent,
)
from app.rehab.queries.week import WeekBoard
from app.rehab.rules.sessions import SessionState
from app.rehab.training import NotHeld
from app.residents.stating import Seen
from tests.app.rehab.house import DAY, GOAL, LONG, Gym, at


def test_a_plan_runs_with_two_signatures_and_consent(gym: Gym) -> None:
    drawn = gym.drawn_up()
    assert [one.state for one in gym.held()] == [SessionState.PLANNED]
    assert gym.held()[0].tentative
    with pytest.raises(Refusal, match="由医师开立"):
        gym.do(IssuePlan(drawn.plan))
    seen = gym.do(ConfirmPlan(drawn.plan))
    seen = gym.do(StateConsent(seen, Consent("李建国", "儿子", agreed=False, words="想再考虑")))
    seen = gym.do(IssuePlan(seen, gym.proof(Role.DOCTOR)))
    assert gym.held()[0].plan.status == "drawn_up"
    gym.do(StateConsent(seen, Consent("李建国", "儿子")))
    (held,) = gym.held()
    assert (held.plan.status, held.tentative, held.plan.number) == ("running", False, "KF-01-000001")


def test_one_person_signs_only_once(gym: Gym) -> None:
    drawn = gym.drawn_up()
    seen = gym.do(IssuePlan(drawn.plan, gym.proof(Role.DOCTOR)))
    with pytest.raises(Refusal, match="确认要由另一位"):
        gym.do(ConfirmPlan(seen, gym.proof(Role.DOCTOR)))


def test_a_grave_change_asks_for_the_signatures_anew(gym: Gym) -> None:
    drawn = gym.plan()
    light = gym.do(ChangePlan(drawn.plan, gym.form(content={"guard": "一人监护"}), "补充"))
    assert gym.held()[0].plan.status == "running"
    gym.do(ChangePlan(light, gym.form(content={"guard": "一人监护"}, limits={"sbp": 160}), "补充"))
    assert gym.held()[0].plan.status == "drawn_up"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"words": " "}, "请写明计划名称"),
        ({"ends": DAY - timedelta(days=1)}, "结束日期"),
        ({"review_on": DAY}, "复评日期"),
    ],
)
def test_what_a_plan_must_not_be(gym: Gym, more: dict[str, Any], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        gym.drawn_up(**more)


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (replace(GOAL, action=""), "动作"),
        (replace(GOAL, unit=""), "单位"),
        (replace(GOAL, due_on=DAY), "期限"),
        (replace(GOAL, target=0), "相同"),
        (replace(GOAL, baseline=9), "应比起点大"),
        (replace(GOAL, steps=(0, 1, 2)), "五级"),
        (replace(GOAL, steps=(0, 2, 1, 3, 4)), "依次"),
        (replace(GOAL, weight=0), "权重"),
    ],
)
def test_what_a_goal_must_not_be(gym: Gym, goal: GoalForm, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        gym.drawn_up(goals=(goal,))


def test_a_second_plan_beside_one_is_refused(gym: Gym) -> None:
    gym.plan()
    with pytest.raises(Refusal, match="还没有结案"):
        gym.drawn_up()
    with pytest.raises(Refusal, match="至少写一个目标"):
        gym.do(DrawUpPlan(gym.wang, gym.form(), (), (gym.item(),)))


def test_nobody_is_put_in_two_places_silently(gym: Gym) -> None:
    gym.plan()
    with pytest.raises(Refusal, match=r"林海涛 周二 11-24 09:00 同时排了 王素芬 PT 与 李桂兰 PT"):
        gym.drawn_up(resident=gym.wang)
    other = gym.item(code="feeding", words="万能袖套进食", discipline="ot", therapist=gym.staff["苏婉"])
    gym.drawn_up(replace(other, week=("2 09:30",)), resident=gym.wang)


def test_members_of_a_group_share_their_therapist(gym: Gym) -> None:
    gym.plan(gym.item(together="八段锦小组"))
    gym.drawn_up(gym.item(together="八段锦小组"), resident=gym.wang)
    assert len(gym.held()) == 2


def test_an_accepted_conflict_is_kept_with_the_item(gym: Gym) -> None:
    gym.plan()
    both = "".join(sorted(f":{who.hex[-12:]}" for who in (gym.li, gym.wang)))
    names = tuple(
        f"therapist:{gym.staff['林海涛']}:{DAY + timedelta(days=step):%Y%m%d}T0100{both}"
        for step in (0, 2, 3, 7, 9, 10)
    )
    gym.drawn_up(resident=gym.wang, accept=names)
    assert len(gym.held()) == 2


def test_a_changed_item_counts_from_now_on(gym: Gym) -> None:
    drawn = gym.plan()
    gym.put(12)
    form = gym.item(week=("2 14:00", "5 10:30"))
    gym.do(ChangeItem(Seen(drawn.items[0], 1), form, "时间更正"))
    assert [one.planned.time for one in gym.held()] == ["09:00", "14:00"]
    week = gym.held(*(DAY + timedelta(days=step) for step in range(1, 7)))
    assert [(one.planned.day.isoweekday(), one.planned.time) for one in week] == [(5, "10:30")]


@pytest.mark.parametrize(("before", "after"), [("09:00", "10:00"), ("10:00", "09:00")])
def test_other_times_neither_double_nor_lose_a_session_of_today(gym: Gym, before: str, after: str) -> None:
    drawn = gym.plan(gym.item(week=(f"4 {before}", f"5 {before}")))
    thursday, friday = DAY + timedelta(days=2), DAY + timedelta(days=3)
    gym.put(9, 30, thursday)
    seen = gym.do(PlaceItem(Seen(drawn.items[0], 1), (f"4 {after}", f"5 {after}")))
    days = (thursday, friday, thursday + timedelta(days=7))
    assert [one.planned.time for one in gym.held(*days)] == [before, after, after]
    gym.do(EndItem(seen, DAY + timedelta(days=1), "改为作业治疗"))
    assert [one.planned.time for one in gym.held(*days)] == ([before] if before == "09:00" else [])


def test_a_pause_asks_for_nothing_and_leaves_no_gap_behind(gym: Gym) -> None:
    drawn = gym.plan()
    seen = gym.do(PausePlan(drawn.plan, DAY, "发热"))
    assert gym.held() == []
    gym.put(8, day=DAY + timedelta(days=3))
    gym.do(ResumePlan(seen))
    states = [one.planned.day for one in gym.held(*(DAY + timedelta(days=step) for step in range(4)))]
    assert states == [DAY + timedelta(days=3)]


def test_a_pause_ends_where_nobody_was_put_meanwhile_unless_it_is_accepted(gym: Gym) -> None:
    paused = gym.do(PausePlan(gym.plan().plan, DAY, "发热"))
    gym.plan(gym.item(week=("4 09:00",)), resident=gym.wang)
    with pytest.raises(Refusal, match="林海涛 周四 11-26 09:00 同时排了"):
        gym.do(ResumePlan(paused))
    both = "".join(sorted(f":{who.hex[-12:]}" for who in (gym.li, gym.wang)))
    lin, days = gym.staff["林海涛"], (2, 9)
    names = tuple(f"therapist:{lin}:{DAY + timedelta(days=step):%Y%m%d}T0100{both}" for step in days)
    gym.do(ResumePlan(paused, accept=names))
    assert gym.ask(WeekBoard(DAY)).clashes == ()


def test_a_longer_period_is_refused_where_somebody_came_after_the_plan(gym: Gym) -> None:
    ends = DAY + timedelta(days=6)
    drawn = gym.plan(ends=ends, review_on=ends)
    gym.plan(gym.item(week=("4 09:00",), begins=ends), resident=gym.wang)
    later = ends + timedelta(days=14)
    with pytest.raises(Refusal, match="林海涛 周四 12-03 09:00 同时排了"):
        gym.do(ReviewPlan(drawn.plan, later, "进步", ends=later))
    gym.do(ReviewPlan(drawn.plan, ends, "进步"))


def test_other_times_are_not_measured_against_today_where_today_stays(gym: Gym) -> None:
    drawn = gym.plan(gym.item(week=("4 14:00",)))
    gym.plan(gym.item(week=("4 09:00",), ends=DAY + timedelta(days=2)), resident=gym.wang)
    gym.put(8, 0, DAY + timedelta(days=2))
    gym.do(PlaceItem(Seen(drawn.items[0], 1), ("4 09:00",)))
    assert [one.planned.time for one in gym.held(DAY + timedelta(days=2))] == ["09:00", "14:00"]


def test_an_unrecorded_session_is_told_once_the_day_is_over(gym: Gym) -> None:
    gym.plan()
    gym.put(8, 30)
    assert gym.held()[0].state is SessionState.DUE
    gym.put(21, 1)
    assert gym.held()[0].state is SessionState.UNRECORDED
    gym.home.away("hospital", at(8), None)
    assert gym.held()[0].state is SessionState.AWAY


def test_a_goal_is_attained_by_its_number(gym: Gym) -> None:
    drawn = gym.plan()
    gym.do(RateGoal(drawn.goals[0], 3))
    with pytest.raises(Refusal, match="请说明原因"):
        gym.do(RateGoal(drawn.goals[0], 3, gas=1))
    gym.do(RateGoal(drawn.goals[0], 5))
    with pytest.raises(Refusal, match="请填写数值"):
        gym.do(RateGoal(drawn.goals[0], None))


def test_an_ended_item_and_a_cancelled_plan_ask_for_nothing(gym: Gym) -> None:
    drawn = gym.plan(gym.item(), gym.item(week=("2 14:00",), words="轮椅操作", code="wheelchair"))
    gym.do(EndItem(Seen(drawn.items[0], 1), DAY - timedelta(days=1), "改为作业治疗"))
    assert [one.planned.time for one in gym.held()] == ["14:00"]
    gym.do(CancelPlan(drawn.plan, "家属改变主意"))
    assert gym.held() == []


def test_an_item_added_in_error_is_retracted_unless_it_was_trained(gym: Gym) -> None:
    other = gym.item(week=("2 14:00",), words="轮椅操作", code="wheelchair")
    drawn = gym.plan(gym.item(), other)
    with pytest.raises(Refusal, match="请写明原因"):
        gym.do(RetractItem(Seen(drawn.items[1], 1), " "))
    gym.do(RetractItem(Seen(drawn.items[1], 1), "加错老人"))
    assert [one.planned.time for one in gym.held()] == ["09:00"]
    gym.put(9)
    gym.do(NotHeld(gym.key(), "refused", "tired"))
    with pytest.raises(Refusal, match="已有训练记录，不能作废"):
        gym.do(RetractItem(Seen(drawn.items[0], 1), "加错老人"))


def test_only_who_may_plans(gym: Gym) -> None:
    drawn = gym.plan()
    gym.become(Role.NURSE)
    with pytest.raises(Refusal, match="制定康复计划"):
        gym.do(PausePlan(drawn.plan, DAY, "发热"))
    with pytest.raises(Refusal, match="排康复训练"):
        gym.do(PlaceItem(Seen(drawn.items[0], 1), ("1 09:00",)))


def test_long_goal_is_kept_with_its_measure(gym: Gym) -> None:
    assert (LONG.measure, LONG.columns()["steps"]) == ("barthel", {})
