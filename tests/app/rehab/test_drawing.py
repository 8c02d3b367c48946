"""From a template to a plan: dates, baselines, targets, therapists; and a plan that stands as it is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.rehab.drafted import GoalDraft, PlanDraft
from app.rehab.form.goal import goal_values, read_goal
from app.rehab.form.item import item_values, read_item, told_of
from app.rehab.form.plan import plan_values, read_plan
from app.rehab.lists.items import items
from app.rehab.lists.templates import templates
from app.rehab.measured import Measure, Result
from app.rehab.planning import AddItem, DrawUpPlan
from app.rehab.planning.evaluating import Evaluate
from app.rehab.queries.drawing import PlanStart, StartPlan
from app.rehab.templating import from_template, line_of, offered_beside, target_for, therapist_for
from app.residents.stating import AddDiagnosis, DiagnosisForm
from tests.app.rehab.house import DAY, Gym
from tests.app.rehab.test_evaluating import first


def started(gym: Gym) -> PlanStart:
    start: PlanStart = gym.ask(StartPlan(gym.li))
    return start


def draw_up(gym: Gym, plan: PlanDraft) -> PlanDraft:
    """Drawn up, and read again as it stands."""
    goals = tuple(one.form(plan.goals) for one in plan.goals)
    lines = tuple(one.form(plan.goals) for one in plan.items)
    drawn = gym.do(DrawUpPlan(gym.li, plan.form(), goals, lines))
    standing = gym.ask(StartPlan(plan=drawn.plan.rid)).standing
    found: PlanDraft = standing.draft
    return found


@pytest.mark.parametrize("code", list(templates()))
def test_every_template_becomes_a_plan_that_is_kept_and_drawn_up(gym: Gym, code: str) -> None:
    plan = from_template(code, started(gym).ground)
    assert PlanDraft.of(plan.kept()) == plan
    whole = replace(
        plan, goals=tuple(replace(one, target=9.0) if one.target is None else one for one in plan.goals)
    )
    assert not [fault.words for one in whole.goals for fault in one.faults(DAY) if fault.must]
    stands = draw_up(gym, whole)
    assert [one.action for one in stands.goals] == [one.action for one in whole.goals]
    assert [one.words for one in stands.items] == [one.words for one in whole.items]
    assert stands.rest == whole.rest


def test_a_template_is_offered_by_the_code_or_the_words_of_a_diagnosis(gym: Gym) -> None:
    assert started(gym).offered == ()
    gym.become(Role.DOCTOR)
    gym.do(AddDiagnosis(gym.li, DiagnosisForm("慢性阻塞性肺疾病", "J44.9", "")))
    gym.become("林海涛")
    assert started(gym).offered == ("copd",)
    assert started(gym).conditions == ("copd",)
    gym.do(Evaluate(gym.li, first(diagnosis="脑卒中后左侧偏瘫")))
    assert started(gym).offered == ("copd", "stroke")


def test_what_the_evaluation_says_comes_first(gym: Gym) -> None:
    gym.do(Evaluate(gym.li, first(phase="maintenance", texts={"functional": "左侧偏瘫", "level": "Ⅲ 期"})))
    plan = from_template("stroke", started(gym).ground)
    assert plan.words == "左侧偏瘫（Ⅲ 期）"
    assert plan.phase == "maintenance"
    assert plan.review_on == DAY + timedelta(days=28)
    assert [one.code for one in plan.problems[:2]] == ["b730", "d450"]
    assert {one.problem for one in plan.goals} <= {one.code for one in plan.problems}
    assert plan.contraindications == {"fragility": "T12 陈旧"}


def result(value: float) -> dict[str, Measure]:
    last = Result(UUID(int=1), DAY, value, f"{value:g} 分", "", "neutral")
    return {"barthel": Measure("barthel", "Barthel", "Barthel", "分", False, 10, last=last)}


def test_baselines_are_the_last_results_and_targets_lie_beyond_them(gym: Gym) -> None:
    ground = replace(started(gym).ground, results=result(35))
    goal = from_template("stroke", ground).goals[0]
    assert (goal.measure, goal.baseline, goal.target) == ("barthel", 35, 60)
    there = from_template("stroke", replace(ground, results=result(75))).goals[0]
    assert there.target is None
    assert [fault.field for fault in there.faults(DAY) if fault.must] == ["target"]
    template = templates()["stroke"].goals[0]
    assert target_for(template, None) == template.target


def test_who_holds_an_item_is_who_has_its_discipline_in_the_title(gym: Gym) -> None:
    ground = started(gym).ground
    assert ground.lead == gym.staff["林海涛"]
    assert therapist_for("pt", ground.staff, ground.lead) == gym.staff["林海涛"]
    assert therapist_for("ot", ground.staff, ground.lead) == gym.staff["苏婉"]
    assert therapist_for("st", ground.staff, ground.lead) == gym.staff["丁一鸣"]
    assert therapist_for("tcm", ground.staff, ground.lead) == gym.staff["许德海"]


def test_what_is_less_often_than_weekly_says_so_and_is_not_booked(gym: Gym) -> None:
    plan = from_template("child-speech", started(gym).ground)
    rare = next(one for one in plan.items if not one.per_week)
    assert rare.note.startswith("每月")
    drawn = gym.drawn_up()
    with pytest.raises(Refusal, match="多久一次"):
        gym.do(AddItem(drawn.plan.rid, replace(rare, note="").form()))


def test_what_is_done_on_the_ward_stands_among_the_exercises(gym: Gym) -> None:
    plan = from_template("stroke", started(gym).ground)
    assert any(one.startswith(items()["positioning"].words) for one in plan.rest.exercises)
    assert "positioning" not in [one.code for one in plan.items]


def test_items_a_template_offers_beside_are_those_not_there() -> None:
    offered = [one.code for one in offered_beside("stroke", ("tuina",))]
    assert "fes" in offered
    assert "tuina" not in offered
    assert offered_beside("", ()) == ()


def test_contraindications_and_a_sensory_level_are_told_at_the_item(gym: Gym) -> None:
    moxa = line_of(items()["moxa"], started(gym).ground.staff, None, "i1")
    assert told_of(moxa, {}, ()) == ()
    words, blocks = told_of(moxa, {"sensory_loss": "双下肢"}, ())[0]
    assert words.startswith("感觉缺失（双下肢），禁用")
    assert blocks
    assert any("感觉平面以下" in words for words, _ in told_of(moxa, {}, ("sci_t6",)))


def test_forms_say_what_they_were_shown(gym: Gym) -> None:
    plan = replace(from_template("cervical-cord", started(gym).ground), limits={"sbp_high": 170.0})
    assert read_plan(plan_values(plan), plan) == plan
    for goal in plan.goals:
        assert read_goal(goal_values(goal), goal) == goal
    for line in plan.items:
        assert read_item(item_values(line), line) == line


def test_a_goal_that_falls_is_known_by_its_numbers_or_its_measure() -> None:
    up = GoalDraft("g1", "short", measure="barthel", baseline=20, target=40, due_on=date(2026, 12, 20))
    assert not up.falling
    assert replace(up, baseline=40, target=20).falling
    assert replace(up, measure="tug", baseline=None).falling
