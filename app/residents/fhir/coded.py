"""Values of the residents' code lists as CodeableConcepts and back; words no list knows travel as text."""

from __future__ import annotations

from functools import cache
from typing import Any

from app.fhir.coding import EDUCATION, ETHNICITY, MARITAL_HL7, MARITAL_STATUS, code_in, coded, text_of, words
from app.residents.codes import CodeList, code_list

SYSTEMS = {
    "ethnicity": ETHNICITY,
    "education": EDUCATION,
    "marital_status": MARITAL_STATUS,
    "insurance": "urn:carestation:insurance",
    "relation": "urn:carestation:relation",  # GB/T 4761; the number of its published list is not known for sure
    **{
        name: f"urn:carestation:{name.replace('_', '-')}"
        for name in (
            "care_level", "care_stage", "nursing_grade", "residence", "occupation", "blood_type", "rhesus", "living"
        )
    },
}  # fmt: skip
_HL7_MARITAL = {"S": "10", "M": "20", "W": "30", "D": "40", "A": "20", "L": "20", "T": "20", "I": "20"}
"""v3-MaritalStatus as another program may write it."""


@cache
def concept(name: str, said: str) -> dict[str, Any]:
    """What a column holds, as a concept; empty for nothing. The same dict each time: never change it."""
    if not words(said):
        return {}
    known = _list(name)
    shown = {entry.code: entry.words for entry in known.entries}.get(said) if known else None
    return coded(SYSTEMS[name], said, shown) if shown else {"text": words(said)}


def column(name: str, said: Any, before: str) -> str:
    """The column a concept says; `before` where it says nothing we know."""
    code, known = code_in(said, SYSTEMS[name]), _list(name)
    if code and known and known.find(code) == code:
        return code
    if name == "marital_status" and (meant := _HL7_MARITAL.get(code_in(said, MARITAL_HL7))):
        return meant
    text = text_of(said)
    return ((known and known.find(text)) or text) if text else before


def _list(name: str) -> CodeList | None:
    """The list, where there is one: a column may still hold nothing but words."""
    try:
        return code_list(name)
    except FileNotFoundError:
        return None
