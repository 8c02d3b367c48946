"""Amounts of medicine as FHIR quantities: UCUM where it has the unit, else what is counted, in braces."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from app.fhir.coding import UCUM, words

CODES = {
    "mg": "mg", "g": "g", "µg": "ug", "mL": "mL", "L": "L", "U": "[iU]", "万U": "10*4.[iU]", "mmol": "mmol", "cm": "cm",
    "滴": "[drp]", "片": "{tablet}", "粒": "{capsule}", "袋": "{sachet}", "支": "{ampule}", "丸": "{pill}",
    "枚": "{piece}", "瓶": "{bottle}", "贴": "{patch}", "揿": "{puff}", "吸": "{inhalation}", "喷": "{spray}",
}  # fmt: skip
"""UCUM by the unit a person reads. What insulin is counted in are international units: UCUM's `U` is another thing."""


def quantity(amount: str | float | Decimal | None, unit: str) -> dict[str, Any]:
    """A quantity; empty where the amount is no number."""
    value = _number(amount)
    if value is None:
        return {}
    shown = words(unit)
    coded = {"system": UCUM, "code": CODES[unit]} if unit in CODES else {}
    return {"value": value, **({"unit": shown} if shown else {}), **coded}


def _number(amount: str | float | Decimal | None) -> float | int | None:
    if amount is None or amount == "":
        return None
    try:
        found = Decimal(str(amount))
    except InvalidOperation:
        return None
    if not found.is_finite() or abs(found) >= 10**9:
        return None
    return int(found) if found == found.to_integral_value() else float(found)
