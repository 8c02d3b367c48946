"""Values of the residents' code lists as CodeableConcepts and back; words no list knows travel as text."""

from __future__ import annotations

from functools import cache
from typing import Any

from app.fhir.coding import EDUCATION, ETHNICITY, MARITAL_HL7, MARITAL_STATUS, code_in, coded, text_of, words
from app.residents.codes import code_list

SYSTEMS = {
    "ethnicity": ETHNICITY,
    "education": EDUCATION,
    "marital_status": MARITAL_STATUS,
    "insurance": "urn:carestation:insurance",
    "care_level": "urn:carestation:care-level",
}
_HL7_MARITAL = {"S": "10", "M": "20", "W": "30", "D": "40", "A": "20", "L": "20", "T": "20", "I": "20"}
"""v3-MaritalStatus as another program may write it."""


@cache
def concept(name: str, said: str) -> dict[str, Any]:
    """What a column holds, as a concept; empty for nothing. The same dict each time: never change it."""
    if not words(said):
        return {}
    shown = {entry.code: entry.words for entry in code_list(name).entries}.get(said)
    return coded(SYSTEMS[name], said, shown) if shown else {"text": words(said)}


def column(name: str, said: Any, before: str) -> str:
    """The column a concept says; `before` where it says nothing we know."""
    code = code_in(said, SYSTEMS[name])
    if code and code_list(name).find(code) == code:
        return code
    if name == "marital_status" and (known := _HL7_MARITAL.get(code_in(said, MARITAL_HL7))):
        return known
    text = text_of(said)
    return (code_list(name).find(text) or text) if text else before
