"""Code systems by the names they have on the wire, coded values to and from them, and texts FHIR accepts.

Systems of the national standards are OIDs (WS/T 363, WS/T 364); what only this program says has a
`urn:carestation:` name. No code of SNOMED CT is ever made: its licence for the mainland is not settled.
"""

from __future__ import annotations

import re
from typing import Any

SEX = "urn:oid:2.16.156.10011.2.3.3.4"  # GB/T 2261.1
MARITAL_STATUS = "urn:oid:2.16.156.10011.2.3.3.5"  # GB/T 2261.2
ETHNICITY = "urn:oid:2.16.156.10011.2.3.3.3"  # GB 3304
EDUCATION = "urn:oid:2.16.156.10011.2.3.3.6"  # GB/T 4658
ICD_10 = "urn:oid:2.16.156.10011.2.3.3.11"  # national clinical edition
CITIZEN_ID = "urn:oid:2.16.156.10011.1.3"  # 居民身份证号
ARCHIVE_NUMBER = "urn:oid:2.16.156.10011.1.2"  # 居民健康档案编号
INSTITUTION_CODE = "urn:carestation:institution-code"  # 统一社会信用代码, GB 32100-2015
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
CERTIFICATE = "urn:carestation:certificate"
"""Systems of codes and identifiers."""

_HL7 = "http://terminology.hl7.org/CodeSystem/"
LOCATION_TYPE = f"{_HL7}location-physical-type"
ALLERGY_STATUS = f"{_HL7}allergyintolerance-clinical"
ALLERGY_CERTAINTY = f"{_HL7}allergyintolerance-verification"
CONDITION_STATUS = f"{_HL7}condition-clinical"
CONDITION_CERTAINTY = f"{_HL7}condition-ver-status"
CONDITION_CATEGORY = f"{_HL7}condition-category"
OBSERVATION_CATEGORY = f"{_HL7}observation-category"
DATA_ABSENT_REASON = f"{_HL7}data-absent-reason"
PARTICIPANT = f"{_HL7}provenance-participant-type"
MARITAL_HL7 = f"{_HL7}v3-MaritalStatus"
ACT_CODE = f"{_HL7}v3-ActCode"
ROLE_CODE = f"{_HL7}v3-RoleCode"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def words(said: Any) -> str:
    """A text FHIR accepts: no control characters but tab and line ends, nothing around it; empty if nothing is left."""
    return kept(said).strip()


def kept(said: Any) -> str:
    """As `words`, with the spaces around it: what was signed is not tidied."""
    text = str(said)
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def coded(system: str, code: str, display: str = "", text: str = "") -> dict[str, Any]:
    """A CodeableConcept of one code."""
    one = {"system": system, "code": code}
    if display:
        one["display"] = display
    return {"coding": [one], "text": text or display} if text or display else {"coding": [one]}


def coded_as(system: str, said: str, shown: str = "") -> dict[str, Any]:
    """A CodeableConcept of what may be a code or plain words; empty for nothing."""
    if not said:
        return {}
    shown = shown or said
    return coded(system, said, text=shown) if said == " ".join(said.split()) else {"text": shown}


def code_in(concept: Any, system: str) -> str:
    """The code a CodeableConcept has in a system; empty if none."""
    if not isinstance(concept, dict):
        return ""
    for one in concept.get("coding") or []:
        if one.get("system") == system and one.get("code"):
            return str(one["code"])
    return ""


def systems_in(concept: Any) -> frozenset[str]:
    """The systems a CodeableConcept has codes of, whatever its shape."""
    codings = concept.get("coding") if isinstance(concept, dict) else None
    known = [one for one in codings if isinstance(one, dict)] if isinstance(codings, list) else []
    return frozenset(str(one.get("system", "")) for one in known)


def text_of(concept: Any) -> str:
    """What a person reads of a CodeableConcept: its text, else the first display."""
    if not isinstance(concept, dict):
        return ""
    shown = [concept.get("text"), *(one.get("display") for one in concept.get("coding") or [])]
    return next((words(one) for one in shown if one and words(one)), "")
