"""Every worked case of every instrument file, played through the calculator; and that the cases leave nothing out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from app.assessments.explanation import explain
from app.assessments.instruments import Case, Instrument, shipped
from app.assessments.instruments.reach import (
    reachable_scale,
    reachable_sub,
    reachable_total,
    reachable_value,
)
from app.assessments.rules import Outcome, score

EVERY_INSTRUMENT = [pytest.param(one, id=one.code) for one in shipped().values()]
EVERY_CASE = [
    pytest.param(instrument, case, id=f"{instrument.code}: {case.name}")
    for instrument in shipped().values()
    for case in instrument.cases
]


def played(instrument: Instrument, case: Case) -> Outcome:
    return score(instrument, case.answers, case.facts, stack_raises=case.stack_raises)


def reach_of(instrument: Instrument) -> frozenset[float]:
    """Every total or measured value there can be."""
    return reachable_value(instrument) if instrument.measured else frozenset(reachable_total(instrument))


def result_of(case: Case) -> float | None:
    """The total a case comes to, or the value it measures."""
    return case.expected.total if case.expected.measured is None else case.expected.measured


def edges(reach: Iterable[float], low: float, high: float) -> set[float]:
    """The lowest and the highest score that can come about between two."""
    inside = [one for one in reach if low <= one <= high]
    return {min(inside), max(inside)}


@pytest.mark.parametrize(("instrument", "case"), EVERY_CASE)
def test_a_worked_case_comes_to_what_it_says(instrument: Instrument, case: Case) -> None:
    outcome = played(instrument, case)
    expected = case.expected
    assert outcome.answered == expected.answered
    assert outcome.total == expected.total
    assert outcome.measured == expected.measured
    assert outcome.initial == expected.initial
    assert outcome.level == expected.level
    assert tuple(fired.code for fired in outcome.fired) == expected.fired
    assert {one.code: one.verdict.words for one in outcome.scales} == expected.verdicts


@pytest.mark.parametrize(("instrument", "case"), EVERY_CASE)
def test_why_ends_with_the_level_and_names_every_reason(instrument: Instrument, case: Case) -> None:
    outcome = played(instrument, case)
    why = explain(instrument, outcome)
    if outcome.level is not None:
        says = "判为" if instrument.measured else "最终等级为"
        assert why[-1] == f"{says}{instrument.level(outcome.level).words}"
        for fired in outcome.fired:
            assert sum(sentence.startswith(fired.words) for sentence in why) == 1
    elif outcome.scales:
        assert len(why) == len(outcome.scales)
    elif outcome.total is not None or outcome.measured is not None or outcome.initial is not None:
        assert why[-1].startswith("最终等级还须填写")
    elif outcome.unable and outcome.complete:
        assert why[-1].endswith("不计总分，不分级")
    else:
        assert why == ()


@pytest.mark.parametrize("instrument", EVERY_INSTRUMENT)
def test_the_cases_reach_both_ends_of_every_band(instrument: Instrument) -> None:
    if not instrument.sums and not instrument.measured:
        return
    reach = reach_of(instrument)
    found = {(result_of(case), case.expected.initial) for case in instrument.cases}
    for level in instrument.levels:
        assert level.low is not None
        assert level.high is not None
        assert {(one, level.number) for one in edges(reach, level.low, level.high)} <= found, level.name


@pytest.mark.parametrize("instrument", EVERY_INSTRUMENT)
def test_the_cases_reach_both_ends_of_every_band_that_hangs_on_a_fact(instrument: Instrument) -> None:
    reach = reach_of(instrument)
    for banding in instrument.bandings:
        found = {
            (result_of(case), case.expected.initial)
            for case in instrument.cases
            if case.facts.get(banding.field) in banding.words_met
        }
        for number, (low, high) in enumerate(banding.bands):
            assert {(one, number) for one in edges(reach, low, high)} <= found, banding.words_met


@pytest.mark.parametrize("instrument", EVERY_INSTRUMENT)
def test_the_cases_reach_every_level(instrument: Instrument) -> None:
    reached = {case.expected.level for case in instrument.cases}
    assert {level.number for level in instrument.levels} <= reached


@pytest.mark.parametrize("instrument", EVERY_INSTRUMENT)
def test_the_cases_read_every_cell_of_a_table_and_both_ends_of_its_bands(instrument: Instrument) -> None:
    combination = instrument.combination
    if combination is None:
        return
    cells, ends = set(), set()
    for case in instrument.cases:
        subs = {sub.code: sub for sub in played(instrument, case).subs}
        bands = {code: sub.band.number for code, sub in subs.items() if sub.band is not None}
        if len(bands) == len(subs):
            cells.add((bands[combination.rows], max(bands[one] for one in combination.worst_of)))
            ends |= {(code, sub.score) for code, sub in subs.items()}
    assert cells == {(row, at) for row, cut in enumerate(combination.table) for at in range(len(cut))}
    for one in instrument.dimensions:
        reach = reachable_sub(instrument, one)
        for band in one.bands:
            assert {(one.code, end) for end in edges(reach, band.low, band.high)} <= ends


@pytest.mark.parametrize("instrument", EVERY_INSTRUMENT)
def test_the_cases_reach_both_sides_of_every_verdict(instrument: Instrument) -> None:
    found: dict[str, set[tuple[int, str]]] = {}
    for case in instrument.cases:
        for one in played(instrument, case).scales:
            found.setdefault(one.code, set()).add((one.score, one.verdict.words))
    for scale in instrument.scales:
        reached = found[scale.code]
        assert {words for _points, words in reached} == {verdict.words for verdict in scale.verdicts}
        for verdict in scale.verdicts[:-1]:
            assert verdict.at_least is not None
            assert (verdict.at_least, verdict.words) in reached
            assert any(points == verdict.at_least - 1 for points, _words in reached)
        assert max(reachable_scale(instrument, scale)) >= max(points for points, _words in reached)


@pytest.mark.parametrize("instrument", EVERY_INSTRUMENT)
def test_the_cases_fire_every_rule_alone_and_all_together(instrument: Instrument) -> None:
    reached: Sequence[tuple[str, ...]] = [case.expected.fired for case in instrument.cases]
    for change in instrument.changes:
        assert (change.code,) in reached
    assert tuple(change.code for change in instrument.changes) in reached


@pytest.mark.parametrize("instrument", EVERY_INSTRUMENT)
def test_a_case_leaves_something_out(instrument: Instrument) -> None:
    """An unfinished one, and where items may go unanswered one that could not be finished, has no result."""
    outcomes = [played(instrument, case) for case in instrument.cases]
    assert any(one.answered < one.items and one.level is None and not one.scales for one in outcomes)
    assert any(one.unable for one in outcomes) == bool(instrument.unable)


def test_two_reasons_are_told_to_raise_once() -> None:
    instrument = shipped()["gbt42195-2022"]
    case = next(case for case in instrument.cases if case.name.startswith("痴呆且2次事件：默认"))
    why = explain(instrument, score(instrument, case.answers, case.facts))
    assert why[0] == "总分70分（66～89分），初步等级为1级 轻度失能"
    assert why[1].endswith("依据：疾病诊断为“痴呆F00～F03”")
    assert why[2].endswith("依据：跌倒发生过1次、噎食发生过1次，合计2次")
    assert why[3:] == ("以上依据同时成立，只提高一个等级", "最终等级为2级 中度失能")
