"""How laboratory items and their units are called on the wire: LOINC from the list of items, UCUM."""

from __future__ import annotations

from dataclasses import dataclass

from app.fhir.lists import entries

_UCUM = {
    "μmol/L": "umol/L",
    "µmol/L": "umol/L",
    "10⁹/L": "10*9/L",
    "×10⁹/L": "10*9/L",
    "mL/min/1.73m²": "mL/min/{1.73_m2}",
    "mIU/L": "m[IU]/L",
    "ml": "mL",
}
"""Units that are written otherwise in UCUM."""
_SAME = frozenset({"mmol/L", "umol/L", "g/L", "mg/L", "%", "U/L", "pg/mL", "ng/L", "mL"})


@dataclass(frozen=True)
class Lab:
    """An item: its words, its code of LOINC and the unit it is reported in; empty where the list does not say."""

    words: str
    loinc: str = ""
    unit: str = ""


def lab_of(item: str) -> Lab:
    """An item by its code; one that is not listed goes under what was written."""
    entry = entries("entry", "codes", "labs.toml").get(item, {})
    return Lab(str(entry.get("words", item)), str(entry.get("loinc", "")), str(entry.get("unit", "")))


def ucum_of(unit: str) -> str:
    """The code of a unit; empty where it is not known, and then only its words are sent."""
    return unit if unit in _SAME else _UCUM.get(unit, "")
