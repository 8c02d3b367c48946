"""What holds of every instrument, whatever is answered: one result, and never a worse one for a better answer."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.assessments.instruments import UNABLE, Fact, Instrument, Item, read_instrument, shipped
from app.assessments.instruments.reach import reachable_total, reachable_value
from app.assessments.rules import score
from app.care.lists import task_kinds
from app.core.resources import resource
from app.residents.codes import code_list

EVERY_INSTRUMENT = [pytest.param(one, id=one.code) for one in shipped().values()]
DIRECTED = [pytest.param(one, id=one.code) for one in shipped().values() if one.direction != "none"]
SPANS = {"age": (0, 1200), "bmi": (100, 500), "weight_lost_12m_percent": (-100, 400)}
"""Known values, in tenths, that each must suggest exactly one option."""


@cache  # what may be drawn is worked out once, not before every value
def facts_of(code: str) -> some.SearchStrategy[dict[str, Fact]]:
    """Every fact a result may hang on, filled in one way or another."""
    instrument = shipped()[code]
    said: dict[str, some.SearchStrategy[Fact]] = {}
    for name, field in instrument.fields.items():
        if field.required and field.kind == "choice":
            said[name] = some.sampled_from([choice.words for choice in field.choices])
        elif field.required and field.kind == "choices":
            said[name] = some.sampled_from([(choice.words,) for choice in field.choices])
    return some.fixed_dictionaries(said)


@cache
def answers_of(code: str) -> some.SearchStrategy[dict[str, int]]:
    """A complete form: of items that exclude each other, one."""
    instrument = shipped()[code]
    dropped = some.tuples(*(some.sampled_from(group.items) for group in instrument.either))
    every = some.fixed_dictionaries({name: digits_of(item) for name, item in instrument.items.items()})
    rivals = {name for group in instrument.either for name in group.items}
    return some.builds(
        lambda given, kept: {k: v for k, v in given.items() if k not in rivals or k in kept}, every, dropped
    )


def digits_of(item: Item) -> some.SearchStrategy[int]:
    """What may be answered: an option, or a measured number on its step."""
    asked = item.quantity
    if asked is None:
        return some.sampled_from([one.digit for one in item.options])
    step = asked.digit(asked.step) or 1
    return some.integers(asked.digit(asked.least) // step, asked.digit(asked.most) // step).map(
        lambda one: max(one * step, asked.digit(asked.least))
    )


def points(item: Item, digit: int) -> float:
    option = item.option(digit)
    assert option is not None
    return option.value if option.mark else option.score


@pytest.mark.parametrize("instrument", EVERY_INSTRUMENT)
@given(data=some.data())
def test_a_complete_form_has_one_result(instrument: Instrument, data: some.DataObject) -> None:
    answers, facts = data.draw(answers_of(instrument.code)), data.draw(facts_of(instrument.code))
    outcome = score(instrument, answers, facts)
    assert outcome.counted
    assert [one.code for one in outcome.scales] == [one.code for one in instrument.scales]
    assert (outcome.level is None) == bool(instrument.scales)
    if instrument.sums:
        assert outcome.total == sum(points(instrument.items[code], digit) for code, digit in answers.items())
    else:
        assert outcome.total is None
    assert (outcome.measured is None) == (instrument.measured is None)


@pytest.mark.parametrize("instrument", EVERY_INSTRUMENT)
@given(data=some.data())
def test_an_answer_short_there_is_no_result(instrument: Instrument, data: some.DataObject) -> None:
    answers, facts = data.draw(answers_of(instrument.code)), data.draw(facts_of(instrument.code))
    if instrument.measured is not None:  # readings beyond those there must be change nothing here
        answers = dict(list(answers.items())[: instrument.wanted])
    left = data.draw(some.sampled_from(sorted(answers)))
    for given_so in (without(answers, left), {**answers, left: UNABLE} if instrument.unable else None):
        if given_so is None:
            continue
        outcome = score(instrument, given_so, facts)
        assert outcome.total is None
        assert outcome.measured is None
        assert outcome.initial is None
        assert outcome.scales == ()
        assert (outcome.level is not None) == outcome.set_directly


def without(answers: Mapping[str, int], left: str) -> dict[str, int]:
    return {code: digit for code, digit in answers.items() if code != left}


@pytest.mark.parametrize("instrument", DIRECTED)
@given(data=some.data())
def test_a_better_answer_never_makes_it_worse(instrument: Instrument, data: some.DataObject) -> None:
    answers, facts = data.draw(answers_of(instrument.code)), data.draw(facts_of(instrument.code))
    code = data.draw(some.sampled_from(sorted(answers)))
    item = instrument.items[code]
    digit = data.draw(digits_of(item))
    before, after = points(item, answers[code]), points(item, digit)
    over = instrument.measured is not None and bool(instrument.measured.over)  # less time is more speed
    if (after > before) != (instrument.higher_is_better != over):
        answers, digit = {**answers, code: digit}, answers[code]
    worse, better = score(instrument, answers, facts), score(instrument, {**answers, code: digit}, facts)
    assert worse.level is not None
    assert better.level is not None
    assert better.level <= worse.level


@pytest.mark.parametrize("instrument", EVERY_INSTRUMENT)
def test_every_total_that_can_come_about_has_one_level(instrument: Instrument) -> None:
    if not instrument.sums and not instrument.measured:
        return
    spans: list[list[tuple[float, float]]] = [[(one.low or 0, one.high or 0) for one in instrument.levels]]
    spans += [list(one.bands) for one in instrument.bandings]
    for bands in spans:
        for total in reachable_value(instrument) or reachable_total(instrument):
            assert sum(low <= total <= high for low, high in bands) == 1, total


@pytest.mark.parametrize("instrument", EVERY_INSTRUMENT)
def test_a_known_value_suggests_one_option(instrument: Instrument) -> None:
    for item in instrument.items.values():
        if not item.known:
            continue
        low, high = SPANS.get(item.known, (0, 300))
        for tenths in range(low, high):
            assert sum(option.covers(tenths / 10) for option in item.options) == 1, (item.code, tenths / 10)


@pytest.mark.parametrize("instrument", EVERY_INSTRUMENT)
def test_what_a_file_names_is_there(instrument: Instrument) -> None:
    icons = [instrument.icon, *(item.icon for item in instrument.items.values() if item.icon)]
    assert [one for one in icons if not resource("icons", f"{one}.svg").is_file()] == []
    assert {task for level in instrument.levels for task in level.tasks} <= set(task_kinds())
    risks = [level.risk.code for level in instrument.levels if level.risk]
    risks += [item.risk for item in instrument.items.values() if item.risk]
    assert set(risks) <= {one.code for one in code_list("risks").entries}
    assert len(instrument.short) <= 8


def test_lists_have_an_order() -> None:
    orders = [one.order for one in shipped().values()]
    assert len(set(orders)) == len(orders)
    assert len({one.short for one in shipped().values()}) == len(orders)


def test_a_risk_has_a_short_word_and_a_drawing() -> None:
    read = tomllib.loads(resource("codes", "risks.toml").read_text("utf-8"))
    for entry in read["entry"]:
        assert len(entry["sign"]) <= 4
        assert resource("icons", f"{entry['icon']}.svg").is_file()


def test_a_new_instrument_is_one_file(tmp_path: Path) -> None:
    """A file from elsewhere, under a code nobody knows, is read and scored; nothing else is touched."""
    before = dict(shipped())
    file = Path(shutil.copy(resource("instruments", "sarc-f.toml"), tmp_path / "house-own.toml"))
    file.write_text(file.read_text("utf-8").replace('code = "sarc-f"', 'code = "house-own"', 1), "utf-8")
    instrument = read_instrument(file)
    assert instrument.code == "house-own"
    for case in instrument.cases:
        outcome = score(instrument, case.answers, case.facts)
        assert (outcome.total, outcome.level) == (case.expected.total, case.expected.level)
    assert dict(shipped()) == before
