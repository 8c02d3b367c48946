"""The care plan: tasks added, changed from now on, ended, templates applied; nothing twice, nothing in the past."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.care.forms import TaskForm
from app.care.lists import task_kinds, templates
from app.care.queries import CarePlan, PlanRow, VersionsOf
from app.care.rules import SlotState
from app.care.service import ApplyTemplate, ChangeTask, EndTask, PlanTask, RecordDoing, RetractTask
from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.residents.stating import Seen
from db.models import Resident
from tests.app.care.house import DAY, WATER, Home
from tests.support.acts import Act, count
from tests.support.station import become

TOMORROW = DAY + timedelta(days=1)


def _plan(home: Home) -> PlanRow:
    return home.station.desk.ask_now(CarePlan(home.li))


def _titles(home: Home) -> list[str]:
    return [one.title for one in home.slots(DAY, "day")]


def test_a_task_is_planned_with_its_problem_and_goal(home_of_two: Home) -> None:
    home_of_two.plan("喂水", "9:30 14:30")
    ((problem, goal, (task,)),) = _plan(home_of_two).groups()
    assert (problem, goal) == ("进食饮水依赖", "每天饮水足量")
    assert (task.form.words, task.code, task.when, task.role, task.by) == (
        "喂水", "water", "09:30 14:30", "护理员", "周敏",
    )  # fmt: skip
    home_of_two.plan("读报", "10:00")
    assert [one.code for one in _plan(home_of_two).running] == ["water", "other"]


@pytest.mark.parametrize(
    ("form", "field", "said"),
    [
        (replace(WATER, words=" "), "words", "请填写项目"),
        (replace(WATER, times="下午"), "times", "不是时间"),
        (replace(WATER, role="cook"), "role", "没有这个执行人"),
        (replace(WATER, begins=DAY - timedelta(days=1)), "begins", "从今天起"),
        (replace(WATER, begins=None), "begins", "从哪天开始"),
        (replace(WATER, begins=TOMORROW, ends=DAY), "ends", "不能早于"),
        (replace(WATER, goal="好" * 61), "goal", "最多 60 个字，现在 61 个"),
    ],
)
def test_a_bad_field_is_refused_beside_it(home_of_two: Home, form: TaskForm, field: str, said: str) -> None:
    with pytest.raises(Refusal, match=said) as refusal:
        home_of_two.station.desk.do_now(PlanTask(home_of_two.li, form))
    assert refusal.value.field == field
    assert count(home_of_two.station, "care_task") == 0


def test_one_task_is_planned_once(home_of_two: Home) -> None:
    home_of_two.plan("喂水", "9:30")
    home_of_two.plan("读报", "10:00")
    for words in ("喂水", "读 报"):
        with pytest.raises(Refusal, match="计划里已有"):
            home_of_two.plan(words, "11:00")


def test_only_who_may_plan_plans_and_caregivers_read(home_of_two: Home) -> None:
    home_of_two.plan("喂水", "9:30")
    become(home_of_two.station, Role.CAREGIVER)
    assert _plan(home_of_two).running
    with pytest.raises(Refusal, match="没有“制定照护计划”的权限"):
        home_of_two.plan("洗澡", "14:00")


def test_a_template_adds_what_was_chosen_and_is_not_there(home_of_two: Home) -> None:
    home_of_two.plan("喂水", "9:30")
    home_of_two.put(7)
    desk = home_of_two.station.desk
    made = desk.do_now(ApplyTemplate(home_of_two.li, "full", ("feeding", "water", "turning")))
    assert len(made) == 2
    plan = _plan(home_of_two)
    assert [one.form.words for one in plan.running] == ["喂水", "协助进食", "翻身"]
    assert plan.running[2].form.problem == "长期卧床，有压力性损伤风险"
    assert plan.running[2].when == "每 2 小时"
    for chosen, said in (((), "至少选一项"), (("water",), "都已经在计划里")):
        with pytest.raises(Refusal, match=said):
            desk.do_now(ApplyTemplate(home_of_two.li, "full", chosen))


def test_every_template_can_be_applied_whole(home_of_two: Home) -> None:
    for key, template in templates().items():
        chosen = tuple(code for part in template.parts for code in part.tasks)
        rid = home_of_two.wang if key == "full" else home_of_two.li
        try:
            home_of_two.station.desk.do_now(ApplyTemplate(rid, key, chosen))
        except Refusal as refusal:
            assert refusal.text == "选中的项目都已经在计划里了。"  # noqa: PT017  # templates share tasks
    planned = {one.code for one in _plan(home_of_two).running}
    assert planned <= set(task_kinds())


def test_a_change_counts_from_now_on(home_of_two: Home) -> None:
    """What was due before keeps the times it had: blank slots do not vanish by changing the plan."""
    home_of_two.plan("喂水", "8:00 11:00 14:00")
    home_of_two.put(10)
    (task,) = _plan(home_of_two).running
    form = replace(task.form, times="8:30 12:00 14:00")
    home_of_two.station.desk.do_now(ChangeTask(task.seen, form, "补充"))
    assert _titles(home_of_two) == ["08:00 喂水", "12:00 喂水", "14:00 喂水"]
    versions = home_of_two.station.desk.ask_now(VersionsOf(task.seen.rid))
    assert [(one.revision, one.when, one.reason) for one in versions] == [
        (2, "08:30 12:00 14:00", "补充"),
        (1, "08:00 11:00 14:00", ""),
    ]


def test_what_was_recorded_early_stays_to_be_seen_after_a_change(home_of_two: Home) -> None:
    home_of_two.plan("喂水", "11:00")
    home_of_two.put(10, 30)
    home_of_two.station.desk.do_now(RecordDoing(*home_of_two.slot("11:00 喂水").key))
    (task,) = _plan(home_of_two).running
    home_of_two.put(10, 45)
    home_of_two.station.desk.do_now(ChangeTask(task.seen, replace(task.form, times="13:00"), "补充"))
    assert [(one.title, one.state) for one in home_of_two.slots(DAY, "day")] == [
        ("11:00 喂水", SlotState.DONE),
        ("13:00 喂水", SlotState.PLANNED),
    ]


def test_two_people_do_not_change_one_task_unawares(home_of_two: Home) -> None:
    home_of_two.plan("喂水", "8:00")
    (task,) = _plan(home_of_two).running
    desk = home_of_two.station.desk
    with pytest.raises(Refusal, match="没有变化"):
        desk.do_now(ChangeTask(task.seen, task.form, "笔误"))
    with pytest.raises(Refusal, match="不能改开始的日期"):
        desk.do_now(ChangeTask(task.seen, replace(task.form, begins=TOMORROW), "笔误"))
    desk.do_now(ChangeTask(task.seen, replace(task.form, goal="不脱水"), "笔误"))
    with pytest.raises(Refusal, match="刚被周敏改过"):
        desk.do_now(ChangeTask(task.seen, replace(task.form, goal="不口渴"), "笔误"))


def test_a_task_still_to_begin_may_begin_today_but_not_in_the_past(home_of_two: Home) -> None:
    desk = home_of_two.station.desk
    desk.do_now(PlanTask(home_of_two.li, replace(WATER, begins=TOMORROW)))
    (task,) = _plan(home_of_two).running
    with pytest.raises(Refusal, match="从今天起做"):
        desk.do_now(ChangeTask(task.seen, replace(task.form, begins=DAY - timedelta(days=1)), "笔误"))
    desk.do_now(ChangeTask(task.seen, replace(task.form, begins=DAY), "笔误"))
    assert _titles(home_of_two) == ["09:30 喂水", "14:30 喂水"]


def test_the_template_of_the_care_level_is_offered_first(home_of_two: Home) -> None:
    assert _plan(home_of_two).offered[0] == "independent"

    def decide(unit: Unit) -> None:
        unit.session.get_one(Resident, home_of_two.li).care_level = "full"

    home_of_two.station.desk.do_now(Act(decide))
    assert _plan(home_of_two).offered[0] == "full"


@pytest.mark.parametrize(("back", "left"), [(0, ["08:00 喂水", "14:00 喂水"]), (1, ["08:00 喂水"])])
def test_an_ended_task_leaves_what_was_due_before(home_of_two: Home, back: int, left: list[str]) -> None:
    """As of today: today is done to its end; as of now: what was due this morning still wants its word."""
    home_of_two.plan("喂水", "8:00 14:00")
    home_of_two.put(10)
    (task,) = _plan(home_of_two).running
    desk = home_of_two.station.desk
    with pytest.raises(Refusal, match="为什么停止"):
        desk.do_now(EndTask(task.seen, DAY, " "))
    with pytest.raises(Refusal, match="最早只能从现在起停"):
        desk.do_now(EndTask(task.seen, DAY - timedelta(days=2), "好转"))
    desk.do_now(EndTask(task.seen, DAY - timedelta(days=back), "目标已达到"))
    assert _titles(home_of_two) == left
    assert home_of_two.slots(TOMORROW, "day") == ()
    plan = _plan(home_of_two)
    assert (len(plan.running), len(plan.over)) == ((1, 0) if back == 0 else (0, 1))
    if back:
        assert plan.over[0].reason == "停止：目标已达到"
        home_of_two.plan("喂水", "15:00")  # may be planned again


def test_a_task_planned_in_error_is_retracted_unless_it_was_carried_out(home_of_two: Home) -> None:
    home_of_two.plan("喂水", "8:00")
    home_of_two.put(8)
    seen = home_of_two.station.desk.do_now(RecordDoing(*home_of_two.slot("08:00 喂水").key))
    (task,) = _plan(home_of_two).running
    with pytest.raises(Refusal, match="已有执行记录"):
        home_of_two.station.desk.do_now(RetractTask(task.seen, "排错人"))
    assert seen.revision == 1
    other = home_of_two.plan("洗澡", "14:00")
    home_of_two.station.desk.do_now(RetractTask(Seen(other, 1), "排错人"))
    assert [one.form.words for one in _plan(home_of_two).running] == ["喂水"]


def test_weekdays_and_days_bound_the_slots(home_of_two: Home) -> None:
    form = replace(WATER, words="洗澡", times="14:00", weekdays=("3", "5"), ends=DAY + timedelta(days=2))
    home_of_two.station.desk.do_now(PlanTask(home_of_two.li, form))
    found = [
        day.isoweekday()
        for day in (DAY + timedelta(days=step) for step in range(8))
        if home_of_two.slots(day, "day")
    ]
    assert found == [3]
    assert _plan(home_of_two).running[0].when == "周三、周五 14:00"
