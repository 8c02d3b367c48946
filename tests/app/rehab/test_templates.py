"""A template for each condition: goals, programme and care that hold together and may be used for whom they are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.care.lists import task_kinds
from app.rehab.lists import (
    Template,
    contraindications,
    disciplines,
    items,
    measures,
    problems,
    stop_rules,
    templates,
    templates_for,
)
from app.rehab.rules import Smart, applying, faults

CODES = (
    "stroke", "hip-fracture", "cervical-cord", "swallowing", "dementia", "parkinson", "copd", "sarcopenia", "bedridden",
    "osteoarthritis", "child-fine-motor", "child-speech", "child-special-education", "palliative",
)  # fmt: skip
BEGINS = date(2026, 11, 18)
EVERY = [pytest.param(code, id=code) for code in CODES]


def template(code: str) -> Template:
    return templates()[code]


def test_there_is_one_for_each_condition_in_their_order() -> None:
    assert tuple(templates()) == CODES


@pytest.mark.parametrize("code", EVERY)
def test_goals_are_smart_once_measured(code: str) -> None:
    for goal in template(code).goals:
        measure = measures()[goal.measure]
        start = goal.start if goal.start is not None else measure.low
        target = goal.target if goal.target is not None else measure.high
        written = Smart(
            goal.term, goal.action, goal.condition, goal.measure, measure.unit,
            start if start != target else measure.high, target,
            BEGINS, BEGINS + timedelta(weeks=goal.weeks), goal.problem,
        )  # fmt: skip
        assert faults(written) == (), goal.action
        assert "start" in goal.blanks, goal.action
        assert len(goal.action) + len(goal.condition) <= 40, goal.action


@pytest.mark.parametrize("code", EVERY)
def test_a_new_plan_begins_with_a_week_that_can_be_held(code: str) -> None:
    begun = [one for one in template(code).items if not one.offered]
    assert begun
    booked = sum(one.often.a_week for one in begun if not one.often.on_ward)
    assert 1 <= booked <= 26
    assert {items()[one.item].discipline for one in template(code).items} <= set(disciplines())


@pytest.mark.parametrize("code", EVERY)
def test_precautions_reach_nursing_and_its_tasks(code: str) -> None:
    for_nursing = [one for one in template(code).precautions if one.nursing]
    for one in for_nursing:
        assert not one.task or one.task in task_kinds()
        assert len(one.words) <= 40, one.words
    assert for_nursing
    assert template(code).exercises
    assert template(code).education
    assert set(template(code).problems) <= set(problems())


def test_nothing_hot_is_in_the_template_of_the_cord() -> None:
    cord = template("cervical-cord")
    for one in cord.items:
        assert items()[one.item].below_level[0] != "block", one.item
        assert ("sensory_loss", "block") not in {
            (found.code, effect) for found, effect in items()[one.item].contraindicated
        }, one.item
    rules = [one.code for one in applying(stop_rules().values(), cord.conditions)]
    assert {"ad_crisis", "ad_signs"} <= set(rules)
    assert any("自主神经反射异常" in one.words and one.nursing for one in cord.precautions)
    assert {"turning", "skin_check", "two_person_transfer"} <= {one.task for one in cord.precautions}
    assert {"sensory_loss", "spine_unstable"} <= set(cord.asks)
    assert cord.measures[0] == "barthel"


def test_the_template_of_lungs_brings_their_own_limit() -> None:
    copd = template("copd")
    rules = {one.code for one in applying(stop_rules().values(), copd.conditions, "respiratory")}
    assert {"spo2_copd", "spo2_missing"} <= rules
    assert "spo2_low" not in rules


def test_comfort_steps_up_nothing() -> None:
    comfort = template("palliative")
    assert not comfort.progress
    assert {"esas-r", "pps"} <= set(comfort.measures)
    assert comfort.limits == {"rpe_high": 13, "pain_high": 5}
    tiring = {"exertion", "resist", "loading", "heat"}
    for one in comfort.items:
        assert not tiring & set(items()[one.item].natures), one.item
    assert all(one.progress for code, one in templates().items() if code != "palliative")


def test_parents_are_taught_monthly() -> None:
    for code in CODES:
        if code.startswith("child-"):
            taught = [one for one in template(code).items if one.item == "parent_training"]
            assert [one.often.words for one in taught] == ["每月 1 次"], code
            assert "成人" in template(code).notice


def test_a_template_is_offered_for_its_diagnoses() -> None:
    assert [one.code for one in templates_for(("J44.1", "S14.1"))] == ["cervical-cord", "copd"]
    assert [one.code for one in templates_for(("I63.9",))] == ["stroke"]
    assert templates_for(("A09",)) == ()


def test_what_is_asked_first_can_forbid_something_in_the_programme() -> None:
    for one in templates().values():
        for asked in one.asks:
            effects = {items()[item.item].effect_of(contraindications()[asked]) for item in one.items}
            assert effects & {"block", "warn"}, (one.code, asked)
