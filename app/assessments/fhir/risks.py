"""Risks an assessment found as RiskAssessment, one each, for whoever reads no questionnaires; never read back."""

from __future__ import annotations

from typing import Any

from app.assessments.fhir.links import GRADES, RISK, RISK_GRADE
from app.fhir.coding import coded, words
from app.fhir.lists import words_of

PROBABILITY = "http://terminology.hl7.org/CodeSystem/risk-probability"
_ALIKE = {"guard": ("moderate", "Moderate likelihood"), "high": ("high", "High likelihood")}
"""HL7's word nearest to a grade of ours."""


def risk_words(code: str) -> str:
    return words_of(code, "entry", "codes", "risks.toml")


def prediction(code: str, grade: str) -> dict[str, Any]:
    """What may happen, and how grave it is taken."""
    said = words(grade)
    concept = coded(RISK_GRADE, said, GRADES.get(said, ""), GRADES.get(said, said))
    if alike := _ALIKE.get(said):
        concept["coding"].append({"system": PROBABILITY, "code": alike[0], "display": alike[1]})
    return {"outcome": coded(RISK, code, text=risk_words(code)), "qualitativeRisk": concept}
