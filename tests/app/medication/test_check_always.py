"""What is looked at with every medicine: doubles, allergies, doses, tubes, controlled ones; the lesser swallowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from app.medication.checking.reading import book
from app.medication.drugs.catalogue import drugs
from app.medication.rules.checks import NEW, Finding, Severity, among, check
from tests.app.medication.check_cases import medicine_of, medicines_of, patient_of


def said(*give: Mapping[str, Any] | str, **person: Any) -> dict[str, Finding]:
    """Rule → finding of a worked case."""
    case = {"give": give, **person}
    return {one.rule: one for one in among(book(), patient_of(case), medicines_of(case))}


def test_a_substance_hidden_in_a_patent_medicine_is_a_double() -> None:
    found = said("chlorphenamine-tab-4", "biyankang-tab")["same-ingredient"]
    assert found.severity is Severity.SEVERE
    assert "鼻炎康为含西药成分的中成药" in found.words


@pytest.mark.parametrize(
    ("give", "severity"),
    [
        (("omeprazole-ec-cap-20", "pantoprazole-ec-tab-40"), Severity.MODERATE),
        (("metoprolol-tab-25", "bisoprolol-tab-5"), Severity.SEVERE),
        (("metoprolol-tab-25", {"drug": "bisoprolol-tab-5", "kind": "once"}), Severity.MODERATE),
        (("metoprolol-tab-25", {"drug": "bisoprolol-tab-5", "stopped_hours": 30}), None),
        (("metoprolol-tab-25", "metoprolol-sr-tab-47.5"), Severity.SEVERE),
        (("danshen-compound-tab-0.32g", "naoxintong-cap-0.4g"), Severity.MINOR),
        (("diclofenac-gel-gel-20g", "diclofenac-sr-tab-75"), None),
    ],
)
def test_two_of_one_class(give: tuple[Any, ...], severity: Severity | None) -> None:
    doubles = [one for one in said(*give).values() if one.kind == "duplicate"]
    assert [one.severity for one in doubles] == ([] if severity is None else [severity])


def test_one_pair_is_one_line_the_table_before_the_same_substance() -> None:
    """珍菊 holds hydrochlorothiazide, is a thiazide and a compound: the table's own words stand."""
    found = said("zhenju-tab", "hydrochlorothiazide-tab-25", age=60)
    pair = [one for one in found.values() if len(one.about) == 2 and one.kind != "limit"]
    assert [one.rule for one in pair] == ["D61"]


def test_a_graver_finding_of_one_pair_swallows_the_lesser() -> None:
    found = said("simvastatin-tab-20", "xuezhikang-cap-0.3g", "clarithromycin-tab-0.25g")
    assert found["D33"].severity is Severity.CONTRAINDICATED
    over = said({"drug": "simvastatin-tab-20", "amount": "40"}, "amlodipine-tab-5")
    assert "D34a" in over
    assert "D34c" not in over


@pytest.mark.parametrize(
    ("drug", "allergy", "severity"),
    [
        ("amoxicillin-cap-0.5g", "青霉素", Severity.CONTRAINDICATED),
        ("levofloxacin-eye-eye-drops-5ml", "左氧氟沙星", Severity.CONTRAINDICATED),
        ("ganmaoling-granules", "扑热息痛", Severity.CONTRAINDICATED),
        ("simvastatin-tab-20", "辛伐他汀", Severity.CONTRAINDICATED),
        ("cefuroxime-tab-0.25g", "青霉素", Severity.SEVERE),
        ("cefuroxime-tab-0.25g", "青霉素（过敏性休克）", Severity.CONTRAINDICATED),
        ("glipizide-tab-5", "磺胺", Severity.MODERATE),
        ("amlodipine-tab-5", "青霉素", None),
        ("cefuroxime-tab-0.25g", "花生", None),
    ],
)
def test_allergies(drug: str, allergy: str, severity: Severity | None) -> None:
    found = [one for one in said(drug, allergies=[allergy]).values() if one.kind == "allergy"]
    assert [one.severity for one in found] == ([] if severity is None else [severity])


def test_nobody_having_asked_is_said_of_medicines_people_are_allergic_to() -> None:
    assert "allergy-unknown" in said("cefuroxime-tab-0.25g", allergies="unknown")
    assert "allergy-unknown" not in said("amlodipine-tab-5", allergies="unknown")
    assert "allergy-unknown" not in said("cefuroxime-tab-0.25g")


