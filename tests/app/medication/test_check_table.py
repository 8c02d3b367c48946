"""Every rule of the table speaks in its own worked case, and is silent on its near miss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from app.medication.checking.reading import book, cases
from app.medication.rules.checks import among
from tests.app.medication.check_cases import medicines_of, patient_of

CASES = {rule: (fires, silent) for rule, fires, silent in cases()}


def _said(case: Mapping[str, Any]) -> set[str]:
    return {one.rule for one in among(book(), patient_of(case), medicines_of(case))}


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_speaks_in_its_case(rule: str) -> None:
    assert rule in _said(CASES[rule][0])


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_is_silent_on_its_near_miss(rule: str) -> None:
    assert rule not in _said(CASES[rule][1])


def test_every_rule_has_an_id_of_its_own_words_and_a_source() -> None:
    rules = book().rules
    assert len({one.id for one in rules}) == len(rules) == len(CASES)
    assert all(one.words and one.source for one in rules)
