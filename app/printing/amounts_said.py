"""Quantities and products of the cupboard as paper says them."""

from __future__ import annotations

from decimal import Decimal

from app.medication.drugs.catalogue import DrugList
from app.medication.facts import facts_of, strength_of
from app.medication.rules.written import in_full


def exact(number: float) -> Decimal:
    """A quantity of a table as the number a person meant: 0.30000000000000004 as 0.3."""
    return Decimal(str(round(number, 4)))


def product_words(known: DrugList, code: str, words: str) -> str:
    """`氨氯地平片 5 mg/片`: with its strength while the list has it."""
    drug = known.get(code)
    strength = "" if drug is None else in_full(strength_of(facts_of(drug)))
    return f"{words} {strength}".strip()
