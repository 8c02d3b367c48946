"""Whatever medicines somebody takes: their order does not matter, and one more never makes a graver finding go away."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.medication.checking.reading import book
from app.medication.drugs.catalogue import drugs
from app.medication.rules.checks import Finding, Medicine, Patient, among
from app.medication.rules.regime import LONG, ONCE, PRN
from tests.app.medication.check_cases import medicine_of, patient_of

CODES = sorted(drugs())
PROTECTED = frozenset(rule.id for rule in book().rules if any(when.absent for when in rule.whens))
"""Rules that another medicine makes right: a proton pump inhibitor beside an anti-inflammatory."""

orders = st.fixed_dictionaries(
    {
        "drug": st.sampled_from(CODES),
        "kind": st.sampled_from((LONG, LONG, LONG, ONCE, PRN)),
        "times": st.lists(st.sampled_from(("06:30", "08:00", "12:00", "20:00")), max_size=3, unique=True),
        "amount": st.sampled_from(("0.25", "0.5", "1", "5", "20", "100")),
        "stopped_hours": st.sampled_from((None, None, None, 10, 60, 300)),
    }
)
persons = st.fixed_dictionaries(
    {
        "age": st.sampled_from((60, 78, None)),
        "allergies": st.sampled_from(([], ["青霉素"], ["磺胺（过敏性休克）"], "unknown")),
        "diagnosis": st.lists(
            st.sampled_from(("I50.9 心力衰竭", "G20 帕金森病", "F03 痴呆", "J45.9 支气管哮喘")), max_size=2
        ),
        "risks": st.sampled_from(([], ["fall", "choking"])),
        "tube": st.booleans(),
    },
    optional={"egfr": st.sampled_from((25, 40, 90))},
)


def _person(said: dict[str, Any]) -> Patient:
    return patient_of(said)


def _some(said: list[dict[str, Any]]) -> list[Medicine]:
    return [medicine_of(one, str(place)) for place, one in enumerate(said)]


@settings(deadline=None)
@given(persons, st.lists(orders, min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_orders_does_not_matter(
    person: dict[str, Any], said: list[dict[str, Any]], dice: Any
) -> None:
    some = _some(said)
    mixed = list(some)
    dice.shuffle(mixed)
    assert among(book(), _person(person), some) == among(book(), _person(person), mixed)


@settings(deadline=None)
@given(persons, st.lists(orders, min_size=1, max_size=7), orders)
def test_one_more_medicine_never_removes_a_graver_finding(
    person: dict[str, Any], said: list[dict[str, Any]], more: dict[str, Any]
) -> None:
    patient, some = _person(person), _some(said)
    before = among(book(), patient, some)
    after = among(book(), patient, [*some, medicine_of(more, "more")])
    for one in before:
        if one.rule not in PROTECTED:
            assert any(_says_as_much(other, one) for other in after), one.line


@settings(deadline=None)
@given(persons, st.lists(orders, min_size=1, max_size=9))
def test_of_one_pair_the_table_never_says_less_than_the_class(
    person: dict[str, Any], said: list[dict[str, Any]]
) -> None:
    found = among(book(), _person(person), _some(said))
    pairs: dict[tuple[str, ...], set[int]] = {}
    for one in found:
        if len(one.about) == 2 and one.kind != "limit":
            pairs.setdefault(one.about, set()).add(int(one.severity))
    assert all(len(severities) == 1 for severities in pairs.values())


def _says_as_much(other: Finding, one: Finding) -> bool:
    return set(one.about) <= set(other.about) and other.severity >= one.severity
