"""Allergies: to the substance, also a hidden one, to its class, or to one it crosses with; and nobody having asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.medication.rules.checks.book import Book
from app.medication.rules.checks.finding import CLASS, INGREDIENT, Finding, Severity
from app.medication.rules.checks.medicine import Medicine, named
from app.medication.rules.checks.patient import AllergyFact, Patient

KIND = "allergy"


def allergic(book: Book, patient: Patient, medicines: Sequence[Medicine]) -> Iterator[Finding]:
    """Every running medicine against every allergy, on whatever way it is given."""
    for one in medicines:
        if not one.runs:
            continue
        if patient.allergies is None:
            yield from _unasked(book, one)
        for allergy in patient.allergies or ():
            yield from _against(book, one, allergy)


def _against(book: Book, one: Medicine, allergy: AllergyFact) -> Iterator[Finding]:
    meant = allergy.ingredients | book.substances.get(allergy.listed, frozenset())
    shared = [ingredient for ingredient in one.drug.ingredients if ingredient in meant]
    why = "皮试阳性" if allergy.tested else f"{allergy.words}过敏"
    if shared or _called(one, allergy.words):
        inside = "、".join(book.name_of(ingredient) for ingredient in shared)
        words = f"含{inside}，不得使用" if set(shared) & set(one.drug.hidden) else "对本药过敏，不得使用"
        yield _finding(book, one, f"allergy-{allergy.words}", f"{why}：{words}", INGREDIENT)
        return
    if not allergy.listed:
        return
    facts = [book.classes[key] for key in one.drug.classes if key in book.classes]
    forbids = next((fact for fact in facts if allergy.listed in fact.allergens), None)
    if forbids is not None:
        yield _finding(book, one, f"allergy-{allergy.listed}", f"{why}：属{forbids.words}，不得使用", CLASS)
        return
    crossing = [fact for fact in facts if allergy.listed in fact.cross]
    if crossing:
        rules = book.allergies
        severity, words = max((rules.graver.get(fact.key, rules.warns), fact.words) for fact in crossing)
        said = f"{words}可能与之交叉过敏"
        rule, title = f"cross-{allergy.listed}", f"{one.name} · {why}"
        yield Finding(rule, KIND, severity, title, said, *named((one,)), rules.source, CLASS)


def _unasked(book: Book, one: Medicine) -> Iterator[Finding]:
    """Only of medicines people are often allergic to."""
    often = any(book.classes[key].allergens for key in one.drug.classes if key in book.classes)
    substances: frozenset[str] = frozenset().union(*book.substances.values())
    if often or substances & set(one.drug.ingredients):
        rules, title = book.allergies, f"{one.name} · 过敏史不详"
        words = "用药前先问清过敏史"
        yield Finding(
            "allergy-unknown", KIND, rules.unknown, title, words, *named((one,)), rules.source, CLASS
        )


def _called(one: Medicine, words: str) -> bool:
    """Whether the allergy was written down by the name of this very medicine."""
    names = {one.drug.name, one.drug.title, *one.drug.trade, *one.drug.also}
    return words in names or (len(one.drug.name) > 1 and one.drug.name in words)


def _finding(book: Book, one: Medicine, rule: str, said: str, special: int) -> Finding:
    why, _, words = said.partition("：")
    severity: Severity = book.allergies.forbids
    title = f"{one.name} · {why}"
    return Finding(rule, KIND, severity, title, words, *named((one,)), book.allergies.source, special)