@pytest.mark.parametrize(
    ("amount", "rule", "severity"),
    [
        ("5", "", None),
        ("10", "", None),
        ("15", "day-amlodipine", Severity.SEVERE),
        ("50", "dose-high", Severity.CONTRAINDICATED),
        ("1.25", "dose-low", Severity.MINOR),
    ],
)
def test_a_dose_against_the_usual(amount: str, rule: str, severity: Severity | None) -> None:
    found = said({"drug": "amlodipine-tab-5", "amount": amount})
    limits = [(one.rule, one.severity) for one in found.values() if one.kind == "limit"]
    assert limits == ([] if severity is None else [(rule, severity)])


def test_a_day_is_summed_over_orders_and_hidden_substances() -> None:
    """3 × 0.5 g and 4 × 0.2 g are 2.3 g of paracetamol."""
    thrice, four = ["08:00", "12:00", "18:00"], ["06:00", "11:00", "16:00", "21:00"]
    tablets = {"drug": "paracetamol-tab-0.5g", "amount": "0.5", "times": thrice}
    granules = {"drug": "ganmaoling-granules", "amount": "1", "unit": "袋", "times": four}
    found = said(tablets, granules)["day-paracetamol"]
    assert found.severity is Severity.SEVERE
    assert found.title.endswith("每日对乙酰氨基酚 2.3 g")
    assert "day-paracetamol" not in said(tablets, {**granules, "times": thrice[:2]})


def test_the_limit_of_paracetamol_is_one_value() -> None:
    limit = drugs()["paracetamol-tab-0.5g"].limit
    assert limit is not None
    assert (book().limits["paracetamol"].amount, book().limits["paracetamol"].unit) == (limit.day, limit.unit)


def test_a_weekly_medicine_ordered_daily_is_contraindicated() -> None:
    daily = said({"drug": "methotrexate-tab-2.5", "times": ["08:00"]})["weekly"]
    assert daily.severity is Severity.CONTRAINDICATED
    assert "可致命" in daily.words
    assert "weekly" not in said({"drug": "methotrexate-tab-2.5", "times": ["08:00"], "weekdays": 1})


@pytest.mark.parametrize(
    ("route", "person", "severity"),
    [
        ("ng", {}, Severity.CONTRAINDICATED),
        ("po", {"tube": True}, Severity.SEVERE),
        ("po", {"texture": "4"}, Severity.MODERATE),
        ("po", {"risks": ["choking"]}, Severity.MODERATE),
        ("po", {"texture": "7"}, None),
    ],
)
def test_what_must_be_swallowed_whole(route: str, person: dict[str, Any], severity: Severity | None) -> None:
    found = said({"drug": "nifedipine-cr-tab-30", "route": route}, **person).get("whole")
    assert (found.severity if found else None) == severity
    assert "whole" not in said({"drug": "amlodipine-tab-5", "route": route}, **person)


@pytest.mark.parametrize(
    ("order", "speaks"),
    [
        ({"drug": "estazolam-tab-1", "days": 7}, False),
        ({"drug": "estazolam-tab-1", "days": 8}, True),
        ({"drug": "estazolam-tab-1", "open_end": True}, True),
        ({"drug": "morphine-sr-tab-10", "days": 7}, False),
        ({"drug": "morphine-inj-10", "days": 2}, True),
        ({"drug": "quetiapine-tab-25", "open_end": True}, False),
    ],
)
def test_controlled_medicines_have_their_days(order: dict[str, Any], *, speaks: bool) -> None:
    assert any(rule.startswith("control-") for rule in said(order)) is speaks


def test_a_skin_test_is_asked_for_until_it_is_negative() -> None:
    assert "skin-test" in said("benzylpenicillin-powder-inj-0.8mu")
    tested = {"benzylpenicillin-powder-inj-0.8mu": "negative"}
    assert "skin-test" not in said("benzylpenicillin-powder-inj-0.8mu", tested=tested)


def test_unknown_kidneys_are_said_only_where_they_matter() -> None:
    assert said("metformin-tab-0.5g")["kidney-unknown"].severity is Severity.MODERATE
    assert "kidney-unknown" not in said("metformin-tab-0.5g", egfr=88)
    assert "kidney-unknown" not in said("amlodipine-tab-5")


def test_a_new_order_has_one_line_a_rule() -> None:
    case = {"give": ["aspirin-ec-tab-100", "clopidogrel-tab-75"]}
    new = medicine_of("warfarin-tab-2.5", NEW)
    found = check(book(), patient_of(case), new, medicines_of(case))
    bleeding = [one for one in found if one.rule == "D01"]
    assert [one.title for one in bleeding] == ["华法林 + 氯吡格雷、阿司匹林"]
    assert all(NEW in one.about for one in found)
    assert [one.severity for one in found] == sorted((one.severity for one in found), reverse=True)
