"""What was measured, as value, components or the reason why not, and back; a unit we do not use is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.core.errors import Refusal
from app.fhir.coding import DATA_ABSENT_REASON, LOINC, UCUM, code_in, coded, coded_as, text_of, words
from app.fhir.elements import extension, filled, said_in
from app.fhir.lists import words_of
from app.vitals.fhir.signs import CONSCIOUSNESS, DIASTOLIC, PRESSURE, SYSTOLIC, Coding
from db.models import Vital

VALUES = frozenset({"valueQuantity", "valueString", "valueCodeableConcept", "component", "dataAbsentReason"})
WORDS = "urn:carestation:words"
ABSENT, LETTER = "urn:carestation:not-measured", "urn:carestation:consciousness"


def reading(row: Vital, sign: Coding) -> dict[str, Any]:
    """The elements of VALUES a row has."""
    if row.absent:
        reason = words(row.absent)
        why = coded_as(ABSENT, reason, words_of(reason, "entry", "codes", "not_measured.toml"))
        not_done = {"system": DATA_ABSENT_REASON, "code": "not-performed"}
        return {"dataAbsentReason": {**why, "coding": [not_done, *why.get("coding", ())]}}
    said = words(row.words)
    if row.value is None:
        concept = row.code == CONSCIOUSNESS and said
        return {"valueCodeableConcept": coded_as(LETTER, said)} if concept else filled(valueString=said)
    if row.code == PRESSURE:
        pair = ((SYSTOLIC, row.value), (DIASTOLIC, row.second))
        return {"component": [_component(name, value, sign) for name, value in pair if value is not None]}
    return {"valueQuantity": _quantity(row.value, sign)}


def beside(row: Vital) -> list[dict[str, Any]]:
    """Words that stand beside a number."""
    return [] if row.value is None else extension(WORDS, "String", words(row.words))


def read_reading(body: dict[str, Any], sign: Coding, before: Mapping[str, Any]) -> dict[str, Any]:
    """The columns a body says; those of `before` where it says neither a value nor why there is none."""
    nothing = {"value": None, "second": None, "words": "", "absent": ""}
    note = words(said_in(body, WORDS) or "")
    if components := body.get("component"):
        found = {
            code_in(one.get("code"), LOINC): _number(one.get("valueQuantity"), sign) for one in components
        }
        upper, lower = found.get(SYSTOLIC[0]), found.get(DIASTOLIC[0])
        if upper is None:
            raise Refusal("区平台上的血压没有收缩压，请核对。")
        return {**nothing, "value": upper, "second": lower, "words": note}
    if (value := _number(body.get("valueQuantity"), sign)) is not None:
        return {**nothing, "value": value, "words": note}
    concept = body.get("valueCodeableConcept")
    if said := words(body.get("valueString") or "") or code_in(concept, LETTER) or text_of(concept):
        return {**nothing, "words": said}
    reason = body.get("dataAbsentReason")
    if said := code_in(reason, ABSENT) or text_of(reason) or code_in(reason, DATA_ABSENT_REASON):
        return {**nothing, "absent": said}
    return {key: before.get(key, value) for key, value in nothing.items()}


def _component(name: tuple[str, str], value: float, sign: Coding) -> dict[str, Any]:
    code, shown = name
    return {"code": coded(LOINC, code, text=shown), "valueQuantity": _quantity(value, sign)}


def _quantity(value: float, sign: Coding) -> dict[str, Any]:
    units = {"unit": sign.unit, "system": UCUM, "code": sign.ucum} if sign.ucum else {}
    return {"value": value, **units}


def _number(quantity: Any, sign: Coding) -> float | None:
    if not isinstance(quantity, dict) or quantity.get("value") is None:
        return None
    unit = quantity.get("code") or quantity.get("unit")
    if unit not in (None, sign.ucum, sign.unit):
        raise Refusal(
            f"区平台上的{sign.words}用的单位是“{words(unit)}”，本站用 {sign.unit or '无单位'}，请核对。"
        )
    return float(quantity["value"])
