"""Every worked case of every instrument file, played through the calculator."""

from __future__ import annotations

import pytest

from app.assessments.explanation import explain
from app.assessments.instruments import Case, Instrument, shipped
from app.assessments.rules import score

EVERY_CASE = [
    pytest.param(instrument, case, id=f"{instrument.code}: {case.name}")
    for instrument in shipped().values()
    for case in instrument.cases
]


@pytest.mark.parametrize(("instrument", "case"), EVERY_CASE)
def test_a_worked_case_comes_to_what_it_says(instrument: Instrument, case: Case) -> None:
    outcome = score(instrument, case.answers, case.facts, stack_raises=case.stack_raises)
    expected = case.expected
    assert outcome.answered == expected.answered
    assert outcome.total == expected.total
    assert outcome.initial == expected.initial
    assert outcome.level == expected.level
    assert tuple(fired.code for fired in outcome.fired) == expected.fired


@pytest.mark.parametrize(("instrument", "case"), EVERY_CASE)
def test_why_ends_with_the_level_and_names_every_reason(instrument: Instrument, case: Case) -> None:
    outcome = score(instrument, case.answers, case.facts, stack_raises=case.stack_raises)
    why = explain(instrument, outcome)
    if outcome.level is not None:
        assert why[-1] == f"最终等级为{instrument.level(outcome.level).words}"
        for fired in outcome.fired:
            assert sum(sentence.startswith(fired.words) for sentence in why) == 1
    elif outcome.total is None:
        assert why == ()
    else:
        assert why[-1].startswith("最终等级还须填写")


def test_the_cases_reach_both_ends_of_every_band() -> None:
    for instrument in shipped().values():
        reached = {case.expected.total for case in instrument.cases}
        for level in instrument.levels:
            assert {level.low, level.high} <= reached, level.name


def test_the_cases_fire_every_rule_alone_and_all_together() -> None:
    for instrument in shipped().values():
        reached = {case.expected.fired for case in instrument.cases}
        assert {(change.code,) for change in instrument.changes} <= reached
        assert tuple(change.code for change in instrument.changes) in reached


def test_two_reasons_are_told_to_raise_once() -> None:
    instrument = shipped()["gbt42195-2022"]
    case = next(case for case in instrument.cases if case.name.startswith("痴呆且2次事件：默认"))
    why = explain(instrument, score(instrument, case.answers, case.facts))
    assert why[0] == "总分70分（66～89分），初步等级为1级 轻度失能"
    assert why[1].endswith("依据：疾病诊断为“痴呆F00～F03”")
    assert why[2].endswith("依据：跌倒发生过1次、噎食发生过1次，合计2次")
    assert why[3:] == ("以上依据同时成立，只提高一个等级", "最终等级为2级 中度失能")
