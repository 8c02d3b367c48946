"""Every stop rule at its edge: just inside, at, and just outside its limit, before a training and during it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.rehab.lists import conditions_of, stop_rules, symptoms
from app.rehab.rules import StopRule, Values, applying, fired, limit_of, rule_words, sound

REST = Values(sbp=120, dbp=70, hr=72, spo2=97, temp=36.5, pain=2)
"""What stops nothing."""
EVERY = ("copd", "sci_t6", "cardiac")

Edge = tuple[str, str, str, tuple[float, ...], tuple[bool, ...], str]
# rule, when, the value it looks at: just inside, at, just outside the limit; which of the three fire, with what effect
EDGES: tuple[Edge, ...] = (
    ("sbp_high", "before", "sbp", (179, 180, 181), (False, False, True), "refuse"),
    ("sbp_high", "during", "sbp", (179, 180, 181), (False, False, True), "stop"),
    ("sbp_low", "before", "sbp", (91, 90, 89), (False, False, True), "refuse"),
    ("sbp_low", "during", "sbp", (91, 90, 89), (False, False, True), "warn"),
    ("sbp_change", "during", "sbp", (139, 140, 141), (False, False, True), "stop"),
    ("sbp_change", "during", "sbp", (101, 100, 99), (False, False, True), "stop"),
    ("dbp_high", "before", "dbp", (109, 110, 111), (False, True, True), "warn"),
    ("dbp_high", "during", "dbp", (109, 110, 111), (False, True, True), "warn"),
    ("hr_rest", "before", "hr", (119, 120, 121), (False, False, True), "refuse"),
    ("hr_high", "during", "hr", (119, 120, 121), (False, False, True), "stop"),
    ("hr_rise", "during", "hr", (91, 92, 93), (False, False, True), "stop"),
    ("spo2_rest", "before", "spo2", (89, 88, 87), (False, False, True), "refuse"),
    ("spo2_low", "before", "spo2", (91, 90, 89), (False, False, True), "warn"),
    ("spo2_low", "during", "spo2", (91, 90, 89), (False, False, True), "stop"),
    ("spo2_copd", "during", "spo2", (89, 88, 87), (False, False, True), "stop"),
    ("temp_high", "before", "temp", (37.9, 38.0, 38.1), (False, True, True), "refuse"),
    ("temp_high", "during", "temp", (37.9, 38.0, 38.1), (False, True, True), "stop"),
    ("rpe_high", "during", "rpe", (14, 15, 16), (False, True, True), "stop"),
    ("pain_high", "before", "pain", (6, 7, 8), (False, True, True), "warn"),
    ("pain_high", "during", "pain", (6, 7, 8), (False, True, True), "stop"),
    ("ad_crisis", "before", "sbp", (139, 140, 141), (False, True, True), "refuse"),
    ("ad_crisis", "during", "sbp", (139, 140, 141), (False, True, True), "stop"),
)
SYMPTOMS = (
    ("chest", {"chest_pain", "chest_tight"}, "refuse"),
    ("breathless", {"breathless"}, "warn"),
    ("dizzy_pale", {"dizzy", "pale"}, "refuse"),
    ("gait_change", {"gait"}, "warn"),
    ("unconscious", {"syncope"}, "refuse"),
    ("ad_signs", {"headache", "sweating", "flushing"}, "warn"),
)
MISSED = (("bp_missing", "sbp"), ("hr_missing", "hr"), ("spo2_missing", "spo2"))


def effect(code: str, values: Values, when: str, since: Values = REST) -> str | None:
    """What one rule does to values, whoever it is for."""
    rules = [stop_rules()[code]]
    found = fired(rules, values, usual=since) if when == "before" else fired(rules, since, values)
    return found[0].effect if found else None


def with_value(code: str, measure: str, value: float) -> Values:
    signs = frozenset({"headache"}) if stop_rules()[code].measure != "symptom" else frozenset()
    changed = {measure: value, "symptoms": signs if stop_rules()[code].symptoms else frozenset()}
    return replace(REST, **changed)  # type: ignore[arg-type]  # a measure is one of the fields


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: f"{edge[0]}-{edge[1]}-{edge[3][0]}")
def test_a_rule_at_its_edge(edge: Edge) -> None:
    code, when, measure, values, fires, does = edge
    for value, fire in zip(values, fires, strict=True):
        assert effect(code, with_value(code, measure, value), when) == (does if fire else None), value


@pytest.mark.parametrize(("code", "signs", "before"), SYMPTOMS)
def test_each_symptom_of_a_rule_fires_it_alone_and_others_do_not(
    code: str, signs: set[str], before: str
) -> None:
    for known in symptoms():
        felt = replace(REST, symptoms=frozenset({known.code}))
        assert effect(code, felt, "before") == (before if known.code in signs else None), known.code
        assert effect(code, felt, "during") == ("stop" if known.code in signs else None), known.code
    assert stop_rules()[code].symptoms == signs


@pytest.mark.parametrize(("code", "measure"), MISSED)
def test_what_was_not_measured_is_said_before_a_training_and_fires_nothing_else(
    code: str, measure: str
) -> None:
    unmeasured = replace(REST, **{measure: None})  # type: ignore[arg-type]  # a measure is one of the fields
    assert effect(code, unmeasured, "before") == "warn"
    assert effect(code, REST, "before") is None
    assert effect(code, unmeasured, "during") is None
    every = fired(applying(stop_rules().values(), EVERY, "respiratory"), unmeasured)
    assert [one.code for one in every] == [code]


def test_every_rule_has_its_edge_here() -> None:
    seen = {(code, when) for code, when, *_ in EDGES}
    seen |= {(code, when) for code, *_ in SYMPTOMS for when in ("before", "during")}
    seen |= {(code, "before") for code, _ in MISSED}
    wanted = {
        (rule.code, when)
        for rule in stop_rules().values()
        for when in ("before", "during")
        if getattr(rule, when)
    }
    assert seen == wanted


def test_nothing_measured_during_a_training_fires_nothing() -> None:
    assert fired(applying(stop_rules().values(), EVERY, "respiratory"), REST, Values()) == ()


def test_what_is_well_neither_refuses_nor_stops_anybody() -> None:
    rules = applying(stop_rules().values(), EVERY, "respiratory")
    assert fired(rules, REST, usual=REST) == ()
    assert fired(rules, REST, REST) == ()


def test_a_change_without_a_value_before_is_not_guessed() -> None:
    without = Values(hr=72)
    assert effect("sbp_change", replace(REST, sbp=178), "during", without) is None
    assert effect("ad_crisis", with_value("ad_crisis", "sbp", 178), "during", without) is None


def test_dysreflexia_wants_the_rise_and_a_sign_and_the_sign_alone_is_told() -> None:
    rules = applying(stop_rules().values(), ["sci_t6"])
    low = Values(sbp=95, dbp=60, hr=62)
    silent = fired(rules, low, replace(low, sbp=115))
    assert silent == ()
    told = fired(rules, low, replace(low, sbp=115, symptoms=frozenset({"headache", "sweating"})))
    assert [one.code for one in told] == ["ad_crisis", "ad_signs"]
    assert (told[0].value, told[0].limit) == (20, 20)
    assert told[0].symptoms == ("headache", "sweating")
    assert "坐起" in told[0].advice
    assert "查尿管" in told[0].advice
    assert [one.code for one in fired(rules, low, replace(low, symptoms=frozenset({"flushing"})))] == [
        "ad_signs"
    ]
    before = fired(rules, replace(low, sbp=116, symptoms=frozenset({"sweating"})), usual=low)
    assert [(one.code, one.effect) for one in before] == [("ad_crisis", "refuse"), ("ad_signs", "warn")]


def test_conditions_and_disciplines_choose_the_rules() -> None:
    def codes(*held: str, discipline: str = "pt") -> set[str]:
        return {one.code for one in applying(stop_rules().values(), held, discipline)}

    assert {"spo2_copd", "hr_rise", "ad_crisis", "ad_signs", "spo2_missing"} & codes() == set()
    assert "spo2_low" in codes()
    assert {"spo2_copd", "spo2_missing"} <= codes("copd")
    assert "spo2_low" not in codes("copd")
    assert "spo2_missing" in codes(discipline="respiratory")
    assert {"ad_crisis", "ad_signs"} <= codes("sci_t6")
    assert "hr_rise" in codes("cardiac")
    assert conditions_of(("J44.1", "I10")) == ("copd",)
    assert conditions_of(("S14.1", "I50.9"), 89) == ("sci_t6", "cardiac")


def test_limits_of_adults_are_not_held_against_children() -> None:
    assert conditions_of((), 17) == ("child",)
    assert conditions_of((), 18) == ()
    rules = applying(stop_rules().values(), ["child"], "child")
    lively = Values(sbp=88, hr=130, spo2=98, temp=36.8)
    assert fired(rules, Values(hr=130)) == ()
    assert fired(rules, lively, replace(lively, hr=150, sbp=112)) == ()
    assert [one.code for one in fired(rules, replace(lively, temp=38.2))] == ["temp_high"]


def test_the_limit_of_a_plan_stands_before_that_of_the_rule() -> None:
    rules = applying(stop_rules().values())
    now = replace(REST, hr=125)
    assert [one.code for one in fired(rules, REST, now)] == ["hr_high"]
    assert fired(rules, REST, now, {"hr_high": 130}) == ()
    told = fired(rules, REST, replace(REST, rpe=13), {"rpe_high": 13})
    assert [(one.code, one.words, one.value, one.limit) for one in told] == [("rpe_high", "RPE ≥13", 13, 13)]
    assert rule_words(stop_rules()["sbp_high"]) == "收缩压 >180"
    assert limit_of(stop_rules()["hr_high"], {"hr_high": 130}) == 130


def test_the_shown_defaults_stand() -> None:
    shown = {
        code: rule_words(stop_rules()[code]) for code in ("sbp_change", "hr_high", "spo2_low", "rpe_high")
    }
    assert shown == {
        "sbp_change": "收缩压较训练前变化 >20",
        "hr_high": "心率 >120",
        "spo2_low": "血氧 <90%",
        "rpe_high": "RPE ≥15",
    }


def test_everything_that_fires_comes_in_the_order_of_the_panel() -> None:
    bad = Values(
        sbp=190,
        dbp=115,
        hr=130,
        spo2=85,
        temp=38.5,
        rpe=17,
        pain=9,
        symptoms=frozenset({"dizzy", "chest_pain"}),
    )
    found = [one.code for one in fired(applying(stop_rules().values()), REST, bad)]
    assert found == [one for one in stop_rules() if one in found]
    assert found == [
        "sbp_high", "sbp_change", "dbp_high", "hr_high", "spo2_low", "temp_high", "rpe_high", "pain_high", "chest",
        "dizzy_pale",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "bad",
    [
        StopRule("x", "心率", "hr", ">", 120, during="stop"),
        StopRule("x", "心率 >{limit}", "hr", "=", 120, during="stop"),
        StopRule("x", "心率 >{limit}", "hr", ">", 120),
        StopRule("x", "心率 >{limit}", "hr", ">", 120, during="stop", choices=(110, 130)),
        StopRule("x", "头晕", "symptom", before="warn"),
        StopRule("x", "心率未测", "hr", "missing", during="stop"),
    ],
)
def test_a_rule_that_cannot_be_held_against_values_is_not_sound(bad: StopRule) -> None:
    assert sound(bad)
