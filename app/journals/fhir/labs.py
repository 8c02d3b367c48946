"""How laboratory items and their units are called on the wire: LOINC (per mole, as laboratories here report), UCUM."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lab:
    """An item: its words and its code of LOINC, empty where none is known for sure."""

    words: str
    loinc: str = ""


_LABS = {
    "egfr": Lab("eGFR", "62238-1"),
    "creatinine": Lab("肌酐", "14682-9"),
    "potassium": Lab("钾", "2823-3"),
    "sodium": Lab("钠", "2951-2"),
    "inr": Lab("INR", "6301-6"),
    "hba1c": Lab("糖化血红蛋白", "4548-4"),
    "hemoglobin": Lab("血红蛋白", "718-7"),
    "wbc": Lab("白细胞", "6690-2"),
    "platelets": Lab("血小板", "777-3"),
    "alt": Lab("ALT", "1742-6"),
    "ast": Lab("AST", "1920-8"),
    "cholesterol": Lab("总胆固醇", "14647-2"),
    "hdl": Lab("HDL-C", "14646-4"),
    "ldl": Lab("LDL-C", "22748-8"),
    "triglycerides": Lab("甘油三酯", "14927-8"),
    "calcium": Lab("钙", "2000-8"),
    "uric_acid": Lab("尿酸", "14933-6"),
    "fasting_glucose": Lab("空腹血糖", "14771-0"),
    "urea": Lab("尿素", "22664-7"),
}
_UCUM = {
    "mmol/L": "mmol/L",
    "μmol/L": "umol/L",
    "µmol/L": "umol/L",
    "umol/L": "umol/L",
    "g/L": "g/L",
    "%": "%",
    "U/L": "U/L",
    "×10⁹/L": "10*9/L",
    "10^9/L": "10*9/L",
    "mL/min/1.73m²": "mL/min/{1.73_m2}",
    "mL/min/1.73㎡": "mL/min/{1.73_m2}",
    "pg/mL": "pg/mL",
    "ng/L": "ng/L",
    "mL": "mL",
    "ml": "mL",
}


def lab_of(item: str) -> Lab | None:
    """An item by its code; None for one that is not listed."""
    return _LABS.get(item)


def ucum_of(unit: str) -> str:
    """The code of a unit; empty where it is not known, and then only its words are sent."""
    return _UCUM.get(unit, "")
