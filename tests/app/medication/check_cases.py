"""A worked case of a check as medicines and a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.care.rules import minute_of
from app.medication.checking.persons import allergy_fact
from app.medication.drugs.catalogue import drugs
from app.medication.rules.checks import AllergyFact, Illness, Kidney, Medicine, Patient
from app.medication.rules.checks.medicine import is_local, tokens_of
from app.medication.rules.regime import LONG

DAY = date(2026, 11, 20)
_CODED = re.compile(r"([A-Z]\d\d(?:\.\d)?) (.+)")


def medicines_of(case: Mapping[str, Any]) -> list[Medicine]:
    return [medicine_of(said, str(place)) for place, said in enumerate(case["give"])]


def medicine_of(said: Mapping[str, Any] | str, key: str = "1") -> Medicine:
    """A product by its code, or a table with what matters of its order."""
    one: Mapping[str, Any] = {"drug": said} if isinstance(said, str) else said
    drug = drugs()[one["drug"]]
    route = one.get("route", "")
    times = one.get("times", ())
    amount = Decimal(one["amount"]) if "amount" in one else None
    return Medicine(
        key=key,
        drug=drug,
        tokens=tokens_of(drug, local=is_local(drug, route)),
        route=route or drug.routes[0],
        kind=one.get("kind", LONG),
        unit=one.get("unit") or (drug.strength_unit if drug.strength else drug.unit),
        single=amount,
        daily=None if amount is None else amount * max(len(times), 1),
        minutes=tuple(minute_of(name) for name in times),
        scale=one.get("scale", False),
        used_days=one.get("used_days", 0),
        course_days=one.get("days"),
        stopped_hours=one.get("stopped_hours"),
        open_end=one.get("open_end", False),
        weekdays=one.get("weekdays", 0),
    )


def patient_of(case: Mapping[str, Any]) -> Patient:
    """Whoever is not described is 70, has no allergies and good kidneys nobody measured."""
    return Patient(
        age=case.get("age", 70),
        sex="2",
        allergies=None
        if case.get("allergies") == "unknown"
        else tuple(map(_allergy, case.get("allergies", ()))),
        illnesses=tuple(_illness(words) for words in case.get("diagnosis", ())),
        risks=frozenset(case.get("risks", ())),
        egfr=Kidney(Decimal(case["egfr"]), DAY, "egfr") if "egfr" in case else None,
        crcl=Kidney(Decimal(case["crcl"]), DAY, "crcl") if "crcl" in case else None,
        tube=case.get("tube", False),
        texture=case.get("texture", ""),
        tested=case.get("tested", {}),
    )


def _allergy(words: str) -> AllergyFact:
    """`青霉素（过敏性休克）`."""
    substance, _, reaction = words.partition("（")
    return allergy_fact(substance, shock="休克" in reaction)


def _illness(words: str) -> Illness:
    """`I50.9 心力衰竭（已愈）`."""
    past = words.endswith(("（已愈）", "（缓解）"))
    plain = words.partition("（")[0]
    coded = _CODED.fullmatch(plain)
    return Illness(coded[2], coded[1], past) if coded else Illness(plain, "", past)
