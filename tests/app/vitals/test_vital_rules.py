"""Reading what is typed, judging it by age and by the person, NEWS2 at the edges of every band."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.vitals.catalogue import news2_table, not_measured, rounds, sign_of, signs
from app.vitals.rules import (
    Baseline,
    Incomplete,
    Measured,
    News2,
    Own,
    Wrong,
    judge,
    news2,
    read_value,
    soft_doubt,
)
from app.vitals.rules.judging import judge_measured

CALM = {
    "respiration": Measured("respiration", 16),
    "spo2": Measured("spo2", 97, how=(("oxygen", "air"),)),
    "blood_pressure": Measured("blood_pressure", 128, 76),
    "pulse": Measured("pulse", 72),
    "consciousness": Measured("consciousness", words="A"),
    "temperature": Measured("temperature", 36.5),
}


@pytest.mark.parametrize(
    ("code", "typed", "value", "second", "words"),
    [
        ("temperature", "36,5", 36.5, None, ""),
        ("temperature", "３６。５℃", 36.5, None, ""),
        ("temperature", "37", 37.0, None, ""),
        ("blood_pressure", "186/94", 186, 94, ""),
        ("blood_pressure", "１８６／９４", 186, 94, ""),
        ("blood_pressure", "186-94", 186, 94, ""),
        ("blood_pressure", "186 94", 186, 94, ""),
        ("pulse", " 72 次/分", 72, None, ""),
        ("glucose", "lo", None, None, "LO"),
        ("glucose", "Hi", None, None, "HI"),
        ("consciousness", "a", None, None, "A"),
        ("consciousness", "清醒", None, None, "A"),
    ],
)
def test_what_is_typed_is_read(
    code: str, typed: str, value: float | None, second: float | None, words: str
) -> None:
    read = read_value(sign_of(code), typed)
    assert (read.value, read.second, read.words) == (value, second, words)


@pytest.mark.parametrize(
    ("code", "typed", "sentence"),
    [
        ("temperature", "43.6", "体温 43.6 ℃ 超出可录范围 30.0–43.0，请核对后重新输入。"),
        ("temperature", "365", "体温 365.0 ℃ 超出可录范围 30.0–43.0，请核对后重新输入。"),
        ("temperature", "36.55", "体温最多 1 位小数，现在是“36.55”。"),
        ("pulse", "7x", "脉率请填数字，现在是“7X”。"),
        ("pulse", "72.5", "脉率请填整数，现在是“72.5”。"),
        ("blood_pressure", "186", "血压请填两个数，如 142/78。"),
        ("blood_pressure", "80/90", "舒张压 90 应小于收缩压 80，请核对后重新输入。"),
        ("blood_pressure", "186/15", "舒张压 15 mmHg 超出可录范围 20–200，请核对后重新输入。"),
        ("pain", "11", "疼痛 11 超出可录范围 0–10，请核对后重新输入。"),
        ("consciousness", "X", "意识请填 A C V P U 中的一个。"),
        ("spo2", "93/40", "吸氧流量 40 L/min 超出可录范围 0–15，请核对后重新输入。"),
        ("glucose", "0.5", "血糖 0.5 mmol/L 超出可录范围 0.6–33.3，请核对后重新输入。"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(code: str, typed: str, sentence: str) -> None:
    with pytest.raises(Wrong) as wrong:
        read_value(sign_of(code), typed)
    assert wrong.value.text == sentence


def test_oxygen_stands_beside_the_saturation() -> None:
    assert read_value(sign_of("spo2"), "93").said("oxygen") == "air"
    given = read_value(sign_of("spo2"), "93/2")
    assert (given.value, given.said("oxygen"), given.said("flow")) == (93, "oxygen", "2")


@pytest.mark.parametrize(
    ("code", "value", "second", "tone"),
    [
        ("temperature", 37.2, None, "ok"),
        ("temperature", 37.3, None, "warn"),
        ("temperature", 39.0, None, "warn"),
        ("temperature", 39.1, None, "danger"),
        ("temperature", 35.5, None, "warn"),
        ("temperature", 35.0, None, "danger"),
        ("spo2", 95, None, "ok"),
        ("spo2", 94, None, "warn"),
        ("spo2", 92, None, "warn"),
        ("spo2", 91, None, "danger"),
        ("pulse", 110, None, "ok"),
        ("pulse", 111, None, "warn"),
        ("pulse", 131, None, "danger"),
        ("respiration", 21, None, "warn"),
        ("respiration", 25, None, "danger"),
        ("blood_pressure", 138, 80, "ok"),
        ("blood_pressure", 148, 86, "warn"),  # the difference is over 60
        ("blood_pressure", 165, 98, "warn"),
        ("blood_pressure", 180, 90, "danger"),
        ("blood_pressure", 150, 110, "danger"),
        ("blood_pressure", 90, 60, "danger"),
        ("glucose", 3.8, None, "warn"),
        ("glucose", 2.9, None, "danger"),
        ("glucose", 16.7, None, "danger"),
        ("pain", 4, None, "warn"),
        ("pain", 7, None, "danger"),
        ("weight", 52.4, None, "neutral"),
    ],
)
def test_bands_of_an_old_person(code: str, value: float, second: float | None, tone: str) -> None:
    assert judge(sign_of(code), value, second, 82, Own()).tone == tone


def test_a_child_has_other_bands_and_weighs_less() -> None:
    pulse, weight = sign_of("pulse"), sign_of("weight")
    assert judge(pulse, 120, None, 3, Own()).tone == "ok"
    assert judge(pulse, 120, None, 82, Own()).tone == "warn"
    assert read_value(weight, "11.5", 2).value == 11.5
    with pytest.raises(Wrong):
        read_value(weight, "11.5", 82)
    assert judge(sign_of("blood_pressure"), 88, 50, 3, Own()).tone == "ok"


def test_own_limits_stand_instead_of_the_usual_band() -> None:
    own = Own({"spo2": {"low": 88, "red_low": 84}, "blood_pressure": {"high": 150, "second_high": 90}})
    spo2, pressure = sign_of("spo2"), sign_of("blood_pressure")
    assert judge(spo2, 89, None, 82, own).tone == "ok"
    assert judge(spo2, 86, None, 82, own).tone == "warn"
    assert judge(spo2, 83, None, 82, own).tone == "danger"
    assert judge(pressure, 148, 82, 82, own).tone == "ok"
    assert judge(pressure, 155, 82, 82, own).tone == "warn"
    assert judge(pressure, 186, 82, 82, own).tone == "danger"
    assert "个人范围 ≤150" in judge(pressure, 155, 82, 82, own).words


def test_a_doubtful_value_is_asked_again() -> None:
    assert soft_doubt(sign_of("blood_pressure"), Measured("blood_pressure", 179, 80), 82) is None
    said = soft_doubt(sign_of("blood_pressure"), Measured("blood_pressure", 180, 80), 82)
    assert said == "收缩压 180 mmHg 数值异常，请核对：再按一次 Enter 确认。"
    weight = Measured("weight", 55.0)
    assert soft_doubt(sign_of("weight"), weight, 82, before=52.1) is None
    assert "上次 52.0" in (soft_doubt(sign_of("weight"), weight, 82, before=52.0) or "")


def score(**changes: Measured) -> News2 | Incomplete:
    return news2(news2_table(), CALM | changes, Baseline(age_years=82))


def total(**changes: Measured) -> int:
    found = score(**changes)
    assert isinstance(found, News2)
    return found.total


@pytest.mark.parametrize(
    ("code", "points"),
    [
        ("respiration", {8: 3, 9: 1, 11: 1, 12: 0, 20: 0, 21: 2, 24: 2, 25: 3}),
        ("spo2", {91: 3, 92: 2, 93: 2, 94: 1, 95: 1, 96: 0}),
        ("pulse", {40: 3, 41: 1, 50: 1, 51: 0, 90: 0, 91: 1, 110: 1, 111: 2, 130: 2, 131: 3}),
        ("temperature", {35.0: 3, 35.1: 1, 36.0: 1, 36.1: 0, 38.0: 0, 38.1: 1, 39.0: 1, 39.1: 2}),
        ("blood_pressure", {90: 3, 91: 2, 100: 2, 101: 1, 110: 1, 111: 0, 219: 0, 220: 3}),
    ],
)
def test_news2_at_the_edges_of_every_band(code: str, points: dict[float, int]) -> None:
    for value, worth in points.items():
        assert total(**{code: replace(CALM[code], value=value)}) == worth, value


def test_news2_counts_oxygen_and_consciousness_and_ends_at_twenty() -> None:
    on_oxygen = Measured("spo2", 97, how=(("oxygen", "oxygen"), ("flow", "2")))
    assert total(spo2=on_oxygen) == 2
    assert total(consciousness=Measured("consciousness", words="V")) == 3
    worst = total(
        respiration=Measured("respiration", 30),
        spo2=Measured("spo2", 85, how=(("oxygen", "oxygen"),)),
        blood_pressure=Measured("blood_pressure", 80, 50),
        pulse=Measured("pulse", 140),
        consciousness=Measured("consciousness", words="U"),
        temperature=Measured("temperature", 34.9),
    )
    assert worst == 20


@pytest.mark.parametrize("gone", sorted(CALM))
def test_news2_is_never_made_of_a_part(gone: str) -> None:
    values = {code: one for code, one in CALM.items() if code != gone}
    found = news2(news2_table(), values, Baseline(age_years=82))
    assert isinstance(found, Incomplete)
    assert found.missing
    assert found.words == "不完整"


def test_news2_needs_to_know_about_oxygen() -> None:
    silent = news2(news2_table(), CALM | {"spo2": Measured("spo2", 97)}, Baseline())
    assert isinstance(silent, Incomplete)
    assert silent.missing == ("吸氧",)
    flow = news2(
        news2_table(), CALM | {"spo2": Measured("spo2", 97), "oxygen": Measured("oxygen", 0)}, Baseline()
    )
    assert isinstance(flow, News2)


def test_news2_scale_two_and_usual_confusion_come_from_the_profile() -> None:
    table, low = news2_table(), CALM | {"spo2": Measured("spo2", 89, how=(("oxygen", "air"),))}
    usual = news2(table, low, Baseline(age_years=82))
    two = news2(table, low, Baseline(spo2_scale=2, age_years=82))
    assert isinstance(usual, News2)
    assert isinstance(two, News2)
    assert (usual.total, two.total) == (3, 0)
    high = CALM | {"spo2": Measured("spo2", 97, how=(("oxygen", "oxygen"),))}
    rich = news2(table, high, Baseline(spo2_scale=2, age_years=82))
    assert isinstance(rich, News2)
    assert rich.total == 5
    confused = CALM | {"consciousness": Measured("consciousness", words="C")}
    known = news2(table, confused, Baseline("C", 1, 82))
    fresh = news2(
        table,
        CALM | {"consciousness": read_value(sign_of("consciousness"), "C+")},
        Baseline("C", 1, 82),
    )
    assert isinstance(known, News2)
    assert isinstance(fresh, News2)
    assert (known.total, fresh.total) == (0, 3)


def test_news2_is_not_for_children() -> None:
    found = news2(news2_table(), CALM, Baseline(age_years=12))
    assert found == Incomplete(words="16 岁以下不适用")


@pytest.mark.parametrize(
    ("changes", "words", "tone"),
    [
        ({}, "低", "ok"),
        ({"pulse": Measured("pulse", 95)}, "低", "info"),
        ({"respiration": Measured("respiration", 26)}, "低-中", "warn"),
        ({"respiration": Measured("respiration", 22), "pulse": Measured("pulse", 135)}, "中", "warn"),
        (
            {
                "respiration": Measured("respiration", 26),
                "pulse": Measured("pulse", 135),
                "temperature": Measured("temperature", 38.5),
            },
            "高",
            "danger",
        ),
    ],
)
def test_what_a_total_asks_for(changes: dict[str, Measured], words: str, tone: str) -> None:
    found = score(**changes)
    assert isinstance(found, News2)
    assert (found.words, found.tone) == (words, tone)
    assert found.say


def test_the_catalogue_is_whole() -> None:
    assert " ".join(sign.code for sign in signs()) == (
        "temperature pulse heart_rate respiration blood_pressure spo2 consciousness glucose weight height pain"
        " oxygen waist calf"
    )
    assert not_measured().find("拒绝") == "refused"
    assert [one.words for one in rounds()] == ["晨间", "午间", "晚间", "夜间"]
    for sign in signs():
        hard, soft = sign.limits.hard, sign.limits.soft
        if hard and soft:
            assert hard.low <= soft.low < soft.high <= hard.high, sign.code


def test_a_meter_that_says_low_is_red() -> None:
    low = judge_measured(sign_of("glucose"), Measured("glucose", words="LO"), 82, Own())
    assert (low.tone, low.mark) == ("danger", "↓")
