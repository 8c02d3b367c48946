"""Rehab in nursing: what is minded at the bedside, care tasks that precautions ask for, taken up once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.care.queries import CarePlan
from app.care.service import EndTask
from app.core.errors import Refusal
from app.core.roles import Role
from app.rehab.planning import CancelPlan, ClosePlan, Ending
from app.rehab.planning.precaution_tasks import PrecautionTasks
from app.rehab.queries.nursing import NursingNotes, NursingWords, forbidden_on_ward
from tests.app.rehab.house import DAY, Gym

CONTENT = {
    "guard": "一人监护转移",
    "precautions": [
        {"words": "每 2 小时翻身，查骶尾", "nursing": False, "task": "turning"},
        {"words": "训练前测血压", "nursing": False},
        {"words": "坐轮椅每半小时减压", "nursing": True},
    ],
}


def test_a_plan_that_runs_is_minded_in_nursing(gym: Gym) -> None:
    gym.drawn_up(content=CONTENT)
    assert gym.ask(NursingNotes((gym.li, gym.wang))) == {}


def test_guard_bans_precautions_and_the_day_in_one_line(gym: Gym) -> None:
    gym.plan(content=CONTENT, contraindications={"sensory_loss": "T6 以下"})
    gym.put(8)
    gym.become(Role.CAREGIVER)
    assert gym.ask(NursingWords((gym.li, gym.wang))) == {
        gym.li: "康复注意：一人监护转移 · 禁热敷（感觉缺失） · 每 2 小时翻身，查骶尾 · 坐轮椅每半小时减压"
        " · 今天 09:00 PT 坐站转移"
    }
    gym.put(22)
    assert gym.ask(NursingNotes((gym.li,)))[gym.li].today == ()


def test_what_wards_must_not_do() -> None:
    assert forbidden_on_ward(("sensory_loss", "not_alert", "gone")) == (
        "禁热敷（感觉缺失）",
        "禁经口进食（不清醒或不能坐稳）",
    )
    assert forbidden_on_ward(("pacemaker",)) == ()


def test_tasks_of_precautions_are_taken_up_once_by_a_nurse(gym: Gym) -> None:
    gym.plan(content=CONTENT)
    offer = gym.ask(PrecautionTasks(gym.li))
    assert offer.words == "康复计划 KF-01-000001"
    assert len(offer.tasks) == 1
    assert offer.tasks[0].endswith("（每 2 小时翻身，查骶尾）")
    gym.become(Role.CAREGIVER)
    with pytest.raises(Refusal):
        gym.do(offer.accept)
    gym.become(Role.NURSE)
    gym.do(offer.accept)
    assert gym.ask(PrecautionTasks(gym.li)) is None
    with pytest.raises(Refusal, match="已经在计划里"):
        gym.do(offer.accept)
    (task,) = gym.ask(CarePlan(gym.li)).running
    assert (task.code, task.form.problem) == ("turning", "康复注意：每 2 小时翻身，查骶尾")
    gym.do(EndTask(task.seen, DAY, "气垫床代替"))
    gym.put(8, day=DAY.replace(day=26))
    assert gym.ask(PrecautionTasks(gym.li)) is None  # what a nurse ended is not asked for again


def test_tasks_of_precautions_end_with_the_plan_but_for_what_is_handed_over(gym: Gym) -> None:
    asked = [{"words": "查骶尾", "nursing": False, "task": code} for code in ("turning", "skin_check")]
    plan = gym.plan(content={"precautions": asked}).plan
    gym.become(Role.NURSE)
    gym.do(gym.ask(PrecautionTasks(gym.li)).accept)
    turning, other = gym.ask(CarePlan(gym.li)).running
    gym.become("林海涛")
    kept, more = turning.form, replace(turning.form, words="每日坐站 2 组")
    gym.do(ClosePlan(plan, Ending("left", "转院", tasks=(kept, more))))
    running = gym.ask(CarePlan(gym.li)).running
    assert {one.form.words for one in running} == {kept.words, "每日坐站 2 组"}
    assert next(one for one in running if one.form.words == kept.words).seen == turning.seen
    assert other.form.words not in {one.form.words for one in running}


def test_tasks_of_precautions_end_with_a_plan_that_is_cancelled(gym: Gym) -> None:
    plan = gym.plan(content=CONTENT).plan
    gym.become(Role.NURSE)
    gym.do(gym.ask(PrecautionTasks(gym.li)).accept)
    gym.become("林海涛")
    gym.do(CancelPlan(plan, "家属改变主意"))
    assert gym.ask(CarePlan(gym.li)).running == ()
