"""Numbers that goals are measured by, as FHIR quantities: UCUM where it has the unit, else the unit as it is read."""

from __future__ import annotations

from typing import Any

from app.assessments.instruments import plain
from app.fhir.coding import UCUM, words

CODES = {
    "%": "%", "cm": "cm", "kg": "kg", "m/s": "m/s", "mL": "mL", "mmHg": "mm[Hg]", "°": "deg", "分钟": "min",
    "秒": "s", "米": "m",
}  # fmt: skip
"""Steps, grades and scores have no unit."""


def quantity(value: float | None, unit: str = "") -> dict[str, Any]:
    """A quantity; empty without a number."""
    if value is None:
        return {}
    shown = words(unit)
    coded = {"system": UCUM, "code": CODES[shown]} if shown in CODES else {}
    return {"value": plain(value), **({"unit": shown} if shown else {}), **coded}
