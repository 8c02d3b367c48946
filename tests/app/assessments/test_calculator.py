"""Properties of the calculator that hold for any answers, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessments.information_rules import (
    Stated,
    contradictions,
    suggested_by_codes,
    suggested_by_diagnoses,
    unfilled,
)
from app.assessments.instruments import Fact, fact_of, shipped
from app.assessments.known import MEDICINES
from app.assessments.rules import score
from app.core.errors import Refusal
from app.residents.codes import code_list

GB = shipped()["gbt42195-2022"]
CALM: dict[str, Fact] = {
    **{f"A.2.14.{kind}": "无" for kind in range(1, 6)},
    "A.4.1": (),
    "A.5.11": "无",
}
full_answers = st.fixed_dictionaries(
    {code: st.sampled_from([option.digit for option in item.options]) for code, item in GB.items.items()}
)
some_answers = st.fixed_dictionaries(
    {}, optional={code: st.sampled_from([o.digit for o in item.options]) for code, item in GB.items.items()}
)


@given(full_answers)
def test_the_total_is_the_sum_and_lies_in_its_band(answers: dict[str, int]) -> None:
    outcome = score(GB, answers, CALM)
    points = sum(answers.values())  # in this instrument the digit is the score
    assert outcome.total == points == sum(sub.score for sub in outcome.subs)
    assert outcome.initial is not None
    level = GB.level(outcome.initial)
    assert level == GB.level_of(points)
    assert outcome.level == outcome.initial


@given(some_answers)
def test_a_part_is_never_totalled_nor_banded(answers: dict[str, int]) -> None:
    outcome = score(GB, answers, CALM)
    assert outcome.answered == len(answers)
    assert (outcome.total is None) == (len(answers) < 26)
    assert (outcome.level is None) == (outcome.total is None)
    assert sum(sub.score for sub in outcome.subs) == sum(answers.values())


@given(full_answers, st.sampled_from(sorted(GB.items)))
def test_a_better_answer_never_makes_the_level_worse(answers: dict[str, int], code: str) -> None:
    before = score(GB, answers, CALM)
    best = max(GB.items[code].options, key=lambda option: option.score).digit
    after = score(GB, {**answers, code: best}, CALM)
    assert before.level is not None
    assert after.level is not None
    assert after.level <= before.level


@given(full_answers, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(answers: dict[str, int], chance: object) -> None:
    shuffled = list(answers.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert score(GB, dict(shuffled), CALM) == score(GB, answers, CALM)


@given(answers=full_answers, dementia=st.booleans(), stacked=st.booleans())
def test_a_reason_raises_by_one_and_never_past_the_last_level(
    *, answers: dict[str, int], dementia: bool, stacked: bool
) -> None:
    facts: dict[str, Fact] = {**CALM, "A.2.14.1": "发生过1次", "A.2.14.5": "发生过1次"}
    if dementia:
        facts["A.4.1"] = ("痴呆F00～F03",)
    outcome = score(GB, answers, facts, stack_raises=stacked)
    assert outcome.initial is not None
    steps = 2 if dementia and stacked else 1
    assert outcome.level == min(4, outcome.initial + steps)


@given(some_answers)
def test_coma_is_the_last_level_whatever_the_answers(answers: dict[str, int]) -> None:
    outcome = score(GB, answers, {"A.5.11": "有"})
    assert outcome.level == 4
    assert outcome.open_fields == ()


def test_a_level_waits_for_every_fact_that_could_change_it() -> None:
    answers = {code: item.options[0].digit for code, item in GB.items.items()}
    facts = {**CALM, "A.5.11": ""}
    del facts["A.2.14.3"]
    outcome = score(GB, answers, facts)
    assert outcome.initial == 0
    assert outcome.level is None
    assert outcome.open_fields == ("A.2.14.3", "A.5.11")
    assert unfilled(GB, facts) == ("A.2.14.3", "A.5.11")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"B.9.9": 1}, "没有指标 B.9.9"),
        ({"B.1.1": 5}, "没有选项 5，可选 4、3、2、1、0"),
        ({"B.3.7": 2}, "没有选项 2，可选 1、0"),
        ({"B.1.1": -1}, "没有选项 -1"),
        ({"B.1.1": True}, "没有选项 True"),
        ({"B.1.1": "3"}, "没有选项 3"),
        ({"B.1.1": 3.0}, "没有选项 3.0"),
    ],
)
def test_an_answer_the_form_does_not_have_is_refused(answers: dict[str, int], words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        score(GB, answers, CALM)
    assert words in refusal.value.text
    assert refusal.value.field == next(iter(answers))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"A.9": "无"}, "没有栏目 A.9"),
        ({"A.5.11": "也许"}, "没有“也许”这一项"),
        ({"A.5.11": ("有", "无")}, "只能选一项"),
        ({"A.4.1": "痴呆F00～F03"}, "形式不对"),
        ({"A.4.1": ("痴呆",)}, "没有“痴呆”这一项"),
        ({"A.5.3": ("无", "擦伤")}, "选“无”就不能再选其他项"),
        ({"A.5.3": ("擦伤", "擦伤")}, "形式不对"),
        ({"A.2.4": "一米六"}, "应填数字"),
        ({"A.2.4": "1600"}, "应在50～250cm之间"),
        ({"A.2.5": "9"}, "应在15～300kg之间"),
        ({"A.2.3": "1935-02-30"}, "日期应写成"),
        ({"A.3.1": "长" * 501}, "最多500个字"),
        ({"A.4.2": (("阿司匹林", "口服"),)}, "每行应有药物名称、服药方法、用药剂量、用药频率"),
        ({"A.4.2": "阿司匹林"}, "每行应有"),
        ({"A.5.2/是": ("左肩",)}, "形式不对"),
    ],
)
def test_a_fact_the_form_does_not_have_is_refused(facts: dict[str, Fact], words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        score(GB, {}, facts)
    assert words in refusal.value.text
    assert refusal.value.field == next(iter(facts))


def test_every_kind_of_fact_is_taken() -> None:
    facts: dict[str, Fact] = {
        "A.2.3": "1935-03-12",
        "A.2.4": "158.5",
        "A.2.7": "有",
        "A.2.7/有": "佛教",
        "A.2.5": "",
        "A.2.10": ("与配偶居住", "养老机构"),
        "A.4.2": (("阿司匹林肠溶片", "口服", "100 mg", "每日1次"),),
        "A.5.3": ("无",),
    }
    assert score(GB, {}, facts).answered == 0


def test_coma_beside_clear_consciousness_is_told() -> None:
    assert contradictions(GB, {"B.3.9": 2}, {"A.5.11": "有"}) == (
        "A.5.11 昏迷选“有”，而 B.3.9 意识水平不是 0 分，请核对",
    )
    assert contradictions(GB, {"B.3.9": 0}, {"A.5.11": "有"}) == ()
    assert contradictions(GB, {"B.3.9": 2}, {"A.5.11": "无"}) == ()
    assert contradictions(GB, {}, {"A.5.11": "有"}) == ()


@pytest.mark.parametrize(
    ("diagnoses", "choices"),
    [
        ([Stated("", "I10.x00")], ("高血压病I10～I15",)),
        ([Stated("老年性痴呆", "f03.x02"), Stated("", "E11.900")], ("糖尿病E10～E14", "痴呆F00～F03")),
        ([Stated("", "F32.900")], ("其他精神和行为障碍F04～F99",)),
        (
            [Stated("股骨颈骨折", "S72.000"), Stated("", "N39.0")],
            (),
        ),  # bound to a time: never from old records
        ([Stated("高血压病3级（极高危）"), Stated("脑梗死后遗症")], ("高血压病I10～I15", "脑梗塞I63")),
        ([Stated("阿尔茨海默病")], ("痴呆F00～F03",)),
        ([Stated("可疑痴呆"), Stated("痴呆？"), Stated("否认糖尿病"), Stated("高血压家族史")], ()),
        (
            [Stated("糖尿病", "E11.9"), Stated("高血压", "Z99")],
            ("糖尿病E10～E14",),
        ),  # a code speaks before words
        ([], ()),
    ],
)
def test_diagnoses_suggest_their_choices(diagnoses: list[Stated], choices: tuple[str, ...]) -> None:
    assert suggested_by_diagnoses(GB.fields["A.4.1"], diagnoses) == choices


def test_codes_of_the_resident_suggest_their_choices() -> None:
    assert suggested_by_codes(GB.fields["A.2.9"], ["80"]) == ("小学",)
    assert suggested_by_codes(GB.fields["A.2.11"], ["22"]) == ("已婚",)
    assert suggested_by_codes(GB.fields["A.2.12"], ["1", "8", "商业保险"]) == (
        "城镇职工基本医疗保险",
        "大病保险",
    )
    assert suggested_by_codes(GB.fields["A.2.9"], ["", "90"]) == ()


def test_suggesting_codes_are_those_of_the_code_lists() -> None:
    for field in GB.fields.values():
        listed = field.offered if field.offered != MEDICINES else ""
        known = {entry.code for entry in code_list(listed).entries} if listed else set()
        assert {code for choice in field.choices for code in choice.codes} <= known


@pytest.mark.parametrize("value", [1, None, {"a": "b"}, [1], ["无", ["a"]], [["a", 1]], True])
def test_stored_shapes_that_are_no_facts_are_refused(value: object) -> None:
    with pytest.raises(Refusal, match=r"A\.5\.11"):
        fact_of("A.5.11", value)


def test_stored_lists_become_facts() -> None:
    assert fact_of("A.5.11", "有") == "有"
    assert fact_of("A.4.1", []) == ()
    assert fact_of("A.4.1", ["冠心病I25"]) == ("冠心病I25",)
    assert fact_of("A.4.2", [["a", "b"], ["c", "d"]]) == (("a", "b"), ("c", "d"))
