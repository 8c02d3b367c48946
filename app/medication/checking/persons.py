"""What is known of residents where their medicines are checked: few statements, however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, func, or_, select

from app.core.clock import local
from app.core.unit import Reader
from app.medication.checking.reading import kidney_days
from app.medication.drugs.catalogue import DrugList, drugs
from app.medication.drugs.classes import classes
from app.medication.rules.checks import AllergyFact, Illness, Kidney, Patient, clearance
from app.residents.queries.risks import risks_of
from app.residents.rules.ages import age_on
from app.residents.vocabulary import allergens, entry_of
from db.models import Allergy, Diagnosis, Entry, Resident, SkinTest, VitalLatest

_SHOCK = ("休克", "喉头水肿", "呼吸困难", "即刻")
_PAST = ("resolved", "inactive", "remission")
_FEEDING = ("gastric", "peg")
_WHO: BindParameter[Any] = bindparam("residents", expanding=True)
# Written once: putting a statement together takes longer than what it finds.
_LABS = (
    select(Entry.resident, Entry.at, Entry.content)
    .where(
        Entry.resident.in_(_WHO),
        Entry.journal == "labs",
        Entry.current,
        Entry.state != "retracted",
        Entry.at >= bindparam("since"),
        func.json_extract(Entry.content, "$.item").in_(("egfr", "crea")),
    )
    .order_by(Entry.at, Entry.recorded_at)
)
_WEIGHTS = select(VitalLatest.resident, VitalLatest.value).where(
    VitalLatest.resident.in_(_WHO), VitalLatest.code == "weight"
)
_ALLERGIES = select(
    Allergy.resident, Allergy.none_known, Allergy.substance, Allergy.reaction, Allergy.severity
).where(Allergy.resident.in_(_WHO), Allergy.current, Allergy.state != "retracted")
_DIAGNOSES = (
    select(Diagnosis.resident, Diagnosis.words, Diagnosis.code, Diagnosis.status)
    .where(Diagnosis.resident.in_(_WHO), Diagnosis.current, Diagnosis.state != "retracted")
    .order_by(Diagnosis.ordinal)
)
_STANDING = (
    select(Entry.resident, Entry.journal, Entry.content)
    .where(
        Entry.resident.in_(_WHO),
        Entry.journal.in_(("tube", "diet")),
        Entry.current,
        Entry.state != "retracted",
        or_(Entry.ends.is_(None), Entry.ends > bindparam("today")),
    )
    .order_by(Entry.at, Entry.recorded_at)
)
_TESTS = (
    select(SkinTest.resident, SkinTest.drug, SkinTest.result)
    .where(SkinTest.resident.in_(_WHO), SkinTest.current, SkinTest.state != "retracted")
    .order_by(SkinTest.at)
)
_RESIDENTS = select(Resident.rid, Resident.sex, Resident.birth_date).where(Resident.rid.in_(_WHO))


SkinTests = Mapping[tuple[UUID, str], str]
"""By resident and medicine; empty where a test was not read yet."""


@dataclass
class _Known:
    """What the statements bring for one resident."""

    labs: dict[str, tuple[Decimal, date]] = field(default_factory=dict)
    weight: Decimal | None = None
    allergies: list[AllergyFact] | None = None
    illnesses: list[Illness] = field(default_factory=list)
    tested: dict[str, str] = field(default_factory=dict)
    tube: bool = False
    texture: str = ""


def patients(
    reader: Reader,
    residents: Collection[UUID],
    listed: DrugList,
    *,
    risks: bool = True,
    tests: SkinTests | None = None,
) -> dict[UUID, Patient]:
    """Each resident as the checks see them. Nine statements, seven where nobody needs to know the risks.

    `tests`: what skin tests found, where somebody has asked already.
    """
    wanted = list(residents)
    known: dict[UUID, _Known] = defaultdict(_Known)
    _measured(reader, wanted, known)
    _stated(reader, wanted, known)
    _standing(reader, wanted, known)
    _tested(skin_tests(reader, wanted) if tests is None else tests, wanted, known, listed)
    risky = risks_of(reader, wanted) if risks else {}
    rows = reader.session.execute(_RESIDENTS, {"residents": wanted})
    return {
        rid: _patient(
            known[rid],
            sex,
            None if birth is None else age_on(birth, reader.today),
            frozenset(risk.key for risk in risky.get(rid, ())),
        )
        for rid, sex, birth in rows
    }


def _patient(known: _Known, sex: str, age: int | None, risks: frozenset[str]) -> Patient:
    egfr = known.labs.get("egfr")
    return Patient(
        age=age,
        sex=sex,
        weight=known.weight,
        allergies=None if known.allergies is None else tuple(known.allergies),
        illnesses=tuple(known.illnesses),
        risks=risks,
        egfr=None if egfr is None else Kidney(egfr[0], egfr[1], "egfr"),
        crcl=_cleared(known, sex, age),
        tube=known.tube,
        texture=known.texture,
        tested=known.tested,
    )


def _cleared(known: _Known, sex: str, age: int | None) -> Kidney | None:
    creatinine = known.labs.get("crea")
    if creatinine is None or age is None or known.weight is None:
        return None
    value = clearance(creatinine[0], age, known.weight, sex)
    return None if value is None else Kidney(value, creatinine[1], "crcl")


def _measured(reader: Reader, residents: list[UUID], known: Mapping[UUID, _Known]) -> None:
    """The latest eGFR and creatinine that still count, and the latest weight."""
    zone = reader.settings.zone
    since = reader.now - timedelta(days=kidney_days())
    for resident, at, content in reader.session.execute(_LABS, {"residents": residents, "since": since}):
        if (value := _decimal(content.get("value"))) is not None:
            known[resident].labs[content["item"]] = (value, local(zone, at).date())
    for resident, weight in reader.session.execute(_WEIGHTS, {"residents": residents}):
        known[resident].weight = _decimal(weight)


def _stated(reader: Reader, residents: list[UUID], known: Mapping[UUID, _Known]) -> None:
    """Allergies and diagnoses; no entry of allergies at all leaves them unknown."""
    allergies = reader.session.execute(_ALLERGIES, {"residents": residents})
    for resident, none_known, substance, reaction, severity in allergies:
        one = known[resident]
        one.allergies = one.allergies or []
        if not none_known:
            shock = severity == "severe" or any(word in reaction for word in _SHOCK)
            one.allergies.append(allergy_fact(substance, shock=shock))
    for resident, words, code, status in reader.session.execute(_DIAGNOSES, {"residents": residents}):
        known[resident].illnesses.append(Illness(words, code, past=status in _PAST))


def _standing(reader: Reader, residents: list[UUID], known: Mapping[UUID, _Known]) -> None:
    """Feeding tubes, and what is eaten."""
    entries = reader.session.execute(_STANDING, {"residents": residents, "today": reader.today})
    for resident, journal, content in entries:
        one = known[resident]
        if journal == "tube":
            one.tube |= content.get("kind") in _FEEDING
        else:
            one.tube |= "tube" in (content.get("kind") or ())
            one.texture = str(content.get("texture") or "")


def skin_tests(reader: Reader, residents: Collection[UUID]) -> SkinTests:
    """The result of the last test of each medicine."""
    rows = reader.session.execute(_TESTS, {"residents": list(residents)})
    return {(resident, code): result for resident, code, result in rows}


def _tested(tests: SkinTests, residents: list[UUID], known: Mapping[UUID, _Known], listed: DrugList) -> None:
    """Skin tests; a positive one is an allergy."""
    for (resident, code), result in tests.items():
        if resident in residents:
            known[resident].tested[code] = result
    for one in known.values():
        for code, result in one.tested.items():
            if result == "positive" and (drug := listed.get(code)) is not None:
                words = [word for key in drug.classes for word in classes()[key].allergens]
                fact = AllergyFact(
                    drug.name, words[0] if words else "", frozenset(drug.ingredients), tested=True
                )
                one.allergies = [*(one.allergies or ()), fact]


@lru_cache(maxsize=512)
def allergy_fact(substance: str, *, shock: bool = False) -> AllergyFact:
    """An allergy as stated: the word of the list it is, and the substances of the medicine it names."""
    listed = entry_of(allergens(), substance)
    meant = _ingredients().get(substance.strip(), frozenset())
    return AllergyFact(substance, "" if listed is None else listed.words, meant, shock)


@lru_cache(maxsize=1)
def _ingredients() -> dict[str, frozenset[str]]:
    """What single-substance medicines are called, and what is in them."""
    return {
        name: frozenset(drug.ingredients)
        for drug in drugs().values()
        if len(drug.ingredients) == 1
        for name in (drug.name, *drug.also, *drug.trade)
    }


def _decimal(value: Any) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None
