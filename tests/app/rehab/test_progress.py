"""Progress of a plan: goals with ratings and fresh readings, curves, attendance by week, and what may be said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.errors import Refusal
from app.rehab.planning import RateGoal
from app.rehab.progress.curves import Curves
from app.rehab.progress.sheet import Progress, ProgressRow
from app.rehab.queries.open_sessions import CountOpenSessions
from app.rehab.queries.people import InRehab
from app.rehab.queries.plan import PlanSheet
from app.rehab.rules.sessions import SessionState
from app.vitals.rules import Measured
from app.vitals.service import RecordSet
from tests.app.rehab.course import barthel, became, begun
from tests.app.rehab.house import DAY, GOAL, LONG, Gym, at


def _progress(gym: Gym) -> ProgressRow:
    plan = gym.ask(PlanSheet(gym.li)).plan
    found: ProgressRow = gym.ask(Progress(gym.li, plan.seen.rid))
    return found


def test_nobody_has_a_plan_yet(gym: Gym) -> None:
    sheet = gym.ask(PlanSheet(gym.li))
    assert (sheet.plan, sheet.goals, sheet.items, sheet.today) == (None, (), (), None)
    assert gym.ask(InRehab()) == ()
    assert gym.ask(CountOpenSessions()) == 0


def test_the_sheet_of_a_running_plan(gym: Gym) -> None:
    gym.plan(gym.item(dose={"sets": 3, "reps": 5}))
    gym.put(8, 30)
    sheet = gym.ask(PlanSheet(gym.li))
    plan = sheet.plan
    assert (plan.number, plan.words, plan.week, plan.missing, plan.lead) == (
        "KF-01-000001", "脑卒中后左侧偏瘫", 1, (), "林海涛",
    )  # fmt: skip
    assert [(one.term, one.figure, one.asks, one.short) for one in sheet.goals] == [
        ("long", "20 / 60 分", "≥60", "Barthel"),
        ("short", "0 / 5 次", "≥5", ""),
    ]
    (item,) = sheet.items
    assert (item.badge, item.tone, item.dose, item.placed, item.per_week) == (
        "PT",
        "info",
        "3 组 × 5 次",
        3,
        3,
    )
    (session,) = sheet.today.sessions
    assert (session.time, session.state, session.therapist) == ("09:00", SessionState.DUE, "林海涛")
    assert sheet.today.next == session
    assert gym.ask(CountOpenSessions()) == 1
    (person,) = gym.ask(InRehab())
    assert (person.name, person.running, person.sessions, person.held, person.open) == (
        "李桂兰",
        True,
        1,
        0,
        1,
    )
    assert gym.ask(InRehab("wang")) == ()


def test_a_plan_says_which_signature_is_missing(gym: Gym) -> None:
    gym.drawn_up()
    plan = gym.ask(PlanSheet(gym.li)).plan
    assert plan.missing == ("医师开立", "康复师确认", "知情同意")
    assert gym.ask(CountOpenSessions()) == 0


def test_values_at_rest_say_whether_a_session_may_begin(gym: Gym) -> None:
    gym.plan()
    gym.put(8, 30)
    assert gym.ask(PlanSheet(gym.li)).today.before is None
    measured = (Measured("blood_pressure", 182, second=90, confirmed=True), Measured("pulse", 72))
    gym.do(RecordSet(gym.li, at(8, 20), measured))
    before = gym.ask(PlanSheet(gym.li)).today.before
    assert before.values[:2] == ("血压 182/90", "心率 72")
    assert (before.effect, before.fired) == ("refuse", ("收缩压 >180，现在 182 mmHg",))
    gym.put(13)
    assert gym.ask(PlanSheet(gym.li)).today.before is None  # too long ago


def test_stop_rules_of_a_condition_come_with_what_to_do(gym: Gym) -> None:
    gym.plan(conditions=("sci_t6",), limits={"rpe_high": 13})
    stops = gym.ask(PlanSheet(gym.li)).today.stops
    assert "RPE ≥13" in [one.words for one in stops]
    special = [one for one in stops if one.special]
    assert any("自主神经反射异常" in one.words and "查尿管" in one.advice for one in special)


def test_a_newer_reading_waits_beside_the_goal_until_it_is_rated(gym: Gym) -> None:
    begun(gym, 6)
    record = barthel(gym, DAY, 45)
    (goal, _short) = gym.ask(PlanSheet(gym.li)).goals
    assert (goal.value, goal.gas, goal.fresh.value, goal.fresh.gas) == (20, None, 45, -1)
    gym.do(RateGoal(goal.seen.rid, 45, assessment=record))
    (goal, _short) = gym.ask(PlanSheet(gym.li)).goals
    assert (goal.value, goal.gas, goal.fresh, goal.figure) == (45, -1, None, "45 / 60 分")
    assert goal.way == pytest.approx(25 / 40)


def test_goals_come_to_a_score(gym: Gym) -> None:
    gym.plan()
    goals = gym.ask(PlanSheet(gym.li)).goals
    assert gym.ask(PlanSheet(gym.li)).score.now is None
    gym.do(RateGoal(goals[1].seen.rid, 5))
    sheet = gym.ask(PlanSheet(gym.li))
    assert (sheet.score.now, sheet.score.rated, sheet.score.goals) == (50, 1, 2)
    assert sheet.score.began == pytest.approx(30)
    assert [one.status for one in sheet.goals] == ["open", "attained"]


def test_a_curve_begins_with_the_plan_and_judges_to_the_last_reading(gym: Gym) -> None:
    barthel(gym, DAY - timedelta(weeks=30), 80)
    barthel(gym, DAY - timedelta(weeks=26), 5)
    begun(gym, 26)
    barthel(gym, DAY - timedelta(weeks=10), 25)
    barthel(gym, DAY, 45)
    plan = gym.ask(PlanSheet(gym.li)).plan
    row = gym.ask(Curves(gym.li, plan.seen.rid))
    (curve,) = row.curves
    assert [one.value for one in curve.readings] == [5, 25, 45]
    assert (curve.whole.turn, curve.whole.change, curve.whole.least) == ("improved", 40, 10)
    assert (curve.since, curve.before.value, curve.goals[0].words) == ("计划开始时", 5, "长期目标 ≥60")
    with pytest.raises(Refusal, match="不是这位老人"):
        gym.ask(Curves(gym.wang, plan.seen.rid))


def test_the_verdict_says_what_the_numbers_say(gym: Gym) -> None:
    begun(gym, 26, measures=("barthel", "kubota"))
    assert _progress(gym).whole == "还不能比较"
    barthel(gym, DAY - timedelta(weeks=26), 40)
    assert "只评过一次" in _progress(gym).verdicts[0].told
    barthel(gym, DAY - timedelta(weeks=1), 45)
    said = _progress(gym)
    assert said.verdicts[0].told == (
        "Barthel指数评定：稳定。05-26 40 分 → 11-17 45 分，+5 分，未达到最小变化 10 分。"
    )
    barthel(gym, DAY, 65)
    said = _progress(gym)
    assert (said.turn, said.whole) == ("improved", "总体改善")
    assert said.verdicts[0].plain == (
        "比半年前，日常生活自理能力（吃饭、穿衣、如厕、转移、走路等）有明显进步：从 40 分到 65 分（满分 100 分）。"
    )
    assert said.verdicts[1].told == "洼田饮水试验：还没有评过。"
    changes = said.comparisons["barthel"].items
    assert {one.how for one in changes} == {"better"}


def test_attendance_counts_what_has_had_its_time(gym: Gym) -> None:
    begun(gym, 2)
    days = [DAY - timedelta(days=back) for back in range(14, 0, -1)]
    assert became(gym, days, {1: {"attendance": "refused"}, 2: {"attendance": "partly", "minutes": 10}}) == 6
    told = _progress(gym).attendance
    assert (told.whole.planned, told.whole.held) == (6, 5)
    assert told.whole.rate == pytest.approx(5 / 6)
    assert [(one.number, one.whole.planned, one.whole.held) for one in told.weeks] == [
        (1, 3, 2),
        (2, 3, 3),
        (3, 0, 0),
    ]
    assert told.disciplines["pt"].by == {"done": 4, "refused": 1, "partly": 1}
    assert told.whole.minutes == 5 * 30 + 10
    gym.put(22)
    assert _progress(gym).attendance.whole.by["unrecorded"] == 1


def test_goals_of_a_goal_that_falls(gym: Gym) -> None:
    falling = replace(GOAL, action="起立行走", unit="秒", baseline=30, target=14, falling=True)
    gym.plan(goals=(falling, LONG))
    goal = gym.ask(PlanSheet(gym.li)).goals[1]
    assert (goal.asks, goal.figure, goal.step(20), goal.step(14), goal.step(31)) == (
        "≤14",
        "30 / 14 秒",
        -1,
        0,
        -2,
    )
