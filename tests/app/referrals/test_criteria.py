"""Criteria held against a chart: each just below, at and above its edge; what is ticked; how clocks run."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.referrals.criteria import book, cause_words
from app.referrals.filling.offered import criteria_of
from app.referrals.rules.chart_facts import Event, Facts, Measure, Wound
from app.referrals.rules.conditions import EventCondition
from app.referrals.rules.criteria import Met, met, running, soonest
from tests.app.referrals.charts import NOW, facts, measure, scored


def of(code: str, chart: Facts) -> Met:
    """One criterion of the file against a chart."""
    return met(chart, [book().by_code[code]])[0]


def pressure(systolic: float, diastolic: float, **more: Any) -> Measure:
    return measure("blood_pressure", systolic, second=diastolic, text=f"{systolic:g}/{diastolic:g}", **more)


@pytest.mark.parametrize(
    ("code", "chart", "is_met"),
    [
        ("news2", facts(scores=(scored(6),)), False),
        ("news2", facts(scores=(scored(7),)), True),
        ("news2", facts(scores=(scored(8),)), True),
        ("news2", facts(scores=(scored(7, 13),)), False),  # older than twelve hours
        ("news2", facts(scores=(scored(9, 3), scored(2, 1))), False),  # the newest one counts
        ("news2_single", facts(scores=(scored(3, 1, "呼吸"),)), True),
        ("news2_single", facts(scores=(scored(3),)), False),
        ("news2_single", facts(scores=(scored(7, 1, "呼吸"),)), False),  # that is news2 itself
        ("spo2", facts(measure("spo2", 91)), False),
        ("spo2", facts(measure("spo2", 90)), False),
        ("spo2", facts(measure("spo2", 89)), True),
        ("spo2", facts(measure("spo2", 89), scale2=True), False),
        ("spo2", facts(measure("spo2", 88), scale2=True), False),
        ("spo2", facts(measure("spo2", 87), scale2=True), True),
        ("shock", facts(pressure(91, 60)), False),
        ("shock", facts(pressure(90, 60)), False),
        ("shock", facts(pressure(89, 60)), True),
        ("bp_high", facts(pressure(179, 109)), False),
        ("bp_high", facts(pressure(180, 80)), True),
        ("bp_high", facts(pressure(181, 80)), True),
        ("bp_high", facts(pressure(150, 110)), True),
        ("glucose_high", facts(measure("glucose", 16.6)), False),
        ("glucose_high", facts(measure("glucose", 16.7)), True),
        ("glucose_high", facts(measure("glucose", 16.8)), True),
        ("glucose_high", facts(measure("glucose", None, letter="HI")), True),
        ("glucose_low", facts(measure("glucose", 4.0)), False),
        ("glucose_low", facts(measure("glucose", 3.9)), False),
        ("glucose_low", facts(measure("glucose", 3.8)), True),
        ("glucose_low", facts(measure("glucose", None, letter="LO")), True),
        ("glucose_low", facts(measure("glucose", 3.1, 2), measure("glucose", 6.0, 1)), False),  # it rose
        ("consciousness", facts(measure("consciousness", None, letter="A")), False),
        ("consciousness", facts(measure("consciousness", None, letter="V")), True),
        ("consciousness", facts(measure("consciousness", None, letter="C")), True),
        ("consciousness", facts(measure("consciousness", None, letter="C"), usual="C"), False),
        ("consciousness", facts(measure("consciousness", None, letter="C", new=True), usual="C"), True),
    ],
)
def test_a_sign_at_its_edge(code: str, chart: Facts, *, is_met: bool) -> None:
    assert (of(code, chart).found is not None) is is_met


@pytest.mark.parametrize(
    ("days", "is_met"),
    [
        ({0: 37.3, 1: 37.3}, False),
        ({0: 37.3, 1: 37.3, 2: 37.3}, True),
        ({0: 37.3, 1: 37.2, 2: 37.3}, False),
        ({1: 38.0, 2: 38.0, 3: 38.0}, True),  # not measured yet today
        ({2: 38.0, 3: 38.0, 4: 38.0}, False),  # over since two days
        ({0: 38.0, 1: 38.0, 2: 38.0, 3: 38.0}, True),
    ],
)
def test_a_fever_of_three_days_running(days: dict[int, float], *, is_met: bool) -> None:
    chart = facts(*(measure("temperature", value, 24 * ago + 1) for ago, value in days.items()))
    found = of("fever", chart).found
    assert (found is not None) is is_met
    if found is not None:
        assert found.since == NOW - timedelta(hours=24 * max(days) + 1)


@pytest.mark.parametrize(("now", "is_met"), [(57.1, False), (57.0, True), (56.9, True), (61.0, False)])
def test_five_per_cent_of_the_weight_in_a_month(now: float, *, is_met: bool) -> None:
    chart = facts(measure("weight", 60.0, 30 * 24), measure("weight", now))
    assert (of("weight", chart).found is not None) is is_met


def test_a_weight_longer_ago_than_a_month_says_nothing() -> None:
    assert of("weight", facts(measure("weight", 70.0, 45 * 24), measure("weight", 60.0))).found is None
    assert of("weight", facts(measure("weight", 60.0))).found is None


@pytest.mark.parametrize(
    ("stage", "is_met"),
    [("1", False), ("2", False), ("3", True), ("4", True), ("unstageable", True), ("deep", False)],
)
def test_a_pressure_injury_from_stage_three_on(stage: str, *, is_met: bool) -> None:
    chart = facts(wounds=(Wound(stage, "骶尾部", NOW - timedelta(days=3)),))
    assert (of("pressure_injury", chart).found is not None) is is_met


def fell(ago: float = 1, harm: str = "mild", **answers: str) -> Event:
    return Event("fall", NOW - timedelta(hours=ago), "跌倒（卫生间，轻度）", harm, answers)


BLOOD = {"anticoagulant": "华法林钠片"}


@pytest.mark.parametrize(
    ("chart", "head", "broken"),
    [
        (facts(events=(fell(),)), False, False),
        (facts(events=(fell(head="是"),)), True, False),
        (facts(events=(fell(head="不能排除"),)), True, False),
        (facts(events=(fell(head="否"),)), False, False),
        (facts(events=(fell(),), flags=BLOOD), True, False),  # nobody said that the head is spared
        (facts(events=(fell(head="否"),), flags=BLOOD), False, False),
        (facts(events=(fell(harm="moderate"),)), False, True),
        (facts(events=(fell(harm="severe", head="是"),)), True, True),
        (facts(events=(fell(24, head="是"),)), True, False),
        (facts(events=(fell(24.1, head="是"),)), False, False),
    ],
)
def test_a_fall(chart: Facts, *, head: bool, broken: bool) -> None:
    assert (of("head_injury", chart).found is not None) is head
    assert (of("fracture", chart).found is not None) is broken


def test_a_fall_under_an_antiplatelet_is_asked_about_and_not_ticked() -> None:
    chart = facts(events=(fell(),), flags={"antiplatelet": "阿司匹林肠溶片"})
    one = of("head_injury", chart)
    assert one.found is not None
    assert (one.found.more, one.ticked) == ("在用阿司匹林肠溶片", False)
    assert "请核对" in criteria_of(chart, "Asia/Shanghai")[0].detail
    assert of("head_injury", facts(events=(fell(head="否"),), flags=chart.flags)).found is None
    assert of("head_injury", facts(events=(fell(head="是"),), flags=chart.flags)).ticked


def test_a_low_pressure_alone_is_no_shock() -> None:
    one = of("shock", facts(pressure(88, 60)))
    assert (one.found is not None, one.ticked, one.rule.asks) == (True, False, "symptom")


def test_the_medicine_of_who_fell_is_named() -> None:
    found = of("head_injury", facts(events=(fell(head="是"),), flags=BLOOD)).found
    assert found is not None
    assert (found.more, found.since) == ("在用华法林钠片", NOW - timedelta(hours=1))


def test_violence_against_oneself_counts_as_suicidal_and_against_others_does_not() -> None:
    def hurt(towards: str) -> Facts:
        return facts(events=(Event("violence", NOW, "他伤和自伤", "mild", {"towards": towards}),))

    assert of("suicide", hurt("伤害自己")).found is not None
    assert of("suicide", hurt("伤害他人")).found is None
    assert of("suicide", facts(events=(Event("suicide", NOW, "自杀"),))).found is not None


def test_oxygen_decides_whether_a_saturation_is_ticked() -> None:
    assert not of("spo2", facts(measure("spo2", 88))).ticked
    under = of(
        "spo2",
        facts(
            measure("spo2", 88, 1, oxygen="吸氧 3 L/min"), measure("spo2", 87, 1.5), measure("spo2", 96, 5)
        ),
    )
    assert under.ticked
    assert under.found is not None
    assert (under.found.more, under.found.since) == ("吸氧 3 L/min", NOW - timedelta(hours=1.5))


def test_a_low_glucose_is_ticked_once_it_was_measured_again() -> None:
    assert not of("glucose_low", facts(measure("glucose", 3.2))).ticked
    assert of("glucose_low", facts(measure("glucose", 3.2, 1.25), measure("glucose", 3.4, 1))).ticked
    assert not of("glucose_low", facts(measure("glucose", 3.2, 5), measure("glucose", 3.4, 1))).ticked
    lasting = [measure("glucose", value, ago) for value, ago in ((3.2, 4), (3.1, 2.5), (3.0, 1))]
    assert of("glucose_low", facts(*lasting)).ticked
    assert not of("glucose_low", facts(*lasting, measure("glucose", 5.6, 0.5))).ticked


def test_what_needs_a_symptom_is_never_ticked_by_itself() -> None:
    for code, chart in (
        ("bp_high", facts(pressure(200, 120))),
        ("glucose_high", facts(measure("glucose", 25))),
    ):
        one = of(code, chart)
        assert one.found is not None
        assert not one.ticked
        assert one.rule.asks == "symptom"


def test_since_when_somebody_is_not_awake_and_that_it_is_new() -> None:
    levels = [(4, "A"), (0.9, "V"), (0.2, "P")]
    chart = facts(*(measure("consciousness", None, ago, letter=letter) for ago, letter in levels))
    found = of("consciousness", chart).found
    assert found is not None
    assert (found.since, found.why) == (NOW - timedelta(hours=0.9), "新出现")
    alone = of("consciousness", facts(measure("consciousness", None, letter="U"))).found
    assert alone is not None
    assert alone.why == "此前未记录"


def test_what_the_chart_says_comes_first_and_the_rest_is_offered_unticked() -> None:
    everything = met(facts(measure("spo2", 88, oxygen="吸氧 3 L/min"), scores=(scored(8),)), book().up)
    assert [one.rule.code for one in everything[:2]] == ["news2", "spo2"]
    assert all(one.ticked for one in everything[:2])
    assert not any(one.ticked or one.found for one in everything[2:])
    assert len(everything) == len(book().up)


def test_clocks_run_from_the_onset_and_the_next_to_close_is_first() -> None:
    windows = book().by_code["stroke"].windows
    began = NOW - timedelta(minutes=269)
    clocks = running(windows, began, NOW)
    assert [(one.words, one.left, one.over) for one in clocks] == [
        ("静脉溶栓", 1, False),
        ("取栓评估", 1171, False),
    ]
    assert running(windows, NOW - timedelta(minutes=270), NOW)[0].left == 0
    assert running(windows, NOW - timedelta(minutes=271), NOW)[0].over
    assert running(windows, None, NOW) == ()


def test_how_soon_is_the_soonest() -> None:
    assert soonest(["elective", "emergency", "h48"]) == "emergency"
    assert soonest(["elective", "h48"]) == "h48"
    assert soonest([]) == "elective"


def test_the_file_names_each_code_once_and_only_kinds_of_incidents_there_are() -> None:
    from app.incidents.kinds import catalogue
    from app.medication.drugs.classes import classes

    codes = [one.code for one in book().up]
    assert len(codes) == len(set(codes)) == 30
    for rule in book().up:
        for condition in rule.when:
            if isinstance(condition, EventCondition):
                assert set(condition.events) <= set(catalogue().kinds)
                assert set(condition.harm) <= set(catalogue().harms)
    assert {name for flag in book().flags for name in flag.classes} <= set(classes())
    assert [one.code for one in book().down] == ["stable", "decided", "palliative", "rehab", "aged"]
    assert (cause_words("stroke"), cause_words("gone")) == ("疑似卒中", "gone")
