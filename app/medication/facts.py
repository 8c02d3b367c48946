"""What an order keeps of its medicine: the list may change later, an order never does."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.medication.rules.amounts import in_unit
from app.medication.rules.drug import Drug

_KEPT = (
    "group", "name", "inn", "atc", "form", "unit", "strength_unit", "strength_words", "high_alert", "control",
    "time_critical", "skin_test", "whole", "second", "note",
)  # fmt: skip
_LISTS = ("ingredients", "classes", "holds")


def facts_of(drug: Drug) -> dict[str, Any]:
    """The medicine as it is today, for an order's `facts`. Amounts are texts."""
    return {
        **{name: getattr(drug, name) for name in _KEPT},
        **{name: list(getattr(drug, name)) for name in _LISTS},
        "strength": None if drug.strength is None else str(drug.strength),
        "injectable": drug.injectable,
    }


def pieces_of(facts: dict[str, Any], amount: Decimal, unit: str) -> Decimal | None:
    """How many base units (tablets, mL) an amount is; None where the two cannot be reckoned."""
    if unit == facts.get("unit"):
        return amount
    if not facts.get("strength"):
        return None
    same = in_unit(amount, unit, facts.get("strength_unit", ""))
    return None if same is None else same / Decimal(facts["strength"])


def strength_of(facts: dict[str, Any]) -> str:
    """`5 mg/片`; what the box says where one number does not say it."""
    if facts.get("strength_words"):
        return str(facts["strength_words"])
    if not facts.get("strength"):
        return ""
    return f"{facts['strength']} {facts['strength_unit']}/{facts['unit']}"
